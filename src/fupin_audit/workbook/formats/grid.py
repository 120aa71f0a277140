"""One sheet as text, every cell at the place Excel shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

Cell = tuple[int, int]  # row and column, counted from 0: (0, 0) is A1


@dataclass(frozen=True)
class Grid:
    """A sheet's cells as text.

    Attributes:
        sheet: its name; empty for CSV.
        columns: string arrays of equal length; item i is Excel column i (0 = A), row j is Excel row j + 1:
            leading empty rows and columns are there. Numbers are written without `.0`, dates as
            `2020-02-29 00:00:00`; blank cells and error cells are null.
        errors: error cells → their text (`#N/A`, `#REF!` …; `#ERROR!` where the kind is unknown).
        long_numbers: cells stored as numbers of 15 or more digits, which a spreadsheet can't hold exactly.
        uncomputed: cells with a formula whose result was not saved; blank in `columns`.
        merged: merged ranges (first row, first column, last row, last column), from 0, inclusive.
        hidden: the sheet is hidden. hidden_rows, hidden_columns: from 0.
        caveats: what was left out, or read otherwise than it stands, in Chinese.
    """

    sheet: str
    columns: tuple[pa.Array, ...]
    errors: Mapping[Cell, str] = field(default_factory=dict)
    long_numbers: frozenset[Cell] = frozenset()
    uncomputed: frozenset[Cell] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    caveats: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """Rows, from Excel row 1."""
        return len(self.columns[0]) if self.columns else 0

    def row(self, index: int) -> list[str | None]:
        """The texts of one row, counted from 0."""
        return [column[index].as_py() for column in self.columns]


def letter(column: int) -> str:
    """Excel's name of a column counted from 0.

    >>> letter(0), letter(25), letter(26), letter(701), letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
