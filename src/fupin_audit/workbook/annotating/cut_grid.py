"""A sheet cut to the rows of one village: its header, its rows, and in a last column where they stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from fupin_audit.results.cell_note import CellNotes
from fupin_audit.workbook.formats.grid import Grid, letter
from fupin_audit.workbook.formats.references import cell_place

WAS = "原件行号"
LEFT_OUT = "（涉及别处，没有带过来）"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Cut:
    """What is taken of a sheet.

    Attributes:
        header: the lowest row of its header, as Excel counts it; the rows above are titles and upper headers.
        rows: the rows, as Excel counts them.
        is_foreign: whether a text speaks of others, so that it stays behind.
    """

    header: int
    rows: Sequence[int]
    is_foreign: Callable[[str], bool]

    def grid(self, grid: Grid) -> Grid:
        """The cut sheet."""
        taken = pa.array([row - 1 for row in (*range(1, self.header + 1), *self.rows)])
        columns = [pa.array(self._texts(column.take(taken)), pa.string()) for column in grid.columns]
        was = [*[None] * (self.header - 1), WAS, *map(str, self.rows)]
        new = self._new_rows()
        errors = {
            (new[row + 1] - 1, column): text for (row, column), text in grid.errors.items() if row + 1 in new
        }
        return Grid(grid.sheet, (*columns, pa.array(was, pa.string())), errors=errors)

    def notes(self, notes: CellNotes) -> CellNotes:
        """The notes on its rows, where these stand now."""
        new = self._new_rows()
        placed = ((cell_place(name), note) for name, note in notes.items())
        return {
            f"{letter(place[1])}{new[place[0] + 1]}": note
            for place, note in placed
            if place and place[0] + 1 in new
        }

    def _new_rows(self) -> Mapping[int, int]:
        return {row: at for at, row in enumerate(self.rows, start=self.header + 1)}

    def _texts(self, column: pa.Array) -> list[str | None]:
        """A column's texts; titles that count something, and whatever speaks of others, stay behind."""
        texts: list[str | None] = column.to_pylist()
        for at, text in enumerate(texts):
            if text and at < self.header - 1 and (_DIGIT.search(text) or self.is_foreign(text)):
                texts[at] = None
            elif text and self.is_foreign(text):
                texts[at] = LEFT_OUT
        return texts
