"""The sheets of a delivery as they stand: which columns are which field of a ledger, and the texts of their rows."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.types.fieldtypes import CellError, FieldType, Value
from fupin_audit.workbook.correcting.corrected_copy import sheets_read
from fupin_audit.workbook.files.discovery import InputFile
from fupin_audit.workbook.formats.grid import Grid, letter
from fupin_audit.workbook.formats.open_grids import Unlocked, unlock
from fupin_audit.workbook.formats.references import column_index

_ID, _HOUSEHOLD = "身份证", "户编号"


class MergedRange(NamedTuple):
    """Cells that show what the first of them holds; rows and columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class OpenedFile:
    """A delivered file, and its sheets."""

    file: InputFile
    original: Unlocked

    @cached_property
    def grids(self) -> Mapping[str, Grid]:
        """Its sheets by name, as far as they can be read."""
        return sheets_read(self.original.grids())


@dataclass(frozen=True)
class LedgerSheet:
    """A sheet as one of the ledgers it feeds.

    Attributes:
        opened: its file.
        sheet: its name.
        table: the ledger.
        source: its number among the ledger's sheets.
        letters: field → column.
    """

    opened: OpenedFile
    sheet: str
    table: LedgerTable
    source: int
    letters: Mapping[str, str]
    _keys: dict[str, Mapping[Value, Sequence[int]]] = field(default_factory=dict, compare=False)
    _values: dict[str, Mapping[int, Value]] = field(default_factory=dict, compare=False)

    @property
    def ledger(self) -> type[Ledger]:
        """The ledger."""
        return self.table.ledger

    @property
    def grid(self) -> Grid:
        """Its cells."""
        return self.opened.grids[self.sheet]

    @property
    def name(self) -> str:
        """The sheet as people are told of it."""
        return " › ".join(filter(None, (self.opened.file.name, self.sheet)))

    def has(self, name: str) -> bool:
        """Whether it has a column of this field."""
        return name in self.letters

    def column(self, name: str) -> int:
        """The column of a field."""
        return column_index(self.letters[name])

    def text(self, row: int, column: int) -> str:
        """What stands in a cell; of merged cells in the one that shows it."""
        row, column = self.cell(row, column)
        return self.grid.columns[column][row].as_py() or ""

    def cell(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds what a cell shows."""
        found = self._merged_with(row, column)
        return (found.top, found.left) if found else (row, column)

    def rows_of(self, row: int, column: int) -> Sequence[int]:
        """The data rows that show what a cell shows: itself, and those it is merged with."""
        found = self._merged_with(row, column)
        return [at for at in range(found.top, found.bottom + 1) if at in self.years] if found else [row]

    def key(self, name: str, row: int) -> Value | None:
        """A row's value of a field that tells records apart; the household's also from the rows above."""
        known = self._by_row(name)
        while row not in known and name == _HOUSEHOLD and row - 1 in self.years:
            row -= 1
        return known.get(row)

    def told(self, row: int, column: int) -> str:
        """A cell as people are told of it."""
        return f"{self.name} › {letter(column)}{row + 1}"

    def rows(self, name: str, value: Value) -> Sequence[int]:
        """The data rows that have this value of a field."""
        if name not in self._keys:
            self._keys[name] = self._found(name)
        return self._keys[name].get(value, ())

    def _merged_with(self, row: int, column: int) -> MergedRange | None:
        """The range a cell is merged into; None where it is in none."""
        ranges = self._merged.get(column, ())
        at = bisect_right(ranges, row, key=attrgetter("top")) - 1  # they don't overlap
        return ranges[at] if at >= 0 and row <= ranges[at].bottom else None

    @cached_property
    def _merged(self) -> Mapping[int, Sequence[MergedRange]]:
        """Column → the merged ranges in it, from above."""
        found: dict[int, list[MergedRange]] = defaultdict(list)
        for merged in sorted(itertools.starmap(MergedRange, self.grid.merged)):
            for column in range(merged.left, min(merged.right + 1, len(self.grid.columns))):
                found[column].append(merged)
        return found

    def _found(self, name: str) -> Mapping[Value, Sequence[int]]:
        found: dict[Value, list[int]] = defaultdict(list)
        for row, value in self._by_row(name).items():
            found[value].append(row)
        return found

    def _by_row(self, name: str) -> Mapping[int, Value]:
        """Data row → its value of a field, of those that have one."""
        if name not in self._values:
            kind, texts = self.ledger.columns()[name].type, self._shown(self.column(name))
            read = ((row, read_key(kind, texts[row])) for row in self.data_rows)
            self._values[name] = {row: value for row, value in read if value is not None}
        return self._values[name]

    def _shown(self, column: int) -> Sequence[str | None]:
        """What the rows of a column show, each merged cell in all its rows."""
        texts: list[str | None] = self.grid.columns[column].to_pylist()
        for top, left, bottom, _ in self._merged.get(column, ()):
            texts[top : bottom + 1] = [self.text(top, left) or None] * len(texts[top : bottom + 1])
        return texts

    @cached_property
    def data_rows(self) -> Sequence[int]:
        """The rows that were read as data."""
        return [row for row in sorted(self.years) if row < self.grid.height]

    @cached_property
    def years(self) -> Mapping[int, int]:
        """Data row → the year it speaks of, 0 where unknown."""
        cells = self.table.cells
        own = np.flatnonzero(cells.source == self.source)
        years = cells.years[own] if len(cells.years) else np.zeros(len(own), dtype=np.int16)
        return dict(zip((cells.excel_row[own] - 1).tolist(), years.tolist(), strict=True))


def read_key(kind: FieldType, text: str | None) -> Value | None:
    """A key's value; an ID number by its first 18 signs. None for a blank, and for what can't be read."""
    try:
        value = kind.read(text)
    except CellError:
        return None
    return str(value)[:18] if kind.name == _ID and value is not None else value


def delivered_sheets(
    delivery: Delivery, files: Sequence[InputFile], password: str | None
) -> Iterator[LedgerSheet]:
    """Every sheet as every ledger it feeds."""
    opened = {file.name: file for file in files}
    known: dict[str, OpenedFile] = {}
    for table in delivery.tables.values():
        for number, source in enumerate(table.cells.sources):
            if source.file in opened:
                if source.file not in known:
                    file = opened[source.file]
                    known[source.file] = OpenedFile(file, unlock(file.path, password))
                letters = {name: at for name, at in source.letters.items() if source.has(name)}
                yield LedgerSheet(known[source.file], source.sheet, table, number, letters)
