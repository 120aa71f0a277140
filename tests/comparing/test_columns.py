"""Which columns are taken for the same, and what a user may say of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comparing.sheets import compared, households
from fupin_audit.comparing.compare_options import EVERY_NUMBER, CompareOptions
from fupin_audit.errors import UsageError

HEADERS = [  # left, right, how they are paired
    ("户编号", "户编号", "同名"),
    ("户主证件号码", "户主身份证号", "同义"),
    ("物资 名称", "物资\n名称", "同名"),
    ("物资数量（份）", "物资数量", "同义"),
    ("集中采购价格", "集中采购的价格", "近似"),
    ("2019年发放", "2020年发放", ""),
    ("户主姓名", "姓名", ""),
]


@pytest.mark.parametrize(("left", "right", "how"), HEADERS)
def test_columns_are_paired_by_name(tmp_path: Path, left: str, right: str, how: str) -> None:
    rows = [[f"A{number:03}", f"值{number}"] for number in range(30)]
    found = compared(tmp_path, [["编号", left], *rows], [["编号", right], *rows])
    assert [column.pairing for column in found.columns[1:]] == [how] * bool(how)
    assert found.left.unpaired == (() if how else (f"B {left}",))
    assert found.right.unpaired == (() if how else (f"B {right}",))


def test_the_same_header_twice_is_paired_in_order(tmp_path: Path) -> None:
    left = [["编号", "备注事项", "备注事项"]] + [[f"A{n:03}", f"甲{n}", f"乙{n}"] for n in range(20)]
    right = [*left[:-1], [left[-1][0], "甲19", "丙"]]
    (difference,) = compared(tmp_path, left, right).differences
    assert (difference.left.cell, difference.left.value, difference.right.value) == ("C21", "乙19", "丙")


def test_a_unit_in_the_header_is_converted(tmp_path: Path) -> None:
    left = [["编号", "投资额（万元）"]] + [[f"A{n:03}", f"{n}.5"] for n in range(20)]
    right = [["编号", "投资额（元）"]] + [[f"A{n:03}", f"{n}5000"] for n in range(20)]
    right[3][1] = "3.5"
    (difference,) = compared(tmp_path, left, right).differences
    assert (difference.left.value, difference.right.value) == ("2.5", "3.5")


def changed(**cells: str) -> list[list[str]]:
    rows = households(30)
    for name, text in cells.items():
        rows[5][rows[0].index(name)] = text
    return rows


@pytest.mark.parametrize(
    ("options", "columns"),
    [
        (CompareOptions(), ["户主姓名", "家庭人口", "人均纯收入", "识别年月"]),
        (CompareOptions(only=["家庭人口", "人均纯收入（元）"]), ["家庭人口", "人均纯收入"]),
        (CompareOptions(ignore=["户主姓名", "识别时间"]), ["家庭人口", "人均纯收入", "识别年月"]),
        (CompareOptions(tolerance={"人均纯收入": 1}), ["户主姓名", "家庭人口", "识别年月"]),
        (CompareOptions(tolerance={EVERY_NUMBER: 10}), ["户主姓名", "识别年月"]),
        (CompareOptions(tolerance={EVERY_NUMBER: 10, "家庭人口": 0}), ["户主姓名", "家庭人口", "识别年月"]),
        (CompareOptions(skip_blanks=True), ["户主姓名", "家庭人口", "人均纯收入"]),
    ],
)
def test_options_choose_what_counts(tmp_path: Path, options: CompareOptions, columns: list[str]) -> None:
    rows = households(30)
    income = f"{float(rows[5][5]) + 1}"
    other = changed(户主姓名="欧阳明", 家庭人口="9", 人均纯收入=income, 识别年月="")
    if "识别时间" in options.ignore:
        rows[0][6] = other[0][6] = "识别时间"
        columns = columns[:-1]
    assert [item.column for item in compared(tmp_path, rows, other, options).differences] == columns


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (CompareOptions(only=["人均收入"]), "两边没有都有“人均收入”这一列，最接近的是“人均纯收入”"),
        (
            CompareOptions(ignore=["丑丑"]),
            "两边没有都有“丑丑”这一列，有的是：户编号、户主姓名、户主证件号码、村、家庭人口、人均纯收入、识别年月、危房户",
        ),
        (CompareOptions(tolerance={"户主姓名": 1}), "“户主姓名”不是数字列，没有允许的误差"),
    ],
)
def test_wrong_options_are_refused(tmp_path: Path, options: CompareOptions, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        compared(tmp_path, households(9), households(9), options)


def test_numbering_is_left_alone_unless_asked_for(tmp_path: Path) -> None:
    left = [["序号", "编号", "名称"]] + [[str(n + 1), f"A{n:03}", "物"] for n in range(20)]
    right = [["序号", "编号", "名称"]] + [[str(20 - n), f"A{n:03}", "物"] for n in range(20)]
    assert compared(tmp_path, left, right).same
    assert len(compared(tmp_path, left, right, CompareOptions(only=["序号"])).differences) == 20
