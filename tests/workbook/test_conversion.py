"""Columns of text become values: in bulk as Pydantic reads them cell by cell."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import id_number

from effort import examples
from fupin_audit.delivery import ARROW
from fupin_audit.ledgers.registry import LEDGERS, ledger
from fupin_audit.ledgers.types import kinds
from fupin_audit.ledgers.types.fieldtypes import CellError, FieldType
from fupin_audit.ledgers.types.text import is_blank
from fupin_audit.workbook.converting.conversion import Cells, convert
from fupin_audit.workbook.converting.lost_digits import lost_digits

KINDS = {column.type.name: column.type for model in LEDGERS for column in model.columns().values()}
SEEN = [
    "是", "否", "有", "无", "√", "×", "已解决", "未解决", "0", "1", "12", "007", "-3", "3.0", "12.50", "0.5", "1,234.5",
    "￥300", "1.2万元", "3 户", "2020", "2020年", "201809", "202012", "2020-06", "2020年6月", "2016-05-01", "2016/5/1",
    "20160501", "43831", "2020-02-29 00:00:00", "2021-02-29", "小学", "初中", "户主", "因病", "因病、因残", "健康",
    "长期慢性病，残疾", "A级", "一级", "01", "3", "NULL", "nan", "-", "—", "/", "空", "", " ", "　", "张三", " 张 三 ",
    "艾山•买买提", '="0012"', "'0012", "１２３", "赵\u200b甲", "13900000000", "139 0000 0000", "13900000000.0", "1.23E+17",
    "99010119600305001x", id_number("19600305", 1), "990101600305001", "6222 0000 0000 0000 001", "三千", "_x000D_", "\t7",
]  # fmt: skip
TEXTS = st.lists(st.none() | st.sampled_from(SEEN) | st.text(max_size=12), max_size=12)


def one_by_one(kind: FieldType, text: str | None) -> tuple[object, str]:
    try:
        return kind.read(text), ""
    except CellError as error:
        return None, error.rule


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name.encode().hex())
@examples(25)
@given(texts=TEXTS)
def test_bulk_reads_as_cell_by_cell(kind: FieldType, texts: list[str | None]) -> None:
    cells = convert(pa.array(texts, pa.string()), kind)
    read = [one_by_one(kind, text) for text in texts]
    assert cells.values.type == ARROW[kind.sql]
    assert cells.values.to_pylist() == [value for value, _ in read]
    faults = {
        row: fault.rule for fault in cells.faults if fault.rule != "CEL-06" for row in fault.rows.tolist()
    }
    assert faults == {row: rule for row, (_, rule) in enumerate(read) if rule}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name.encode().hex())
@examples(15)
@given(texts=TEXTS)
def test_original_text_is_kept_where_it_is_not_the_value_as_shown(
    kind: FieldType, texts: list[str | None]
) -> None:
    cells = convert(pa.array(texts, pa.string()), kind)
    kept = cells.texts.to_pylist() if cells.texts is not None else [None] * len(texts)
    for text, value, other in zip(texts, cells.values.to_pylist(), kept, strict=True):
        written = text.removesuffix(" 00:00:00") if text and kind.family == "date" else text
        if other is None:
            assert text is None or kind.show(value) == written
        else:
            assert other == written


@examples(50)
@given(texts=st.lists(st.sampled_from(SEEN), min_size=4, max_size=4))
def test_bulk_reads_as_the_pydantic_model(texts: list[str]) -> None:
    model = ledger("户")
    names = ("家庭人口", "人均纯收入", "危房户", "户主姓名")
    columns = model.columns()
    good = {
        name: text
        for name, text in zip(names, texts, strict=True)
        if not one_by_one(columns[name].type, text)[1]
    }
    row = model.model_validate(good)
    for name, text in good.items():
        assert convert(pa.array([text]), columns[name].type).values[0].as_py() == getattr(row, name)


def rules(cells: Cells) -> list[tuple[str, list[int]]]:
    return [(fault.rule, fault.rows.tolist()) for fault in cells.faults]


def test_one_fault_a_reason_with_its_hint() -> None:
    cells = convert(pa.array(["小学", "小雪", "初中", "小雪", "3"]), kinds.code("文化程度"))
    assert rules(cells) == [("CEL-04", [1, 3]), ("CEL-12", [4])]
    assert [fault.hint for fault in cells.faults][:1] == ["小学"]
    assert cells.texts is not None
    assert cells.texts.to_pylist() == [None, "小雪", None, "小雪", "3"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("张三 ", True), ("张\u200b三", True), ("１２", True), ('="12"', True), ("张三", False), ("甲\n乙", False), ("", False), ("　", False)],
)  # fmt: skip
def test_what_a_reader_cannot_see_is_told_once_a_column(text: str, told: bool) -> None:
    cells = convert(pa.array(["赵甲", text, text]), kinds.TEXT)
    assert rules(cells) == ([("CEL-06", [1])] if told else [])
    assert not told or "2个单元格" in cells.faults[0].message


@pytest.mark.parametrize(
    ("text", "value"), [("0.35", 3500), ("1", 10000), ("1.2万元", 12000), ("1,234.5", 12345000), (None, None)]
)
def test_unit_of_the_header_is_converted(text: str | None, value: float | None) -> None:
    cells = convert(pa.array([text, "2"], pa.string()), kinds.YUAN, 10000)
    assert cells.values.to_pylist() == [value, 20000]
    assert cells.texts is not None
    assert cells.texts[0].as_py() == text


def test_date_cells_are_quoted_without_midnight() -> None:
    cells = convert(pa.array(["2020-02-29 00:00:00", "2020年2月"]), kinds.DAY)
    assert cells.values.to_pylist() == [date(2020, 2, 29), date(2020, 2, 1)]
    assert cells.texts is not None
    assert cells.texts.to_pylist() == [None, "2020年2月"]


VALID = [number for sequence in range(1, 999) if (number := id_number("19600305", sequence)).isdecimal()]
INTACT = next(number for number in VALID if int(float(number)) != int(number))
ROUNDED = next(number for number in VALID if int(float(number)) == int(number))


@pytest.mark.parametrize(
    ("text", "kind", "rule", "trusted"),
    [
        (INTACT, kinds.RESIDENT_ID, "ID-03", True),
        (ROUNDED, kinds.RESIDENT_ID, "ID-03", False),
        ("990101196003050000", kinds.RESIDENT_ID, "ID-03", False),
        ("990101196003050016", kinds.RESIDENT_ID, "ID-03", False),
        ("990101600305001", kinds.RESIDENT_ID, "", True),
        ("6222000000000000000", kinds.ACCOUNT, "CEL-01", False),
        ("6222000000000000000", kinds.TEXT, "", True),
    ],
)
def test_digits_lost_in_number_cells(text: str, kind: FieldType, rule: str, trusted: bool) -> None:
    found = lost_digits(pa.array([None, text]), kind, [1])
    assert [fault.rule for fault in found.faults] == ([rule] if rule else [])
    assert found.texts == ({} if trusted else {1: text})


@given(texts=st.lists(st.sampled_from(SEEN), max_size=8))
def test_blank_cells_have_no_fault(texts: list[str]) -> None:
    blank = [text for text in texts if is_blank(text)]
    assert convert(pa.array(blank, pa.string()), kinds.RESIDENT_ID).faults == ()
