"""What the bulk reader does not tell of a sheet, gathered by one pass over the sheet's own records.

The pass comes before the bulk reader, because it also says how large an area that one would allocate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fupin_audit.workbook.files import limits
from fupin_audit.workbook.formats.grid import Cell, letter

Range = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0, inclusive

# How a spreadsheet shows what a formula could not work out.
ERROR_TEXTS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
# A spreadsheet keeps 15 significant digits; from here on a number may have lost some.
LONG = 1e14


def is_long(text: str | bytes) -> bool:
    """Whether this is a number of 15 or more integer digits.

    >>> is_long("5.1E+17"), is_long("12345678901234.5"), is_long("一")
    (True, False, False)
    """
    try:
        return float(text) >= LONG
    except ValueError:
        return False


@dataclass
class SheetFacts:
    """What was seen of one sheet; rows and columns are counted from 0.

    Attributes:
        last_row, last_column: farthest cell with content; -1 where there is none.
        filled: cells with content.
        long_numbers, merged, hidden_rows, hidden_columns: as in Grid.
    """

    last_row: int = -1
    last_column: int = -1
    filled: int = 0
    long_numbers: set[Cell] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def see(self, row: int, column: int, filled: int = 1) -> None:
        """Count filled cells, of which the farthest stands at this place."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        self.filled += filled

    def hide_columns(self, first: int, last: int) -> None:
        """Note hidden columns; Excel hides up to its last one."""
        self.hidden_columns.update(range(first, min(last + 1, limits.COLUMNS)))

    def check(self) -> None:
        """Refuse a sheet the bulk reader should not be given.

        Raises:
            OverLimitError: see `limits.check_extent`.
        """
        last = f"{letter(max(self.last_column, 0))}{self.last_row + 1}"
        limits.check_extent(self.last_row + 1, self.last_column + 1, self.filled, last)


@dataclass(frozen=True)
class SheetPart:
    """One worksheet of a workbook: the position and name by which the bulk reader knows it, and its evidence."""

    index: int
    name: str
    evidence: SheetFacts


def check_together(parts: Iterable[SheetPart]) -> None:
    """Refuse a workbook whose sheets, all held at once, are over the limits.

    Raises:
        OverLimitError: see `SheetFacts.check`.
    """
    cells = 0
    for part in parts:
        part.evidence.check()
        cells += (part.evidence.last_row + 1) * (part.evidence.last_column + 1)
    limits.check_cells(cells)
