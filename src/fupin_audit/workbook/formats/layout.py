"""Rows of text laid out as the columns of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

import pyarrow as pa

from fupin_audit.workbook.files import limits
from fupin_audit.workbook.formats import stray_cells
from fupin_audit.workbook.formats.grid import Cell
from fupin_audit.workbook.formats.sheet_facts import Range
from fupin_audit.workbook.formats.stray_cells import WHOLE, Bounds, Filled, place_name

Rows = Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class Laid:
    """Rows laid out as columns.

    Attributes:
        columns: string arrays of equal length, without the blank rows and columns after the last text.
        bounds: the area they are taken from.
        caveats: which cells were left out, in Chinese.
    """

    columns: tuple[pa.Array, ...]
    bounds: Bounds = WHOLE
    caveats: tuple[str, ...] = ()


def lay_out(rows: Rows, most_rows: int = limits.ROWS) -> Laid:
    """The columns of a sheet, without a few cells that stand far away from all others.

    Args:
        rows: the texts, row by row.
        most_rows: how many rows are refused.

    Raises:
        OverLimitError: the rows span more cells than can be held.
    """
    widths = [_filled_width(row) for row in rows]
    height = next((index for index in range(len(rows), 0, -1) if widths[index - 1]), 0)
    width = max(widths, default=0)
    if stray_cells.may_be_scattered(height, width, sum(widths)) and (bounds := _bounds(rows, height, width)):
        return _without_strays(rows, bounds, most_rows)
    if width > limits.COLUMNS:
        raise limits.too_wide(widths.index(width) + 1, width)
    limits.check_extent(height, width, sum(widths), place_name((height - 1, max(width, 1) - 1)), most_rows)
    columns = islice(zip_longest(*rows[:height]), width)
    return Laid(tuple(pa.array(column, pa.string()) for column in columns))


def _bounds(rows: Rows, height: int, width: int) -> Bounds | None:
    """The area of the table, if only a few cells stand far away from it."""
    filled = Filled()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text is not None:
                filled.see(number, column)
    return filled.bounds() if stray_cells.is_scattered(height, width, sum(filled.rows.values())) else None


def _without_strays(rows: Rows, bounds: Bounds, most_rows: int) -> Laid:
    far = [
        (number, column)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text is not None and not bounds.hold(number, column)
    ]
    laid = lay_out([row[: bounds.width] for row in rows[: bounds.height]], most_rows)
    return Laid(laid.columns, bounds, (stray_cells.caveat(far, (bounds.height - 1, bounds.width - 1)),))


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
        self._held = 0

    def next_row(self, index: int | None = None) -> None:
        """Begin a row: the next one, or the one at this place.

        Raises:
            ValueError: the place lies before a row that was begun.
        """
        wanted = len(self.rows) if index is None else min(index, limits.ROWS - 1)
        if wanted < len(self.rows):
            raise ValueError(index)
        self.rows += [[] for _ in range(wanted - len(self.rows) + 1)]

    def skip_rows(self, count: int) -> None:
        """Leave so many rows blank."""
        self.rows += [[] for _ in range(min(count, limits.ROWS - len(self.rows)))]

    def put(self, text: str | None, *, column: int | None = None, height: int = 1, width: int = 1) -> Cell:
        """Add a cell to the row: at the next free place, or at this column; gives its place.

        Raises:
            ValueError: the column lies before a cell that was put.
            OverLimitError: the rows hold far more cells than were put.
        """
        row, texts = len(self.rows) - 1, self.rows[-1]
        before = len(texts)
        if column is not None and column < before:
            raise ValueError(column)
        while column is None and self._free_from.get(len(texts), 0) > row:
            texts.append(None)
        texts += [None] * (min(column or 0, limits.COLUMNS) - len(texts))
        left = len(texts)
        height, width = max(1, min(height, limits.ROWS)), max(1, min(width, limits.COLUMNS))
        if height > 1 or width > 1:
            self.merged.append((row, left, row + height - 1, left + width - 1))
        if height > 1:
            self._free_from.update(dict.fromkeys(range(left, left + width), row + height))
        texts += [text, *[None] * (width - 1)]
        self._cells += 1
        self._held += len(texts) - before
        limits.check_held(self._cells, self._held)
        return row, left

    def lay_out(self) -> Laid:
        """The finished sheet."""
        return lay_out(self.rows)
