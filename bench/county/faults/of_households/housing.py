"""Faults of houses, and of their rebuilding (HOU)."""

from __future__ import annotations

from datetime import date, timedelta

from county.planting.fault import (
    ADOPTED,
    EXAM_2020,
    EXAMS,
    XINBIN_2018,
    YUNYANG,
    Case,
    Drops,
    Fault,
    Find,
    finds,
)
from county.planting.picks import every, houses, known_for, lifted, poor
from county.planting.rows import enter
from county.planting.steps import Given, lose, plus, put, twice
from county.records.record import Dossier, Value

_IN_RUINS: dict[str, Given] = {
    "现.住房安全等级": "C",
    "住房鉴定#2.住房安全等级": "D",
    "户.危房户": True,
    "危房改造.年度": 2020,
    "危房改造.开工日期": date(2020, 9, 10),
    "危房改造.竣工日期": None,
    "危房改造.验收日期": None,
    "危房改造.入住日期": None,
    "危房改造.旧房拆除": None,
    "危房改造.补助金额": None,
    "危房改造.拨付日期": None,
}

_UNFINISHED: dict[str, Given] = {
    f"危房改造.{name}": None
    for name in ("竣工日期", "验收日期", "入住日期", "旧房拆除", "补助金额", "拨付日期")
}

_rebuilt = houses("A", rebuilt=True)


def _house(name: str, changes: dict[str, Given], find: str, drops: Drops = EXAM_2020) -> Fault:
    return Fault(name, (put(changes),), finds(find), where=_rebuilt, drops=drops)


_UNFINISHED_NOW = _UNFINISHED | {"危房改造.年度": 2020, "危房改造.开工日期": date(2020, 4, 1)}

THIS_YEAR: dict[str, Given] = {
    "危房改造.年度": 2020,
    "危房改造.开工日期": date(2020, 2, 20),
    "危房改造.竣工日期": date(2020, 6, 5),
    "危房改造.验收日期": date(2020, 6, 12),
    "危房改造.拨付日期": date(2020, 6, 22),
    "危房改造.入住日期": date(2020, 6, 28),
}


def _after(field: str, days: int) -> Given:
    """So many days after another date of the rebuilding."""

    def day(case: Case) -> Value:
        return case.record("危房改造").day(field) + timedelta(days=days)

    return day


_MOVED: dict[str, Given] = {
    "户编号": lambda case: case.dossier.household.values["户编号"],
    "户主姓名": lambda case: case.dossier.household.values["户主姓名"],
    "搬迁方式": "个别搬迁",
    "安置方式": "分散",
    "安置点": "幸福新村",
    "安置面积": 25.0,
    "家庭人口": lambda case: case.dossier.household.values["家庭人口"],
    "实际入住": True,
    "入住日期": date(2019, 5, 20),
    "旧房拆除": True,
    "搬迁补助": 20000.0,
}

_moved = known_for("搬迁")


def _granted(dossier: Dossier) -> bool:
    """Its house was rebuilt and the money was paid."""
    return any(house.values["拨付日期"] for house in dossier.all("危房改造"))


FAULTS = (
    Fault("没有住房等级", (put({"户年度.住房安全等级": None}),), finds("HOU-01 户年度.住房安全等级"), where=lifted),
    Fault("C级不是危房户", (put({"户.危房户": False}),), finds("HOU-02 户.危房户"), where=every(poor, houses("C"))),
    Fault("脱贫户住危房", (put(_IN_RUINS),),
          finds("HOU-03 户年度.住房安全等级", "TGT-09 户年度.住房安全等级"), where=every(lifted, houses("A", rebuilt=True))),
    Fault("危房没有改造", (lose("危房改造"),), finds("HOU-04 户年度.住房安全等级"), where=every(poor, houses("C"))),
    Fault("等级与鉴定不同", (put({"户年度.住房安全等级": "B", "明白卡.住房安全等级": "B"}),),
          finds("HOU-05 户年度.住房安全等级", "CRD-05 户年度.住房安全等级"),
          where=every(lifted, houses("A", appraised=True, rebuilt=False))),
    Fault("标识牌与鉴定不同", (put({"住房标识牌.住房安全等级": "B"}),),
          finds("HOU-06 住房标识牌.住房安全等级", "CRD-05 住房标识牌.住房安全等级"),
          where=every(lifted, houses("A", appraised=True, rebuilt=False))),
    _house("往年危改没有完工", _UNFINISHED, "HOU-07 危房改造.竣工日期"),
    _house("当年危改过了期限", _UNFINISHED_NOW, "HOU-07 危房改造.竣工日期"),
    _house("完工没有入住", {"危房改造.入住日期": None}, "HOU-08 危房改造.入住日期"),
    _house("旧房没有拆", {"危房改造.旧房拆除": False}, "HOU-09 危房改造.旧房拆除", YUNYANG),
    _house("D级补助不足", THIS_YEAR | {"危房改造.补助金额": 28000.0}, "HOU-10 危房改造.补助金额", XINBIN_2018),
    _house("验收没有拨付", {"危房改造.拨付日期": None}, "HOU-11 危房改造.拨付日期"),
    _house("先拨付后验收", {"危房改造.拨付日期": _after("验收日期", -6)}, "HOU-11 危房改造.拨付日期"),
    Fault("危改补助没有发足", (put({"一卡通发放#2.金额": plus("一卡通发放#2.金额", -5000)}),),
          finds("HOU-23 危房改造.补助金额"), where=_granted, drops=EXAMS),
    _house("拨到别的账户", {"危房改造.收款账号": "6299999999999900001"}, "HOU-12 危房改造.收款账号"),
    _house("改造面积过大", {"危房改造.改造面积": 260.0}, "HOU-13 危房改造.改造面积"),
    Fault("两次危改", (twice("危房改造", 年度=2016),), finds("HOU-15 危房改造.年度"), where=_rebuilt, drops=EXAM_2020),
    _house("竣工早于开工", {"危房改造.开工日期": _after("竣工日期", 9)}, "HOU-18 危房改造.竣工日期"),
    _house("验收早于竣工", {"危房改造.验收日期": _after("竣工日期", -4)}, "HOU-18 危房改造.验收日期"),
    _house("入住早于验收", {"危房改造.入住日期": _after("验收日期", -3)}, "HOU-18 危房改造.入住日期"),
    Fault("危改又搬迁", (enter("易地搬迁", **_MOVED),), finds("HOU-14 危房改造.危房等级"), where=_rebuilt, drops=EXAM_2020),
    Fault("搬迁没有拆旧", (put({"易地搬迁.旧房拆除": False}),), finds("HOU-16 易地搬迁.旧房拆除"),
          where=_moved, drops=EXAM_2020),
    Fault("安置面积过大", (put({"易地搬迁.安置面积": 320.0}),), finds("HOU-17 易地搬迁.安置面积"),
          where=_moved, drops=EXAM_2020),
    Fault("住房六平方米", (put({"户年度.住房面积": 6.0}),), finds("HOU-19 户年度.住房面积 warning"), where=lifted, drops=EXAMS),
    _house("十二月才入住", THIS_YEAR | {"危房改造.入住日期": date(2020, 12, 10)}, "HOU-20 危房改造.入住日期", YUNYANG | ADOPTED),
    Fault("一般农户没有鉴定", (put({"一般农户#3.住房安全等级": None}),), finds("HOU-21 一般农户#3.住房安全等级 sheet"),
          drops=EXAMS, elsewhere=True),
    Fault("没有生活用电", (put({"户年度.通生活用电": False}),), (Find("HOU-22", "户年度.通生活用电", severity="warning"),), where=lifted, drops=EXAMS),
)  # fmt: skip
