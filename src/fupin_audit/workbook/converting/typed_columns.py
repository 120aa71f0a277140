"""A column of a sheet's data rows, typed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.workbook.converting.conversion import Cells, Fault, annotate, convert
from fupin_audit.workbook.converting.data_rows import DataRows
from fupin_audit.workbook.converting.lost_digits import lost_digits
from fupin_audit.workbook.recognising.matching import FieldColumn


def typed(rows: DataRows, column: FieldColumn, kind: FieldType) -> Cells:
    """A column read as one type, with its error cells and lost digits."""
    texts = _joined(rows, column)
    lost = lost_digits(texts, kind, rows.long_numbers(column.column))
    errors = rows.errors(column.column)
    faults = [Fault("CEL-09", np.array([row]), f"单元格是错误值 {text}") for row, text in errors.items()]
    cells = convert(_without(texts, lost.texts), kind, column.factor)
    if column.more:
        cells = replace(cells, texts=_own_texts(cells, rows.columns[column.column]))
    return annotate(cells, {**errors, **lost.texts}, [*faults, *lost.faults])


def original_texts(rows: DataRows, column: FieldColumn) -> pa.Array:
    """A column's texts as they stand in the sheet; an error cell says its error."""
    errors = rows.errors(column.column)
    texts = _joined(rows, column)
    if not errors:
        return texts
    return pc.replace_with_mask(texts, _at(errors, rows.height), pa.array(list(errors.values()), pa.string()))


def _joined(rows: DataRows, column: FieldColumn) -> pa.Array:
    """The texts of a column; several columns of one field are one text with several values."""
    parts = [rows.columns[at] for at in column.places]
    if not column.more:
        return parts[0]
    said = reduce(pc.or_, (pc.is_valid(part) for part in parts))
    texts = pc.binary_join_element_wise(*(part.filter(said) for part in parts), "、", null_handling="skip")
    return pc.replace_with_mask(pa.nulls(len(said), pa.string()), said, texts)


def _own_texts(cells: Cells, first: pa.Array) -> pa.Array:
    """What stands in the first of several columns, where it is not the whole value."""
    blank = pc.and_(pc.is_null(first), pc.is_null(cells.values))
    whole = pc.or_(blank, pc.fill_null(pc.equal(first, cells.values), False))
    return pc.if_else(whole, None, pc.fill_null(first, ""))


def _without(texts: pa.Array, rows: Collection[int]) -> pa.Array:
    return pc.if_else(_at(rows, len(texts)), None, texts) if rows else texts


def _at(rows: Collection[int], height: int) -> pa.Array:
    """Whether a position is one of these."""
    mask = np.zeros(height, dtype=bool)
    mask[list(rows)] = True
    return pa.array(mask)
