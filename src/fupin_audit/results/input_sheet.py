"""How a sheet was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from fupin_audit.masking import mask_text
from fupin_audit.results.place import Place

_LIKE = 0.3  # the score from which a ledger is worth naming


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A header that names no field: its Excel column letter, its text, the nearest known name or an empty text."""

    letter: str
    header: str
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class InputSheet:
    """How one sheet was understood; `ledgers` is empty where it was not.

    Attributes:
        file: path relative to the input folder, with `/`.
        header_row: the (lowest) header row as Excel counts it; None where no header was found.
        rows: data rows read.
        columns: Excel column letter → field it was read as.
        unrecognised: headers that name no field.
        candidates: ledgers considered, best first, with a score from 0 to 1.
        hidden: the sheet is hidden in Excel.
        notes: remarks in Chinese: rows left out (合计, 填表人), hidden rows, assumed units, …
        caveats: what reading lost, or read otherwise than it stands, in Chinese; every report says it.
        error: why the file or sheet could not be read; empty when it could.
        places: the places its rows are of, as far as they can be placed.
    """

    file: str
    sheet: str
    ledgers: tuple[str, ...] = ()
    header_row: int | None = None
    rows: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    unrecognised: tuple[UnknownColumn, ...] = ()
    candidates: tuple[tuple[str, float], ...] = ()
    hidden: bool = False
    notes: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    error: str = ""
    places: frozenset[Place] = frozenset()

    def masked(self) -> InputSheet:
        """The sheet as it may be shown (D10): its names, remarks, and headers that may be a row taken for one."""
        return replace(
            self,
            file=mask_text(self.file),
            sheet=mask_text(self.sheet),
            unrecognised=tuple(replace(item, header=mask_text(item.header)) for item in self.unrecognised),
            notes=tuple(map(mask_text, self.notes)),
            caveats=tuple(map(mask_text, self.caveats)),
            error=mask_text(self.error),
        )

    @property
    def place(self) -> str:
        """File and sheet as `--as` takes them."""
        return f"{self.file}!{self.sheet}" if self.sheet else self.file

    @property
    def shown(self) -> str:
        """File and sheet as people are told of them."""
        return " › ".join(filter(None, (self.file, self.sheet)))

    @property
    def likeness(self) -> str:
        """The ledger it most resembles, where it was taken for none; empty where it resembles none."""
        best = next((title for title, score in self.candidates if score >= _LIKE), "")
        return "" if self.ledgers or self.error else best

    @property
    def doubt(self) -> str:
        """What a sheet that was taken for no ledger may be, and how to say so; empty for others."""
        if not self.likeness:
            return ""
        return f"像“{self.likeness}”，没有把握，没有参加核对；是的话加上 --as {self.likeness}={self.place}"
