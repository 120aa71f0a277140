"""What is to be said of a cell in a copy of the workbook it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fupin_audit.results.finding import Severity


@dataclass(frozen=True, slots=True)
class CellNote:
    """How grave it is, which is how the cell is coloured, and the text of its note."""

    severity: Severity
    text: str

    def __add__(self, other: CellNote) -> CellNote:
        """Both said of one cell: the graver colour, both texts."""
        worse = min(self.severity, other.severity, key=lambda severity: severity.rank)
        return CellNote(worse, f"{self.text}\n\n{other.text}")


CellNotes = Mapping[str, CellNote]
"""Cell (`F17`) → what is said of it."""
FileNotes = Mapping[str, CellNotes]
"""Sheet → its cells."""
