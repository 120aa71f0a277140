"""Faults of business: projects of households, pioneers, dividends (IND)."""

from __future__ import annotations

from county.planting.fault import EXAM_2020, ZIYANG, Case, Fault, Find, finds
from county.planting.picks import every, in_village, lifted, never_rebuilt
from county.planting.steps import lose, plus, put, with_others
from county.records.record import Record

_EQUAL_SHARES = 10
_A_QUARTER = 5  # of a village's households
_EQUAL = {"收益分配.金额": 240.0}
_UNKNOWN = "XM2020999901"


def _pioneers(case: Case) -> dict[str, list[Record]]:
    """The village's pioneers, each with their rows."""
    rows: dict[str, list[Record]] = {}
    for row in case.village.of_no_household("致富带头人"):
        rows.setdefault(row.text("姓名"), []).append(row)
    return rows


def _one_pioneer_less(case: Case) -> None:
    gone = list(_pioneers(case).values())[-1]
    case.village.records[:] = [row for row in case.village.records if row not in gone]


def _two_followers(case: Case) -> None:
    last = next(iter(_pioneers(case).values()))[-1]
    case.village.records.remove(last)


BUSINESS = (
    Fault("没有产业项目", (lose("产业项目"),), finds("IND-01 户.户编号", "IND-07 村.县 sheet"),
          where=every(lifted, in_village("东沟村")), drops=EXAM_2020),
    Fault("五户没有产业项目", (lose("产业项目"), with_others(lose("产业项目"))),
          (*(Find("IND-01", "户.户编号", other=order) for order in range(_A_QUARTER)), *finds("IND-07 村.县 sheet")),
          where=lifted, companions=_A_QUARTER - 1, drops=ZIYANG),
    Fault("产业项目不在库", (put({"产业项目.项目编号": _UNKNOWN}),), finds("IND-02 产业项目.项目编号"),
          where=lifted, drops=EXAM_2020),
    Fault("措施的项目不在库", (put({"帮扶措施.项目编号": _UNKNOWN}),), finds("IND-02 帮扶措施.项目编号 household"),
          where=lifted, drops=EXAM_2020),
    Fault("十户均分", (put(_EQUAL), with_others(put(_EQUAL))),
          tuple(Find("IND-03", "收益分配.金额", other=order) for order in range(_EQUAL_SHARES)),
          where=every(lifted, never_rebuilt), companions=_EQUAL_SHARES - 1, together=True, drops=EXAM_2020),
    Fault("份额超过百分之百", (put({"收益分配.份额": plus("收益分配.份额", 15)}),),
          finds("IND-13 扶贫资产.资产编号 sheet"), where=every(lifted, in_village("白石村")), drops=EXAM_2020),
)  # fmt: skip

VILLAGES = (
    Fault("带头人不足三名", (_one_pioneer_less,), finds("IND-04 村.致富带头人数 sheet"),
          where=in_village("东沟村"), drops=EXAM_2020, elsewhere=True),
    Fault("带头人只带两户", (_two_followers,), finds("IND-04 致富带头人.带动户编号 stranger"),
          where=in_village("西坡村"), drops=EXAM_2020, elsewhere=True),
    Fault("没有主导产业", (put({"村.主导产业": None}),), finds("IND-05 村.主导产业 sheet"),
          where=in_village("东沟村"), drops=EXAM_2020, elsewhere=True),
    Fault("没有技术指导员", (put({"村.产业技术指导员数": 0}),), finds("IND-05 村.产业技术指导员数 sheet"),
          where=in_village("上营村"), drops=EXAM_2020, elsewhere=True),
    Fault("没有合作社", (put({"村.合作社数": 0}),), finds("IND-06 村.合作社数 sheet"),
          where=in_village("东沟村"), drops=EXAM_2020 | ZIYANG, elsewhere=True),
    Fault("家庭农场一个", (put({"村.家庭农场数": 1}),), finds("IND-06 村.家庭农场数 sheet"),
          where=in_village("东沟村"), drops=EXAM_2020 | ZIYANG, elsewhere=True),
)  # fmt: skip

FAULTS = (*BUSINESS, *VILLAGES)
