"""Faults of how households are registered and let go (PRC)."""

from __future__ import annotations

from datetime import date, timedelta

from county.further.poverty_office.admissions import procedure
from county.planting.fault import EXAM_2020, XINBIN_2018, Case, Fault, Step, finds
from county.planting.picks import every, in_village, known_for, lifted
from county.planting.steps import Given, put
from county.records.record import Record, Value

_IDENTIFIED, _LEFT = "识别退出程序#1", "识别退出程序#2"


def _moved(target: str, days: int) -> Given:
    """A date of the row, so many days later."""
    ledger, _, field = target.partition(".")

    def day(case: Case) -> Value:
        return case.record(ledger).day(field) + timedelta(days=days)

    return day


def _shift(target: str, days: int) -> Step:
    return put({target: _moved(target, days)})


def _without(kind: str) -> Step:
    """Take the household's procedure of a kind out."""

    def wanted(row: Record) -> bool:
        return row.ledger == "识别退出程序" and row.values["程序类型"] == kind

    def step(case: Case) -> None:
        case.dossier.records[:] = [row for row in case.dossier.records if not wanted(row)]

    return step


def _year_before(case: Case) -> Value:
    return int(case.record(_IDENTIFIED).number("年度")) - 1


def _identified_in_spring_alone(case: Case) -> None:
    case.dossier.records.append(procedure(case.dossier, "识别", date(2020, 2, 12)))


FAULTS = (
    Fault("退出没有公告", (put({f"{_LEFT}.公告日期": None}),), finds(f"PRC-01 {_LEFT}.公告日期"),
          where=lifted, drops=EXAM_2020),
    Fault("先审定后公示", (_shift(f"{_LEFT}.县级审定日期", -6),), finds(f"PRC-02 {_LEFT}.县级审定日期"),
          where=lifted, drops=EXAM_2020),
    Fault("第一次公示五天", (_shift(f"{_LEFT}.公示一结束", -3),), finds(f"PRC-03 {_LEFT}.公示一结束"),
          where=lifted, drops=EXAM_2020),
    Fault("第二次公示四天", (_shift(f"{_LEFT}.公示二结束", -3),), finds(f"PRC-03 {_LEFT}.公示二结束"),
          where=lifted, drops=EXAM_2020),
    Fault("村负责人没有签字", (put({f"{_LEFT}.村负责人签字": False}),), finds(f"PRC-04 {_LEFT}.村负责人签字 warning"),
          where=lifted, drops=EXAM_2020),
    Fault("脱贫没有退出程序", (_without("退出"),), finds("PRC-05 户.脱贫年度"), where=lifted, drops=EXAM_2020),
    Fault("识别年度不符", (put({f"{_IDENTIFIED}.年度": _year_before}),), finds("PRC-05 户.识别年月"),
          where=lifted, drops=EXAM_2020),
    Fault("返贫没有程序", (_without("返贫"),), finds("PRC-05 户.返贫年度"), where=known_for("返贫"), drops=EXAM_2020),
    Fault("只有第一季度识别", (_identified_in_spring_alone,), finds("PRC-06 村.县 sheet"),
          where=every(lifted, in_village("东沟村")), drops=XINBIN_2018),
)  # fmt: skip
