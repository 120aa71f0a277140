"""The columns of one sheet's data rows, typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.memory import compact
from fupin_audit.workbook.converting.conversion import Cells, Fault, annotate, convert
from fupin_audit.workbook.converting.data_rows import Body
from fupin_audit.workbook.converting.lost_digits import lost_digits
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.recognising.matching import FieldColumn


@dataclass(frozen=True)
class SheetColumns:
    """The columns of a sheet's data rows.

    Attributes:
        grid: the sheet.
        body: its data rows.
    """

    grid: Grid
    body: Body
    _kept: dict[tuple[FieldColumn, FieldType], Cells] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """Number of data rows."""
        return len(self.body.rows)

    def cells(self, column: FieldColumn, kind: FieldType) -> Cells:
        """A column read as one type, with its error cells and lost digits."""
        first = self.body.columns[column.column]
        texts = self._joined(column)
        long_numbers = [row for row, _ in self._here(self.grid.long_numbers, column.column)]
        lost = lost_digits(texts, kind, long_numbers)
        errors = self._errors(column.column)
        faults = [Fault("CEL-09", np.array([row]), f"单元格是错误值 {text}") for row, text in errors.items()]
        cells = convert(_without(texts, lost.texts), kind, column.factor)
        cells = replace(cells, texts=_own_texts(cells, first)) if column.more else cells
        return annotate(cells, {**errors, **lost.texts}, [*faults, *lost.faults])

    def kept(self, column: FieldColumn, kind: FieldType) -> Cells:
        """The same in little memory; equal texts may be one, in a dictionary."""
        key = (replace(column, field=""), kind)
        if key not in self._kept:
            cells = self.cells(column, kind)
            self._kept[key] = replace(cells, values=compact(cells.values))
        return self._kept[key]

    def texts(self, column: FieldColumn) -> pa.Array:
        """A column's texts as they stand in the sheet; an error cell says its error."""
        errors = self._errors(column.column)
        if not errors:
            return self._joined(column)
        mask = np.zeros(self.height, dtype=bool)
        mask[list(errors)] = True
        return pc.replace_with_mask(
            self._joined(column), pa.array(mask), pa.array(list(errors.values()), pa.string())
        )

    def _joined(self, column: FieldColumn) -> pa.Array:
        first = self.body.columns[column.column]
        return _joined([first, *(self.body.columns[at] for at in column.more)]) if column.more else first

    def _errors(self, place: int) -> dict[int, str]:
        """Position of each error cell of a column, ascending, with its text."""
        return {row: self.grid.errors[cell] for row, cell in self._here(self.grid.errors, place)}

    def _here(self, cells: Iterable[Cell], place: int) -> Iterator[tuple[int, Cell]]:
        """Those of these cells that stand in a column's data rows, after their positions."""
        here = sorted(cell for cell in cells if cell[1] == place)
        at = np.searchsorted(self.body.rows, [row for row, _ in here])
        for row, cell in zip(at.tolist(), here, strict=True):
            if row < self.height and self.body.rows[row] == cell[0]:
                yield row, cell


def _joined(parts: Sequence[pa.Array]) -> pa.Array:
    """Several columns of one field, as one text with several values."""
    said = reduce(pc.or_, (pc.is_valid(part) for part in parts))
    texts = pc.binary_join_element_wise(*(part.filter(said) for part in parts), "、", null_handling="skip")
    return pc.replace_with_mask(pa.nulls(len(said), pa.string()), said, texts)


def _own_texts(cells: Cells, first: pa.Array) -> pa.Array:
    """What stands in the first of several columns, where it is not the whole value."""
    blank = pc.and_(pc.is_null(first), pc.is_null(cells.values))
    whole = pc.or_(blank, pc.fill_null(pc.equal(first, cells.values), False))
    return pc.if_else(whole, None, pc.fill_null(first, ""))


def _without(texts: pa.Array, rows: Iterable[int]) -> pa.Array:
    left_out = sorted(rows)
    if not left_out:
        return texts
    mask = np.zeros(len(texts), dtype=bool)
    mask[left_out] = True
    return pc.if_else(pa.array(mask), None, texts)
