"""Faults of what departments pay and write (DEP)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from county.faults.of_households.housing import THIS_YEAR
from county.planting.fault import EXAM_2021, EXAMS, Case, Fault, Find, finds
from county.planting.picks import every, houses, none, not_head, on_aid
from county.planting.rows import beside
from county.planting.steps import Given, put, twice
from county.records.record import Dossier, Record, Row, ended

_SUBSIDY = "一卡通发放"


def _slip(number: str) -> str:
    """One digit of the day of birth read wrong."""
    return number[:13] + ("1" if number[13] != "1" else "2") + number[14:]


def _of_head(change: Callable[[str], str]) -> Given:
    return lambda case: change(case.dossier.head.text("证件号码"))


def _swapped(number: str) -> str:
    """Two digits of the serial number exchanged, or of the year where those are equal."""
    at = next(at for at in (15, 14, 9, 8) if number[at] != number[at + 1])
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _old(number: str) -> str:
    """As it was before 1999."""
    return number[:6] + number[8:17]


def _born_before_2000(dossier: Dossier) -> bool:
    return dossier.head.text("证件号码")[6:8] == "19"


_PAID: Row = {
    "补贴项目": "耕地地力保护补贴",
    "金额": 300.0,
    "发放日期": date(2020, 9, 15),
    "发放状态": "成功",
}


def _pay(case: Case) -> None:
    """A subsidy to the chosen member, before the household's own."""
    who = {name: case.person.values[name] for name in ("户编号", "姓名", "证件号码")}
    account = case.dossier.household.values["银行账号"]
    case.dossier.records.insert(0, Record(_SUBSIDY, who | _PAID | {"账号": account}))


def _paid_once(dossier: Dossier) -> bool:
    """In one row of the payments, so that the right number stands in no other."""
    return len(dossier.all(_SUBSIDY)) == 1


def _one_account(case: Case) -> None:
    """The other household's subsidy goes to this one's account."""
    case.others[0].record(_SUBSIDY).values["账号"] = case.record(_SUBSIDY).values["账号"]


FAULTS = (
    Fault("户籍姓名不同", (put({"户籍.姓名": "石守信"}),), finds("DEP-01 户籍.姓名 member"), who=not_head, drops=EXAM_2021),
    Fault("发放表号码错一位", (put({f"{_SUBSIDY}.证件号码": _of_head(_slip)}),),
          finds(f"DEP-06 {_SUBSIDY}.证件号码", f"DEP-02 {_SUBSIDY}.证件号码", f"ID-01 {_SUBSIDY}.证件号码"),
          where=_paid_once, drops=EXAM_2021),
    Fault("不动产号码颠倒", (put({"不动产.证件号码": _of_head(_swapped)}),),
          finds("DEP-06 不动产.证件号码 stranger", "DEP-02 不动产.证件号码", "ID-01 不动产.证件号码 stranger"),
          drops=EXAM_2021),
    Fault("不动产旧号码", (put({"不动产.证件号码": _of_head(_old)}),),
          finds("DEP-02 不动产.证件号码", "ID-04 不动产.证件号码"), where=_born_before_2000, drops=EXAM_2021),
    Fault("一卡通发给系统外的人", (beside(_SUBSIDY, **dict(_PAID)),),
          finds(f"DEP-03 {_SUBSIDY}#外.证件号码 stranger warning"), drops=EXAM_2021),
    Fault("一卡通发给死亡成员", (_pay,),
          finds(f"DEP-03 {_SUBSIDY}#1.发放日期 error", f"SEC-07 {_SUBSIDY}#1.发放日期"),
          who=ended, drops=EXAM_2021),
    Fault("一卡通一月两次", (twice(_SUBSIDY, 发放日期=date(2020, 4, 28)),), finds(f"DEP-04 {_SUBSIDY}.发放日期"), drops=EXAM_2021),
    Fault("一卡通发到别的账户", (put({f"{_SUBSIDY}.账号": "6210990101000099999"}),), finds(f"DEP-05 {_SUBSIDY}.账号"), drops=EXAM_2021),
    Fault("鉴定没有户编号和号码", (put({"住房鉴定.户编号": None, "住房鉴定.户主证件号码": None}),),
          finds("DEP-06 住房鉴定.户主证件号码 stranger", "CEL-03 住房鉴定.户主证件号码 stranger"),
          where=lambda dossier: len(dossier.all("住房鉴定")) == 1, drops=EXAM_2021),
    Fault("两户补贴同一账户", (_one_account,),
          (*(Find("DEP-07", f"{_SUBSIDY}.账号", severity="warning", other=order) for order in range(2)), Find("DEP-05", f"{_SUBSIDY}.账号", other=1)),
          companions=1, drops=EXAMS),
    Fault("危改填成低保户", (put(THIS_YEAR | {"危房改造.农户贫困类型": "低保户"}),), finds("DEP-08 危房改造.农户贫困类型"),
          where=every(houses("A", rebuilt=True), none(on_aid)), drops=EXAMS),
)  # fmt: skip
