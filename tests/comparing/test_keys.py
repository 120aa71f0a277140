"""Which columns pair the rows, and what becomes of rows that can't be paired."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from comparing.sheets import HEADER, compared, household, households, resident_id
from fupin_audit.comparing.compare_options import CompareOptions
from fupin_audit.errors import UsageError
from fupin_audit.reports.comparison.comparison_verdict import verdict
from fupin_audit.results.comparison import KeyFit

PEOPLE = [["户编号", "姓名", "证件号码", "务工时间"]] + [
    [f"9901{number // 3:04}", "赵钱孙"[number % 3] + "安", resident_id(number), str(number % 12)]
    for number in range(60)
]


def without(rows: list[list[str]], *names: str) -> list[list[str]]:
    kept = [at for at, name in enumerate(rows[0]) if name not in names]
    return [[row[at] for at in kept] for row in rows]


def test_a_code_is_preferred_to_a_name(tmp_path: Path) -> None:
    rows = households(30)
    key = compared(tmp_path, rows, rows).key
    assert (key.columns, key.given, key.left) == (("户编号",), False, KeyFit(1.0, 1.0, 1.0))


def test_a_person_is_known_by_the_id(tmp_path: Path) -> None:
    assert compared(tmp_path, PEOPLE, PEOPLE).key.columns == ("证件号码",)


def test_columns_are_joined_where_none_will_do_alone(tmp_path: Path) -> None:
    rows = without(PEOPLE, "证件号码")
    found = compared(tmp_path, rows, rows)
    assert found.key.columns == ("户编号", "姓名")
    assert (found.same, found.paired) == (True, 60)


def test_years_of_one_household_are_told_apart(tmp_path: Path) -> None:
    rows = [["户编号", "年度", "纯收入"]] + [
        [f"9901{number:04}", str(year), str(number * year % 9999)]
        for number in range(30)
        for year in (2019, 2020)
    ]
    assert compared(tmp_path, rows, rows).key.columns == ("户编号", "年度")


def test_the_user_may_name_other_columns(tmp_path: Path) -> None:
    rows = households(20)
    renamed = [["编码" if name == "户编号" else name for name in HEADER], *rows[1:]]
    found = compared(tmp_path, rows, renamed, CompareOptions(keys=[("户编号", "编码")]))
    assert (found.key.columns, found.key.given, found.same) == (("户编号",), True, True)
    by_name = compared(tmp_path, rows, rows, CompareOptions(keys=[("户主姓名", "户主姓名"), ("村", "村")]))
    assert by_name.key.columns == ("户主姓名", "村")


def test_rows_add_up_whatever_the_keys(tmp_path: Path) -> None:
    """Every row is paired, one-sided, repeated or without a key; none is counted twice."""
    rows = households(40)
    left = [*rows, rows[3], rows[3], ["", *rows[4][1:]]]
    right = [*rows[:30], rows[5], ["99999999999999", *rows[6][1:]]]
    found = compared(tmp_path, left, right)
    assert (found.paired, len(found.only_left), len(found.only_right)) == (29, 11, 1)
    assert (found.left.repeated, found.right.repeated) == (2, 1)
    assert (found.left.keyless, found.right.keyless) == (1, 0)
    for sheet, one_sided in ((found.left, found.only_left), (found.right, found.only_right)):
        assert sheet.rows == found.paired + len(one_sided) + sheet.repeated + sheet.keyless
    assert [(len(item.left), len(item.right)) for item in found.repeated] == [(2, 0), (0, 1)]
    assert [at.cell for at in found.repeated[0].left] == ["A42", "A43"]
    assert found.differences == ()
    assert not found.same


REFUSALS = {
    "全是空白": ([["编号", "数"], ["", "1"], ["", "2"]], [["编号", "数"], ["1", "1"]], "编号", "左边的“编号”全是空白"),
    "两种编号": (
        [["编号", "数"], [resident_id(1), "1"], [resident_id(2), "2"]],
        [["编号", "数"], ["2020-01-05", "1"], ["2020-02-06", "2"]],
        "编号",
        "左边像证件号码，如“990101************”，右边像日期，如“2020-01-05”",
    ),
    "没有这一列": ([["编号", "数"], ["1", "1"]], [["编号", "数"], ["1", "1"]], "编好", "左边没有“编好”这一列，最接近的是“编号”"),
    "没有同名的列": ([["甲", "乙"], ["1", "9"]], [["子", "丑"], ["1", "9"]], "", "没有同名的列。左边有：甲、乙；右边有：子、丑"),
    "没有能用的键": ([["说明", "数量"], ["好", "1"], ["好", "2"]], [["说明", "数量"], ["好", "1"], ["好", "3"]], "", "找不到能把两边的行配起来的列"),
    "只有表头": ([["编号", "数量"], ["合计", "3"]], [["编号", "数量"], ["1", "2"]], "编号", "只有表头，没有数据行"),
    "合在一起没有": (
        [["编号", "姓名"], ["1", "甲"], ["2", "乙"]],
        [["编号", "姓名"], ["1", "乙"], ["2", "甲"]],
        "编号,姓名",
        "按“编号＋姓名”没有一行两边都有",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("left", "right", "key", "message"), REFUSALS.values(), ids=range(len(REFUSALS)))
def test_what_cannot_be_paired_is_told(
    tmp_path: Path, left: list[list[str]], right: list[list[str]], key: str, message: str
) -> None:
    options = CompareOptions(keys=[(name, name) for name in key.split(",") if name])
    with pytest.raises(UsageError, match=re.escape(message)):
        compared(tmp_path, left, right, options)


ODD: Mapping[str, list[list[str]]] = {
    "repeated": [*households(9), households(9)[3], households(9)[3]],
    "no keys": [*households(9), ["", *household(20)[1:]], ["", *household(21)[1:]]],
    "only repeated": [["姓名", "村"], *[["张三", "东沟村"]] * 6],
    "unreadable": [["编号", "金额", "日期"], *([f"A{n:03}", "约三千" if n == 4 else str(n), "不详" if n == 5 else "2020-01-01"]
                                         for n in range(9))],
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_a_table_is_the_same_as_itself(name: str, tmp_path: Path) -> None:
    found = compared(tmp_path, ODD[name], ODD[name])
    assert (found.same, found.paired) == (True, len(ODD[name]) - 1)
    assert (found.unread, found.repeated, found.left.keyless) == ((), (), 0)


def test_what_is_the_same_without_a_key_is_paired_by_the_first_column(tmp_path: Path) -> None:
    found = compared(tmp_path, ODD["only repeated"], ODD["only repeated"])
    assert (found.key.columns, found.key.given) == (("姓名",), False)


def test_what_could_not_be_compared_is_no_difference(tmp_path: Path) -> None:
    left = [*households(9), households(9)[3], ["", *household(20)[1:]]]
    right = households(9)
    right[5] = [*right[5][:5], "约三千", *right[5][6:]]
    found = compared(tmp_path, left, right)
    assert (found.differs, found.complete, found.same) == (False, False, False)
    assert [(item.column, item.left.value, item.right.value) for item in found.unread] == [
        ("人均纯收入", left[5][5], "约三千")
    ]
    assert verdict(found) == (
        "没有全部比较：配上 9 行，9 列全部一致。没有比较：左边键重复 1 行；左边键空白 1 行；一边读不成的 1 格"
    )
