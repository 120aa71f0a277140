"""Faults of projects, money and assets (FND).

A village's projects are, in this order: cattle 2018, road 2019, mushrooms 2020, water 2020; each has three lines
in 资金台账: the grant and two payments. Shares of a whole county are told of its first village.
"""

from __future__ import annotations

from datetime import date

from county.planting.fault import (
    ADOPTED,
    EXAM_2020,
    EXAMS,
    XINBIN,
    XINBIN_2018,
    YUNYANG,
    ZIYANG,
    Case,
    Drops,
    Fault,
    finds,
)
from county.planting.picks import in_village
from county.planting.steps import Given, plus, put

_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH = (
    "东沟村", "西坡村", "白石村", "上营村", "柳林村", "青山村"
)  # fmt: skip

_UNKNOWN = "XM2020999902"


def _money(name: str, village: str, changes: dict[str, Given], find: str, drops: Drops = EXAM_2020) -> Fault:
    return Fault(name, (put(changes),), finds(find), where=in_village(village), drops=drops, elsewhere=True)


def _less(target: str, amount: float) -> dict[str, Given]:
    return {target: plus(target, -amount)}


def _unfinished(project: str) -> dict[str, Given]:
    return {f"{project}.完工日期": None, f"{project}.验收日期": None}


def _no_asset(case: Case) -> None:
    """The mushrooms left nothing."""
    case.village.records.remove(case.record("扶贫资产#3"))


FAULTS = (
    _money("项目不在库", _SECOND, {"资金台账#5.项目编号": _UNKNOWN}, "FND-01 资金台账#5.项目编号 sheet"),
    _money("先支出后入库", _THIRD, {"项目库#3.入库日期": date(2020, 8, 1)}, "FND-01 资金台账#8.项目编号 sheet"),
    _money("专项资金支出慢", _FIRST, _less("资金台账#9.支出金额", 145_000), "FND-02 资金台账#7.支出金额 sheet",
           YUNYANG | ZIYANG),
    _money("统筹资金支出慢", _FIRST, _less("资金台账#12.支出金额", 44_000) | _less("资金台账#11.支出金额", 40_000),
           "FND-02 资金台账#10.支出金额 sheet",
           YUNYANG),
    _money("上年资金结转过多", _FIRST, _less("资金台账#6.支出金额", 15_000), "FND-03 资金台账#4.支出金额 sheet warning",
           YUNYANG),
    _money("前年资金没有用完", _FIRST, _less("资金台账#3.支出金额", 5_000), "FND-03 资金台账#1.支出金额 sheet error",
           YUNYANG),
    _money("支出超过预算", _FOURTH, {"项目库#1.预算": 15.0}, "FND-04 项目库#1.预算 sheet"),
    _money("先支出后批复", _FIFTH, {"项目库#2.批复日期": date(2019, 6, 10)}, "FND-04 资金台账#5.支出日期 sheet"),
    _money("项目拖过计划", _SECOND, _unfinished("项目库#3"), "FND-05 项目库#3.完工日期 sheet", YUNYANG),
    _money("项目拖过期限", _FIRST, _unfinished("项目库#4") | {"项目库#4.计划完工日期": date(2021, 3, 31)},
           "FND-05 项目库#4.完工日期 sheet", YUNYANG),
    _money("资产没有经营主体", _THIRD, {"扶贫资产#1.经营主体": None}, "FND-12 扶贫资产#1.经营主体 sheet", drops=EXAMS),
    _money("资产没有人管护", _SECOND, {"扶贫资产#2.管护责任人": None}, "FND-06 扶贫资产#2.管护责任人 sheet"),
    Fault("项目没有形成资产", (_no_asset,), finds("FND-07 项目库#3.项目编号 sheet"),
          where=in_village(_FIFTH), drops=EXAM_2020, elsewhere=True),
    _money("资产收益没有分配", _FIFTH, {"扶贫资产#2.年收益": 8000.0}, "FND-08 扶贫资产#2.年收益 sheet"),
    Fault("批了没有开工", (put(_unfinished("项目库#3") | {"项目库#3.开工日期": None}),),
          finds("FND-10 项目库#3.开工日期 sheet", "FND-05 项目库#3.完工日期 sheet"),
          where=in_village(_FIRST), drops=YUNYANG | ADOPTED, elsewhere=True),
    _money("完工没有验收", _FIRST, {"项目库#2.验收日期": None}, "FND-11 项目库#2.验收日期 sheet", ZIYANG | ADOPTED),
    _money("项目没有公告", _FIRST, {"项目库#1.公告日期": None}, "FND-13 项目库#1.公告日期 sheet", ZIYANG | XINBIN_2018 | ADOPTED),
    _money("县级投入少于上年", _FIRST, {"财政投入#3.本级投入": 980.0}, "FND-09 财政投入#3.本级投入 sheet",
           EXAM_2020 | XINBIN),
    _money("市级投入增长不足", _FIRST, {"财政投入#4.本级投入": 5600.0}, "FND-09 财政投入#4.本级投入 sheet"),
)  # fmt: skip
