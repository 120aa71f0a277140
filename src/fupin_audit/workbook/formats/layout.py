"""Rows of text laid out as the columns of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, zip_longest

import pyarrow as pa

from fupin_audit.workbook.files.limits import COLUMNS, ROWS, check_extent
from fupin_audit.workbook.formats.grid import Cell, letter
from fupin_audit.workbook.formats.sheet_facts import Range


def columns_of(rows: Sequence[Sequence[str | None]]) -> tuple[pa.Array, ...]:
    """String columns of equal length, without the blank rows and columns after the last text.

    Raises:
        OverLimitError: the rows span more cells than can be held.
    """
    widths = [_filled_width(row) for row in rows]
    height = next((index for index in range(len(rows), 0, -1) if widths[index - 1]), 0)
    width = max(widths, default=0)
    check_extent(height, width, sum(widths), f"{letter(max(width, 1) - 1)}{height}")
    return tuple(pa.array(column, pa.string()) for column in islice(zip_longest(*rows[:height]), width))


def _filled_width(row: Sequence[str | None]) -> int:
    return next((index for index in range(len(row), 0, -1) if row[index - 1] is not None), 0)


class RowLayout:
    """Cells laid out one after the other, around those that span rows and columns.

    Attributes:
        rows: the texts so far.
        merged: the ranges spanned by one cell.
    """

    def __init__(self) -> None:
        self.rows: list[list[str | None]] = []
        self.merged: list[Range] = []
        self._free_from: dict[int, int] = {}  # column → first row not taken by a cell above
        self._cells = 0
        self._width = 0

    def next_row(self, index: int | None = None) -> None:
        """Begin a row: the next one, or the one at this place."""
        wanted = len(self.rows) if index is None else min(index, ROWS - 1)
        self.rows += [[] for _ in range(wanted - len(self.rows) + 1)]

    def put(self, text: str | None, *, column: int | None = None, height: int = 1, width: int = 1) -> Cell:
        """Add a cell to the row: at the next free place, or at this column; gives its place.

        Raises:
            OverLimitError: the rows span far more cells than were put.
        """
        row, texts = len(self.rows) - 1, self.rows[-1]
        while column is None and self._free_from.get(len(texts), 0) > row:
            texts.append(None)
        texts += [None] * (min(column or 0, COLUMNS) - len(texts))
        left = len(texts)
        height, width = max(1, min(height, ROWS)), max(1, min(width, COLUMNS))
        if height > 1 or width > 1:
            self.merged.append((row, left, row + height - 1, left + width - 1))
        if height > 1:
            self._free_from.update(dict.fromkeys(range(left, left + width), row + height))
        texts += [text, *[None] * (width - 1)]
        self._check(row, len(texts))
        return row, left

    def _check(self, row: int, width: int) -> None:
        self._cells += 1
        self._width = max(self._width, width)
        check_extent(row + 1, self._width, self._cells, f"{letter(self._width - 1)}{row + 1}")

    def columns(self) -> tuple[pa.Array, ...]:
        """The columns of the finished sheet."""
        return columns_of(self.rows)
