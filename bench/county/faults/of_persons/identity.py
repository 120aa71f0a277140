"""Faults of names and numbers (ID)."""

from __future__ import annotations

from datetime import date, timedelta

from county.planting.fault import EXAM_2021, EXAM_2023, NEW, OLD, Case, Fault, Find, finds
from county.planting.picks import aged, both, not_head, relation, says, size, spouse
from county.planting.steps import Given, carry, put, renumber
from county.records.numbers import rebuilt
from county.records.record import Dossier, Raw

_only_insured = both(not_head, says("享受低保", False))
"""In no other department's roll, where the same slip would be found once more."""


def _number(change: str) -> Given:
    """The person's ID with something wrong: the pattern sees the 17 digits as `d` and the check as `c`."""

    def wrong(case: Case) -> str:
        number = case.person.text("证件号码")
        return change.format(
            d=number[:17], other="1" if number[17] == "0" else "0", head=number[:6], tail=number[8:17]
        )

    return wrong


def _as_number(case: Case) -> Raw:
    return Raw(float(case.person.text("证件号码")[:17] + "0"))


_healthy_wife = both(not_head, spouse)


def _share_number(case: Case) -> None:
    """Give the other household's member the same ID, in the system only."""
    case.others[0].person.values["证件号码"] = case.person.values["证件号码"]


def _day_after(case: Case) -> date:
    return case.person.day("出生日期") + timedelta(days=1)


def _other_sex(case: Case) -> str:
    return "女" if case.person.values["性别"] == "男" else "男"


def _share_name(case: Case) -> None:
    """Give the other household's member the same name and birth date, and an ID that differs in sequence."""
    other = case.others[0]
    old_name, old_number = other.person.text("姓名"), other.person.text("证件号码")
    carry(other, old_number, rebuilt(case.person.text("证件号码"), turn=52))
    carry(other, old_name, case.person.text("姓名"))
    other.person.values["出生日期"] = case.person.values["出生日期"]


def _one_helper(dossier: Dossier) -> bool:
    return len(dossier.all("帮扶责任人")) == 1


FAULTS = (
    Fault("校验码错", (put({"人口.证件号码": _number("{d}{other}")}),), finds("ID-01 人口.证件号码", "DEP-02 人口.证件号码"),
          who=_only_insured),
    Fault("少一位", (put({"人口.证件号码": _number("{d}")}),), finds("ID-02 人口.证件号码"), who=not_head, drops=OLD),
    Fault("少一位，有出生日期", (put({"人口.证件号码": _number("{d}")}),),
          finds("ID-02 人口.证件号码", "DEP-02 人口.证件号码"), who=_only_insured, drops=NEW),
    Fault("号码存成数字", (put({"人口.证件号码": _as_number}),), finds("ID-03 人口.证件号码"), who=not_head, drops=OLD),
    Fault("号码存成数字，有出生日期", (put({"人口.证件号码": _as_number}),),
          finds("ID-03 人口.证件号码", "DEP-02 人口.证件号码"), who=_only_insured, drops=NEW),
    Fault("十五位旧号码", (put({"人口.证件号码": _number("{head}{tail}")}),), finds("ID-04 人口.证件号码", "DEP-02 人口.证件号码"),
          who=_only_insured),
    Fault("两户同一号码", (_share_number,),
          (Find("ID-05", "人口.证件号码"), Find("ID-05", "人口.证件号码", other=1)),
          who=_healthy_wife, companions=1, drops=OLD),
    Fault("出生日期差一天", (put({"人口.出生日期": _day_after}),), finds("ID-06 人口.出生日期"), who=not_head, drops=NEW),
    Fault("性别填反", (put({"人口.性别": _other_sex}),), finds("ID-07 人口.性别"), where=size("户主", "之女", "之子")),
    Fault("同名同生日异号", (_share_name,), (Find("ID-08", "人口.证件号码"), Find("ID-08", "人口.证件号码", other=1)),
          who=_healthy_wife, companions=1, together=True),
    Fault("姓名带数字", (put({"人口.姓名": "张3"}),), finds("ID-09 人口.姓名"), who=not_head),
    Fault("电话少四位", (put({"现.帮扶人电话": "1990000"}),),
          finds("ID-10 帮扶责任人.帮扶人电话", "ID-10 明白卡.帮扶人电话"), where=_one_helper),
    Fault("残疾类别九", (put({"残疾人.残疾证号": lambda case: case.person.text("证件号码") + "94"}),),
          finds("ID-11 残疾人.残疾证号"), who=says("残疾类别", "肢体")),
    Fault("占位号码", (renumber(region="999999"),), finds("ID-12 人口.证件号码", "ID-12 医保参保.证件号码"), who=not_head),
    Fault("地区码不存在", (renumber(region="660101"),), finds("ID-13 人口.证件号码", "ID-13 医保参保.证件号码"), who=not_head),
    Fault("一百一十四岁", (renumber(born=date(1906, 8, 1), turn=50),),
          finds("ID-14 人口.证件号码", "ID-14 医保参保.证件号码"), who=both(relation("之母", "之父"), aged(61, 90))),
    Fault("身份证号填成护照", (put({"人口.证件类型": "护照"}),), finds("ID-15 人口.证件号码"), who=_only_insured, drops=EXAM_2021 | EXAM_2023),
)  # fmt: skip
