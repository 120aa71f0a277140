"""A column of a sheet's data rows, typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.workbook.converting.conversion import BLANK, TOLD, Cells, Fault, annotate, convert, without
from fupin_audit.workbook.converting.data_rows import DataRows
from fupin_audit.workbook.converting.lost_digits import lost_digits
from fupin_audit.workbook.recognising.matching import FieldColumn


def typed(rows: DataRows, column: FieldColumn, kind: FieldType) -> Cells:
    """A column read as one type, with its error cells and lost digits; several of one field as one."""
    first, *others = (_typed(rows, place, kind, column.factor) for place in column.places)
    return _joined(rows, column, kind, [first, *others]) if others else first


def _typed(rows: DataRows, place: int, kind: FieldType, factor: float) -> Cells:
    texts = rows.columns[place]
    lost = lost_digits(texts, kind, rows.long_numbers(place))
    errors = rows.errors(place)
    cells = convert(without(texts, lost.texts), kind, factor)
    uncomputed = [row for row in rows.uncomputed(place) if not texts[row].is_valid]
    faults = [*_error_faults(errors), *_without_result(uncomputed), *lost.faults]
    return annotate(cells, {**errors, **lost.texts}, faults)


def _error_faults(errors: Mapping[int, str]) -> Iterator[Fault]:
    for text in dict.fromkeys(errors.values()):
        rows = [row for row, other in errors.items() if other == text]
        yield Fault("CEL-09", np.array(rows), f"是公式错误“{text}”")


def _without_result(rows: Sequence[int]) -> Iterator[Fault]:
    """Formulas without a result, told of the first of the column for all."""
    if rows:
        message = f"是公式，本列有{len(rows)}个单元格的公式没有算出结果，请用 Excel 或 WPS 打开并保存后再核对"
        yield Fault("CEL-09", np.array(rows[:1]), message)
        yield Fault(TOLD, np.array(rows[1:], dtype=np.int64), "")


def _joined(rows: DataRows, column: FieldColumn, kind: FieldType, parts: Sequence[Cells]) -> Cells:
    """The values of several columns together; none where one of them can't be read."""
    values = convert(_together([part.values for part in parts]), kind).values
    unread = [fault.rows for part in parts for fault in part.faults if fault.rule != "CEL-06"]
    values = without(values, np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *unread])).tolist())
    further = (
        fault
        for place, part in zip(column.more, parts[1:], strict=True)
        for fault in _in_place(part.faults, place, _original(rows, place))
    )
    return Cells(values, _own_texts(values, _original(rows, column.column)), (*parts[0].faults, *further))


def _in_place(faults: Iterable[Fault], place: int, texts: pa.Array) -> Iterator[Fault]:
    """The same faults, each with the column and text of its cells."""
    for fault in faults:
        written = texts.take(pa.array(fault.rows))
        for text in written.unique().to_pylist():
            same = pc.fill_null(pc.equal(written, text), False).to_numpy(zero_copy_only=False)
            yield replace(fault, rows=fault.rows[same], part=(place, text))


def original_texts(rows: DataRows, column: FieldColumn) -> pa.Array:
    """A column's texts as they stand in the sheet, several of one field joined; an error cell says its error."""
    parts = [_original(rows, place) for place in column.places]
    return _together([_without_blanks(part) for part in parts]) if column.more else parts[0]


def _original(rows: DataRows, place: int) -> pa.Array:
    texts = rows.columns[place]
    return annotate(Cells(texts, texts), rows.errors(place), ()).texts


def _without_blanks(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.fill_null(pc.is_in(texts, BLANK), False), None, texts)


def _together(parts: Sequence[pa.Array]) -> pa.Array:
    """Several columns of one field as one text with several values; blank cells say nothing."""
    said = reduce(pc.or_, (pc.is_valid(part) for part in parts))
    texts = pc.binary_join_element_wise(*(part.filter(said) for part in parts), "、", null_handling="skip")
    return pc.replace_with_mask(pa.nulls(len(said), pa.string()), said, texts)


def _own_texts(values: pa.Array, first: pa.Array) -> pa.Array:
    """What stands in the first of several columns, where it is not the whole value."""
    blank = pc.and_(pc.is_null(first), pc.is_null(values))
    whole = pc.or_(blank, pc.fill_null(pc.equal(first, values), False))
    return pc.if_else(whole, None, pc.fill_null(first, ""))
