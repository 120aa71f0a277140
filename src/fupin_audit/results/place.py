"""Where something stands: the village, and the cell."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_audit.masking import mask_text


@dataclass(frozen=True, slots=True)
class Place:
    """A village, as far as it is known."""

    county: str = ""
    town: str = ""
    village: str = ""

    def __str__(self) -> str:
        return "".join((self.county, self.town, self.village)) or "未定位"

    def masked(self) -> Place:
        """The place as it may be shown: somebody's number may have been put for a name (D10)."""
        return Place(*map(mask_text, (self.county, self.town, self.village)))


@dataclass(frozen=True, slots=True)
class Location:
    """One cell: `清河镇.xlsx › 人口 › F17`, and the text found there."""

    file: str
    sheet: str
    cell: str
    value: str | None
    ledger: str = ""
    field: str = ""

    def __str__(self) -> str:
        return " › ".join(filter(None, (self.file, self.sheet, self.cell)))
