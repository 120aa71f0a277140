"""Finding a header and reading its texts."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pytest

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.header_meanings import HeaderMeaning, with_headers
from fupin_audit.ledgers.registry import LEDGERS, ledger
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.reading import Reader
from fupin_audit.workbook.recognising.header_rows import find_header
from fupin_audit.workbook.recognising.header_text import keys, unit
from fupin_audit.workbook.recognising.headers import Header, HeaderCell
from fupin_audit.workbook.recognising.matching import header_index, known_keys, match

Texts = Sequence[Sequence[str | None]]
KNOWN = known_keys(LEDGERS)


def grid(rows: Texts, merged: Sequence[tuple[int, int, int, int]] = ()) -> Grid:
    width = max(map(len, rows))
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    return Grid(
        "表",
        tuple(pa.array(column, pa.string()) for column in zip(*padded, strict=True)),
        merged=tuple(merged),
    )


def header(rows: Texts, merged: Sequence[tuple[int, int, int, int]] = ()) -> Header:
    found = find_header(grid(rows, merged), KNOWN)
    assert found is not None
    return found


def read(rows: Texts, merged: Sequence[tuple[int, int, int, int]] = ()) -> list[str]:
    return [cell.text for cell in header(rows, merged).cells]


PERSON = ["户编号", "姓名", "证件号码", "与户主关系"]
DATA = ["990101000001", "赵甲", "990101196003050014", "户主"]


@pytest.mark.parametrize("above", range(15))
def test_header_on_any_of_the_first_15_rows(above: int) -> None:
    rows: Texts = [*([[f"第{number}行标题"] for number in range(above)]), PERSON, DATA]
    assert header(rows).bottom == above


def test_blank_rows_above_do_not_count() -> None:
    assert header([*[[None]] * 30, ["清河县人口信息"], [None], PERSON, DATA]).bottom == 32


def test_title_is_what_stands_above() -> None:
    assert header([["清河县人口信息", None, "2020年度"], PERSON, DATA]).title == (
        "清河县人口信息",
        "2020年度",
    )


def test_sheet_without_known_header_has_none() -> None:
    assert find_header(grid([["菜名", "价格"], ["白菜", "2"]]), KNOWN) is None


TWO_LEVELS: Texts = [
    ["清河镇低保花名册"],
    ["户主姓名", "姓名", "证件号码", "保障人数", None, "领取金额", None, "月保障金"],
    [None, None, None, "重点保障人数", "残疾人数", "家庭补差", "重点救助", None],
    ["赵甲", "赵甲", "990101196003050014", "1", "0", "300", "0", "300"],
]
LEVELS = ["户主姓名", "姓名", "证件号码", "保障人数›重点保障人数", "保障人数›残疾人数", "领取金额›家庭补差",
          "领取金额›重点救助", "月保障金"]  # fmt: skip
MERGED = [(0, 0, 0, 7), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6), (1, 7, 2, 7)]


@pytest.mark.parametrize("merged", [MERGED, []], ids=["merged", "unmerged"])
def test_two_levels_are_joined_top_down(merged: list[tuple[int, int, int, int]]) -> None:
    assert read(TWO_LEVELS, merged) == LEVELS
    assert header(TWO_LEVELS, merged).bottom == 2


def test_three_levels() -> None:
    rows: Texts = [
        ["户编号", "户主姓名", "收入", None, None],
        [None, None, "家庭收入", None, "人均纯收入"],
        [None, None, "工资性收入", "财产性收入", None],
        ["990101000001", "赵甲", "1", "2", "3"],
    ]
    merged = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 4), (1, 2, 1, 3), (1, 4, 2, 4)]
    assert read(rows, merged) == [
        "户编号",
        "户主姓名",
        "收入›家庭收入›工资性收入",
        "收入›家庭收入›财产性收入",
        "收入›人均纯收入",
    ]


def test_group_names_above_tell_equal_headers_apart() -> None:
    rows: Texts = [
        ["基本情况", None, None, "风险消除后", None],
        ["户编号", "户主姓名", "人均纯收入", "人均纯收入", "饮水安全"],
        ["990101000001", "赵甲", "4000", "6000", "是"],
    ]
    found = match(header(rows, [(0, 0, 0, 2), (0, 3, 0, 4)]), ledger("户"))
    assert found.columns["人均纯收入"].column == 2
    assert "饮水安全" not in found.columns  # it is that of another state of affairs


def test_title_rows_are_no_level() -> None:
    rows: Texts = [
        ["清河县人口信息", None, None, None],
        ["单位：户、人", None, "日期：2020-12-31", None],
        PERSON,
        DATA,
    ]
    assert read(rows) == PERSON


def test_repeated_header_is_no_second_level() -> None:
    assert header([PERSON, PERSON, DATA]).bottom == 0


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("务工\n时间 （月）", "务工时间"),
        ("县（市、区、旗）", "县(市、区、旗)"),
        ("＊姓 名", "姓名"),
        ("饮水安全 页面（住房）", "饮水安全"),
        ("人均纯收入（元）", "人均纯收入"),
        ("监测对象类别(检测)", "监测对象类别"),
    ],
)
def test_one_of_the_keys_is_the_name(text: str, key: str) -> None:
    assert key in keys(text)


def test_header_of_two_levels_is_known_by_both_or_by_the_lower_alone() -> None:
    cell = HeaderCell(0, ("收入情况", "工资性收入（元）"))
    assert set(cell.keys) >= {"收入情况工资性收入", "工资性收入"}
    assert cell.own_keys == ("工资性收入(元)", "工资性收入")
    assert cell.unit == "元"


@pytest.mark.parametrize(
    ("upper", "key"), [("其他情况", "转移性收入"), ("其他", "其他转移性收入"), ("收入情况", "收入转移性收入")]
)
def test_a_heading_of_other_things_adds_nothing_to_the_names_below_it(upper: str, key: str) -> None:
    cell = HeaderCell(0, (upper, "转移性收入"))
    assert key in cell.keys
    assert ("其他转移性收入" in cell.keys) == (upper == "其他")


def test_header_of_another_state_is_not_known_by_its_lower_level() -> None:
    assert "人均纯收入" not in HeaderCell(0, ("风险消除后", "人均纯收入")).keys


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("集体经济收入（万元）", "万元"),
        ("耕地面积(单位：公顷)", "公顷"),
        ("住房面积（㎡）", "m2"),
        ("姓名", ""),
        ("月收入/元", "元"),
    ],
)
def test_unit_of_a_header(text: str, stated: str) -> None:
    assert unit(text) == stated


def columns(title: str, *names: str) -> dict[str, int]:
    found = match(header([names, ["x"] * len(names)]), ledger(title))
    return {name: column.column for name, column in found.columns.items()}


def test_is_or_is_not_before_a_yes_no_field() -> None:
    assert columns("户", "户编号", "是否失联", "是否饮水困难") == {"户编号": 0, "失联": 1, "饮水困难": 2}


def test_first_of_two_equal_headers_is_taken() -> None:
    found = match(header([["户编号", "户主姓名", "联系电话", "联系电话"], DATA]), ledger("户"))
    assert found.columns["联系电话"].column == 2
    assert [(cell.column, name) for cell, name in found.repeated] == [(3, "联系电话")]


def test_most_literal_header_is_taken() -> None:
    assert columns("户", "户编号", "致贫原因1", "主要致贫原因")["主要致贫原因"] == 2
    assert columns("户", "户编号", "联系电话", "户联系电话")["联系电话"] == 2


@pytest.mark.parametrize(
    ("title", "text", "field", "factor"),
    [
        ("户", "人均纯收入（万元）", "人均纯收入", 10000),
        ("户", "人均纯收入（元）", "人均纯收入", 1),
        ("户年度", "耕地面积（公顷）", "耕地面积", 15),
        ("户年度", "住房面积(㎡)", "住房面积", 1),
        ("村", "集体经济收入（元）", "集体经济收入", 0.0001),
    ],
)
def test_unit_in_the_header_gives_the_factor(title: str, text: str, field: str, factor: float) -> None:
    found = match(header([["户编号", "村", "年度", text], DATA]), ledger(title))
    assert found.columns[field].factor == factor


def test_unit_in_the_title_serves_columns_without_their_own() -> None:
    rows: Texts = [
        ["户收入表（单位：万元）"],
        ["户编号", "年度", "纯收入", "人均纯收入（元）", "家庭人口"],
        DATA,
    ]
    found = match(header(rows), ledger("户年度"))
    assert {name: column.factor for name, column in found.columns.items()} == {
        "户编号": 1, "年度": 1, "家庭人口": 1, "纯收入": 10000, "人均纯收入": 1,
    }  # fmt: skip


@pytest.mark.parametrize("model", LEDGERS, ids=lambda model: model.title.encode().hex())
def test_every_field_is_found_under_its_own_name(model: type[Ledger]) -> None:
    index = header_index(model)
    assert all(index[name] == name for name in model.columns() if name in index)
    assert set(model.columns()) <= set(index.values())


def test_a_header_of_two_levels_is_given_a_meaning_as_it_is_shown() -> None:
    (model,) = with_headers([ledger("低保")], [HeaderMeaning("低保", "领取金额›家庭补差", "月保障金")])
    rows: Texts = [
        ["证件号码", "姓名", "领取金额", None],
        [None, None, "家庭补差", "重点救助"],
        ["1", "甲", "2", "3"],
    ]
    found = find_header(grid(rows, [(0, 2, 0, 3)]), known_keys((model,)))
    assert found is not None
    columns = match(found, model).columns
    assert [(name, columns[name].column) for name in ("证件号码", "月保障金")] == [
        ("证件号码", 0),
        ("月保障金", 2),
    ]


@pytest.mark.parametrize("signs", ["\x17", "***", "：", "、", "。。", "##", "\u200b*"])
def test_a_header_of_signs_alone_is_a_column_nobody_knows(signs: str) -> None:
    (sheet,) = Reader(LEDGERS).tables("人口.csv", grid([[*PERSON, signs], [*DATA, "1"]]))
    assert [(column.header, column.nearest) for column in sheet.described.unrecognised] == [(signs, "")]
