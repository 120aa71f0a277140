"""Faults of house and water, and of what hangs on the wall (HOU, WAT, CRD, VIL)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import Fault, finds
from county.planting.picks import every, houses, lifted, poor
from county.planting.steps import Given, lose, plus, put

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

HOUSES = (
    Fault("没有住房等级", (put({"户年度.住房安全等级": None}),), finds("HOU-01 户年度.住房安全等级"), where=lifted),
    Fault("C级不是危房户", (put({"户.危房户": False}),), finds("HOU-02 户.危房户"), where=every(poor, houses("C"))),
    Fault("脱贫户住危房", (put(_IN_RUINS),),
          finds("HOU-03 户年度.住房安全等级", "TGT-09 户.脱贫属性"), where=every(lifted, houses("A", rebuilt=True))),
    Fault("危房没有改造", (lose("危房改造"),), finds("HOU-04 户年度.住房安全等级"), where=every(poor, houses("C"))),
    Fault("等级与鉴定不同", (put({"户年度.住房安全等级": "B", "明白卡.住房安全等级": "B"}),),
          finds("HOU-05 户年度.住房安全等级", "CRD-05 住房标识牌.住房安全等级"),
          where=every(lifted, houses("A", appraised=True, rebuilt=False))),
    Fault("标识牌与鉴定不同", (put({"住房标识牌.住房安全等级": "B"}),),
          finds("HOU-06 住房标识牌.住房安全等级", "CRD-05 住房标识牌.住房安全等级"),
          where=every(lifted, houses("A", appraised=True, rebuilt=False))),
)  # fmt: skip

WATER = (
    Fault("脱贫户饮水不安全", (put({"各处.饮水安全": False}),), finds("WAT-01 户.饮水安全", "TGT-09 户.脱贫属性"), where=lifted),
    Fault("安全又困难", (put({"户.饮水困难": True}),), finds("WAT-02 户.饮水困难"), where=lifted),
    Fault("饮水标识牌不同", (put({"饮水标识牌.饮水安全": False}),),
          finds("WAT-04 饮水标识牌.饮水安全", "CRD-06 饮水标识牌.饮水安全"), where=lifted),
)  # fmt: skip

CARDS = (
    Fault("明白卡电话不同", (put({"明白卡.联系电话": "19900009998"}),), finds("CRD-01 明白卡.联系电话")),
    Fault("明白卡人均不同", (put({"明白卡.人均纯收入": plus("户.人均纯收入", 320)}),), finds("CRD-01 明白卡.人均纯收入")),
    Fault("明白卡人口不同", (put({"明白卡.家庭人口": plus("户.家庭人口", 1)}),), finds("CRD-01 明白卡.家庭人口")),
    Fault("没有明白卡", (lose("明白卡"),), finds("CRD-01 户.户编号", "CRD-09 帮扶责任人.户编号")),
    Fault("住房标识牌不同", (put({"住房标识牌.住房安全等级": "A"}),), finds("CRD-05 住房标识牌.住房安全等级"),
          where=houses("B", appraised=False)),
    Fault("没有饮水标识牌", (lose("饮水标识牌"),), finds("CRD-06 户.户编号")),
    Fault("贫困户数多二", (put({"村.贫困户数": plus("村.贫困户数", 2)}),), finds("VIL-01 村.贫困户数 sheet")),
)  # fmt: skip

FAULTS = (*HOUSES, *WATER, *CARDS)
