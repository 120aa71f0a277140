"""Everything a comparison says, word for word; to be looked at after `pytest tests/comparing --update-golden`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from enum import Enum
from pathlib import Path

import pytest

from comparing.sheets import HEADER, Rows, compared, households
from fupin_audit.comparing.column_pairs import Pair, is_called, pair_columns
from fupin_audit.comparing.compare_options import EVERY_NUMBER, CompareOptions
from fupin_audit.errors import UsageError
from fupin_audit.results.comparison import Comparison
from fupin_audit.workbook.recognising.any_table_columns import TableColumn
from fupin_audit.workbook.recognising.headers import HeaderCell


def edited() -> tuple[Rows, Rows]:
    """Two lists of households with every kind of difference, columns in another order, and rows that do not pair."""
    left, right = households(24), households(24)
    for row, name, text in (
        (3, "户主姓名", "欧阳明"), (4, "户主证件号码", left[4][2][:-2] + "11"), (5, "人均纯收入", "40355"), (6, "人均纯收入", ""),
        (7, "识别年月", "不详"), (8, "村", "东沟"), (9, "危房户", "是"), (10, "物资数量", "约十份"), (11, "家庭人口", "99"),
    ):  # fmt: skip
        right[row][HEADER.index(name)] = text
    for row in range(12, 18):
        left[row][HEADER.index("村")], right[row][HEADER.index("村")] = "柳林村", "新华村"
    left[19] = ["", *left[19][1:]]
    left += [list(left[2]), ["99010000019999", *left[2][1:]]]
    right += [["", *right[20][1:]], ["", *right[21][1:]]]
    shuffled = [[row[at] for at in (0, 2, 1, 3, 5, 4, 6, 7, 8, 9)] for row in right]
    for rows, header in ((left, "备注甲"), (shuffled, "说明乙")):
        rows[0].append(header)
        for cells in rows[1:]:
            cells.append("")
    shuffled[0][HEADER.index("物资数量")] = "物资数量（份）"
    return left, shuffled


CASES = {
    "masked": CompareOptions(),
    "revealed": CompareOptions(reveal=True, keys=[("户编号", "户编号")], ignore=["物资名称"]),
    "some": CompareOptions(only=["人均纯收入", "家庭人口", "村"], tolerance={"人均纯收入": 2.5, EVERY_NUMBER: 100}, skip_blanks=True),
    "two columns": CompareOptions(keys=[("户主姓名", "户主姓名"), ("村", "村")]),
}  # fmt: skip


def written(found: Comparison) -> str:
    told = asdict(found) | {"version": ""}
    return json.dumps(
        told,
        ensure_ascii=False,
        indent=1,
        default=lambda value: value.value if isinstance(value, Enum) else str(value),
    )


@pytest.mark.parametrize("name", CASES)
def test_all_that_is_said(name: str, golden: Callable[[str, str], None], tmp_path: Path) -> None:
    golden(f"comparing/{name}.json", written(compared(tmp_path, *edited(), CASES[name])) + "\n")


# Which columns are the same.


def columns(*headers: str | tuple[str, str]) -> list[TableColumn]:
    """Columns of these headers; a pair is a header and the field it is known as."""
    told = [(each, "") if isinstance(each, str) else each for each in headers]
    return [
        TableColumn(HeaderCell(at, tuple(text.split("/"))), field) for at, (text, field) in enumerate(told)
    ]


def shown(pairs: tuple[Pair, ...]) -> list[str]:
    return [f"{pair.left.text}｜{pair.right.text} {pair.why}" for pair in pairs]


@pytest.mark.parametrize(
    ("left", "right", "paired"),
    [
        (columns("甲", "乙"), columns("乙", "甲"), ["甲｜甲 同名", "乙｜乙 同名"]),
        (columns("甲", "甲"), columns("甲", "甲", "甲"), ["甲｜甲 同名", "甲｜甲 同名"]),
        (columns(("户号", "户编号")), columns(("编码", "户编号")), ["户号｜编码 同义"]),
        (columns(("户 号", "户编号")), columns(("户号", "户编号")), ["户号｜户号 同名"]),
        # the field counts before the header
        (columns(("编码", "户编号"), "户号"), columns(("户号", "户编号"), "编码"), ["编码｜户号 同义"]),
        (columns("基本/面积"), columns("住房/面积"), ["基本›面积｜住房›面积 同义"]),
        (columns("基本/面积", "面积"), columns("面积", "基本/面积"), ["基本›面积｜基本›面积 同名", "面积｜面积 同名"]),
        (columns("集中采购价格"), columns("集中采购的价格"), ["集中采购价格｜集中采购的价格 近似"]),
        # the nearest first, each once
        (columns("发放物资的数量", "发放物资数量甲"), columns("发放物资数量"), ["发放物资的数量｜发放物资数量 近似"]),
        (columns("采购价格"), columns("验收日期"), []),
        (columns("2019年发放数"), columns("2020年发放数"), []),
        (columns(("家庭人口", "家庭人口")), columns(("家庭人口数", "人口")), []),
        (columns(), columns("甲"), []),
    ],
)  # fmt: skip
def test_columns_are_the_same(left: list[TableColumn], right: list[TableColumn], paired: list[str]) -> None:
    assert shown(pair_columns(left, right)) == paired


def test_the_user_may_say_which_are_the_same() -> None:
    left, right = columns("甲", "乙", "丙"), columns("子", "丙", "乙")
    assert shown(pair_columns(left, right, [("甲", "丙"), ("丙", "子")])) == [
        "甲｜丙 同义",
        "乙｜乙 同名",
        "丙｜子 同义",
    ]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("编好", "子"), "左边没有“编好”这一列，最接近的是“编号”"),
        (("编号", "丑丑"), "右边没有“丑丑”这一列，有的是：子、寅、卯、辰、巳、午、未、申"),
    ],
)
def test_a_name_that_is_no_column_is_refused(given: tuple[str, str], says: str) -> None:
    with pytest.raises(UsageError) as refusal:
        pair_columns(columns("编号", "乙"), columns(*"子寅卯辰巳午未申酉"), [given])
    assert str(refusal.value) == says


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("户编号", True),
        ("户 号", True),
        ("基本›户号", True),
        ("户号（必填）", True),
        ("户主", False),
        ("", False),
    ],
)
def test_a_column_is_called_by_its_field_its_header_or_its_lowest_text(name: str, called: bool) -> None:
    assert is_called(columns(("基本/户号", "户编号"))[0], name) is called
