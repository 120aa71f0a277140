"""A sheet cut to the rows of one village: its header, its rows, and in a last column where they stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.results.cell_note import CellNotes
from fupin_audit.workbook.formats.grid import Grid, letter
from fupin_audit.workbook.formats.references import cell_place

WAS = "原件行号"
LEFT_OUT = "（涉及别处，没有带过来）"
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"
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

    def grid(self, grid: Grid, named: Sequence[pa.Array]) -> Grid:
        """The cut sheet.

        Args:
            grid: the whole one.
            named: of each column, which of its texts hold the name of any place at all.
        """
        taken = pa.array([row - 1 for row in (*range(1, self.header + 1), *self.rows)])
        pairs = zip(grid.columns, named, strict=True)
        columns = [self._texts(column.take(taken), holds.take(taken)) for column, holds in pairs]
        was = [*[None] * (self.header - 1), WAS, *map(str, self.rows)]
        new = self._new_rows()
        errors = {
            (new[row + 1] - 1, column): text for (row, column), text in grid.errors.items() if row + 1 in new
        }
        return Grid(grid.sheet, (*columns, pa.array(was, pa.string())), errors=errors)

    def notes(self, notes: CellNotes) -> CellNotes:
        """The notes on its rows, where these stand now."""
        return {now: notes[cell] for cell, now in self.moved(notes).items()}

    def rows_now(self, rows: Iterable[int]) -> frozenset[int]:
        """Where rows stand now, those it has; all from 0."""
        new = self._new_rows()
        return frozenset(new[row + 1] - 1 for row in rows if row + 1 in new)

    def moved(self, cells: Iterable[str]) -> Mapping[str, str]:
        """Where cells of its rows stand now."""
        new = self._new_rows()
        placed = ((name, cell_place(name)) for name in cells)
        return {
            name: f"{letter(place[1])}{new[place[0] + 1]}"
            for name, place in placed
            if place and place[0] + 1 in new
        }

    def _new_rows(self) -> Mapping[int, int]:
        return {row: at for at, row in enumerate(self.rows, start=self.header + 1)}

    def _texts(self, column: pa.Array, named: pa.Array) -> pa.Array:
        """A column's texts; titles that count something, and whatever speaks of others, stay behind."""
        suspects = [*range(self.header - 1), *np.flatnonzero(named.to_numpy(zero_copy_only=False)).tolist()]
        texts = {at: str(column[at]) for at in suspects if column[at].is_valid}
        foreign = {at for at, text in texts.items() if self.is_foreign(text)}
        counting = {at for at, text in texts.items() if at < self.header - 1 and _DIGIT.search(text)}
        if not foreign | counting:
            return column
        kept: list[str | None] = column.to_pylist()
        for at in foreign | counting:
            kept[at] = None if at < self.header - 1 else LEFT_OUT
        return pa.array(kept, pa.string())


def as_shown(grid: Grid) -> Grid:
    """The sheet with its days as a spreadsheet shows them, without a time that nobody wrote."""
    days = (pc.replace_substring_regex(column, _MIDNIGHT, r"\1") for column in grid.columns)
    return replace(grid, columns=tuple(days))


def names_in(grid: Grid, any_name: str) -> Sequence[pa.Array]:
    """Of each column, which of its texts hold one of these names."""
    if not any_name:
        return [pa.repeat(pa.scalar(False), grid.height) for _ in grid.columns]
    return [_matches(column, any_name) for column in grid.columns]


def _matches(column: pa.Array, any_name: str) -> pa.Array:
    try:
        return pc.match_substring_regex(column, any_name).fill_null(False)
    except pa.ArrowInvalid:  # more names than its engine takes: each text is looked at
        return column.is_valid()
