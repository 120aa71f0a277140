"""What a sheet's header says: the one place where its texts are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fupin_audit.workbook.recognising.header_text import joined_keys, joined_yes_no_keys, keys, unit

LEVELS = "›"  # between the levels of a header, as people are shown it
YEAR_HEADERS = frozenset({"年度", "年份"})
_TITLE_UNIT = re.compile(r"单位[:：]\s*(万元|千元|元)")


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One column's header.

    Attributes:
        column: counted from 0.
        levels: its texts from the top down, as they stand in the sheet.
    """

    column: int
    levels: tuple[str, ...]

    @property
    def text(self) -> str:
        """The header as people are shown it."""
        return LEVELS.join("".join(level.split()) for level in self.levels)

    @property
    def lowest(self) -> str:
        """The text nearest to the data."""
        return self.levels[-1]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys the column may be known by: of all levels joined, then of fewer and fewer; the most literal first."""
        return joined_keys(self.levels)

    @property
    def yes_no_keys(self) -> tuple[str, ...]:
        """Further keys it may be known by if it is a yes/no column."""
        return joined_yes_no_keys(self.levels)

    @property
    def own_keys(self) -> tuple[str, ...]:
        """Keys of its lowest text alone."""
        return keys(self.lowest)

    @property
    def unit(self) -> str:
        """The unit it states, the lowest level first; empty where there is none."""
        return next((found for level in reversed(self.levels) if (found := unit(level))), "")


@dataclass(frozen=True)
class Header:
    """A sheet's header.

    Attributes:
        top, bottom: its first and last row, counted from 0.
        cells: one entry a column that has a header.
        title: texts of the rows above.
        left: where its table begins; other tables may stand to the left of it.
    """

    top: int
    bottom: int
    cells: tuple[HeaderCell, ...]
    title: tuple[str, ...] = ()
    left: int = 0

    @property
    def unit(self) -> str:
        """The unit the title states for the whole sheet; empty where there is none."""
        found = _TITLE_UNIT.search(" ".join(self.title))
        return found[1] if found else ""

    @property
    def year(self) -> HeaderCell | None:
        """The column that says of which year a row speaks."""
        return next((cell for cell in self.cells if YEAR_HEADERS.intersection(cell.own_keys)), None)
