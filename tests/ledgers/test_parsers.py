"""Parsers of cells on their own: what each makes of a text, and the rule and the words it refuses one with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from fupin_audit.ledgers.types.dates import day, month, show_month, year
from fupin_audit.ledgers.types.fieldtypes import CellError
from fupin_audit.ledgers.types.id_numbers import account, household_number, phone, resident_id
from fupin_audit.ledgers.types.numbers import integer, number, show_number
from fupin_audit.ledgers.types.yesno import show_yes_no, yes_no

Parse = Callable[[str], object]
MONEY = (("元", 1.0), ("千元", 1e3), ("万元", 1e4))
LOST = "号码成了科学计数，后面的数字已经丢失"
NO_DAY, NO_DATE, NO_RANGE, NO_MONTH = (
    "没有这个日期",
    "不是日期",
    "年份不在1900—2100之间",
    "只写到年份，或月份不明确",
)


def money(text: str) -> object:
    return number("金额", MONEY)(text)


def people(text: str) -> object:
    return integer("人数", (("人", 1.0), ("百人", 1e2)))(text)


def bare(text: str) -> object:
    return number("数")(text), integer("数")(text)


READ: Mapping[Parse, Mapping[str, object]] = {
    money: {
        "3456": 3456.0, "3456.50": 3456.5, "-3": -3.0, "+3": 3.0, "−3": -3.0, "–3": -3.0, "—3": -3.0, "﹣3": -3.0,
        "1,234,567.8": 1234567.8, "￥12": 12.0, "¥12": 12.0, "-￥12": -12.0, ".5": 0.5, "-.5": -0.5, "5.": 5.0,
        "1.5万元": 15000.0, "2千元": 2000.0, "12元": 12.0, "12（元）": 12.0, "(12)": -12.0, "(1,200.5)": -1200.5,
        "1.2e3": 1200.0, "1E-2": 0.01, "1e+2元": 100.0, " ３ ４５６ ": 3456.0, "0": 0.0, "007": 7.0,
        "999999999999999": 999999999999999.0, "-99999999999万元": -999999999990000.0,
    },
    people: {"3": 3, "3.0": 3, "3人": 3, "2百人": 200, "0.5百人": 50, "-1": -1, "1,000": 1000},
    bare: {"12": (12.0, 12), "-0": (0.0, 0)},
    day: {
        "2020-02-29": date(2020, 2, 29), "2020/2/9": date(2020, 2, 9), "2020.2.9": date(2020, 2, 9),
        "2020年2月9日": date(2020, 2, 9), "2020年2月9号": date(2020, 2, 9), "20200209": date(2020, 2, 9),
        "202002": date(2020, 2, 1), "2020-02": date(2020, 2, 1), "2020年2月": date(2020, 2, 1),
        "2020年2月份": date(2020, 2, 1), "43831": date(2020, 1, 1), "43831.75": date(2020, 1, 1),
        "2020-02-09 08:30": date(2020, 2, 9), "2020-02-09T08:30:15": date(2020, 2, 9),
        "2020-02-09T08:30:15.5Z": date(2020, 2, 9), "2020-02-09T08:30+08:00": date(2020, 2, 9),
        "2020-02-09 8：30": date(2020, 2, 9), "20200209.0": date(2020, 2, 9), "1900-01-01": date(1900, 1, 1),
        "2100-12-31": date(2100, 12, 31), " ２０２０ - 2 - 9 ": date(2020, 2, 9), "2020.10": date(2020, 10, 1),
    },
    month: {"201809": date(2018, 9, 1), "2016-05-21": date(2016, 5, 1), "2016年5月": date(2016, 5, 1)},
    year: {
        "2017": 2017, "2017年": 2017, "2017年度": 2017, "2017.0": 2017, "201712": 2017, "2017-05-01": 2017,
        "2020-12-31 00:00:00": 2020, "1900": 1900, "2100": 2100, "2020.1": 2020,
    },
    resident_id: {
        "990101197003050015": "990101197003050015", " 990101 19900101 001x ": "99010119900101001X",
        "990101197003050015.0": "990101197003050015", "９９０１": "9901", "无证": "无证",
    },
    household_number: {"9901": "9901", "9901.0": "9901", "AB-12_3": "AB-12_3", " 0012 ": "0012"},
    phone: {
        "13800000000": "13800000000", "+86 138 0000 0000": "13800000000", "008613800000000": "13800000000",
        "86-138-0000-0000": "13800000000", "138—0000—0000": "13800000000", "0999-1234567": "0999-1234567",
        "8612": "8612", "13800000000.0": "13800000000", "+8601234567": "+8601234567",
    },
    account: {"6200 0000 0000 0001": "6200000000000001", "6200-0000-0001": "620000000001", "62000.00": "62000"},
    yes_no: {
        **dict.fromkeys(("是", "有", "1", "1.0", "y", "Yes", "t", "TRUE", "对", "√", "✓", "✔", "☑", "已", "已解决"), True),
        **dict.fromkeys(("否", "无", "没有", "不是", "0", "0.0", "n", "No", "f", "FALSE", "错", "×", "✗", "x", "未", "未参加"), False),
    },
}  # fmt: skip
REFUSED: Mapping[Parse, Mapping[str, tuple[str, str]]] = {
    money: {
        **dict.fromkeys(("三千", "3元5", "3斤", "1,23", "--3", "", "1.2.3", "(12", "3e123", "(-3)"), ("CEL-01", "不是金额")),
        **dict.fromkeys(("1000000000000000", "-1e15", "100000000000万元"), ("CEL-01", "数值过大，不是金额")),
    },
    people: {"3.5": ("CEL-01", "人数应为整数"), "0.001百人": ("CEL-01", "人数应为整数"), "三": ("CEL-01", "不是人数")},
    bare: {"12元": ("CEL-01", "不是数")},
    day: {
        **dict.fromkeys(("2020-02-30", "2020-13-01", "20201301", "2020-02-00", "2020-00-01"), ("CEL-01", NO_DAY)),
        **dict.fromkeys(("2020", "2020年", "2020.1"), ("CEL-01", NO_MONTH)),
        **dict.fromkeys(("不详", "0000-01-01", "20-01-01", "123456789", "2020-1-1-1"), ("CEL-01", NO_DATE)),
        **dict.fromkeys(("1899-12-31", "2101-01-01", "0001-01-01", "99999"), ("CEL-01", NO_RANGE)),
    },
    year: {
        "43831": ("CEL-01", "不是年份"), "1899": ("CEL-01", NO_RANGE), "2101": ("CEL-01", NO_RANGE),
        "二〇二〇": ("CEL-01", NO_DATE), "202013": ("CEL-01", NO_DAY),
    },
    resident_id: {"9.90101E+17": ("ID-03", LOST), "9e17": ("ID-03", LOST)},
    household_number: {"9.9E+13": ("CEL-01", LOST), "东沟1": ("CEL-01", "编号只能由数字（或字母）组成")},
    phone: {"1.38E+10": ("CEL-01", LOST)},
    account: {"6.2E+18": ("CEL-01", LOST)},
    yes_no: dict.fromkeys(("也许", "2", "未知", "未填", "未录入", "未核实", "未定", "未明确", ""), ("CEL-01", "应填“是”或“否”")),
}  # fmt: skip


@pytest.mark.parametrize("parse", READ, ids=lambda parse: parse.__name__)
def test_a_text_is_read(parse: Parse) -> None:
    assert {text: parse(text) for text in READ[parse]} == READ[parse]


@pytest.mark.parametrize("parse", REFUSED, ids=lambda parse: parse.__name__)
def test_a_text_is_refused(parse: Parse) -> None:
    for text, (rule, says) in REFUSED[parse].items():
        with pytest.raises(CellError) as refusal:
            parse(text)
        assert (refusal.value.rule, str(refusal.value)) == (rule, says), text


def test_values_are_shown_as_clerks_write_them() -> None:
    assert [show_number(value) for value in (3456.0, 0.5, -2.0, 1e15)] == [
        "3456",
        "0.5",
        "-2",
        "1000000000000000",
    ]
    assert (show_month(date(2020, 6, 9)), show_yes_no(True), show_yes_no(False)) == ("2020-06", "是", "否")
