"""Faults of drinking water (WAT)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import EXAM_2020, EXAMS, Fault, finds
from county.planting.picks import in_village, lifted
from county.planting.steps import put
from county.records.record import Dossier


def _piped(dossier: Dossier) -> bool:
    return bool(dossier.household.values["饮水安全"])


FAULTS = (
    Fault("脱贫户饮水不安全", (put({"各处.饮水安全": False}),), finds("WAT-01 户.饮水安全", "TGT-09 户.饮水安全"), where=lifted),
    Fault("安全又困难", (put({"户.饮水困难": True}),), finds("WAT-02 户.饮水困难"), where=lifted),
    Fault("饮水标识牌不同", (put({"饮水标识牌.饮水安全": False}),),
          finds("WAT-04 饮水标识牌.饮水安全", "CRD-06 饮水标识牌.饮水安全"), where=lifted),
    Fault("水质不达标而结论是", (put({"饮水认定.水质达标": False}),), finds("WAT-03 饮水认定.结论"),
          where=_piped, drops=EXAM_2020),
    Fault("认定不安全", (put({"饮水认定.水量达标": False, "饮水认定.结论": False}),), finds("WAT-05 户.饮水安全"),
          where=_piped, drops=EXAM_2020),
    Fault("分散供水没有报告", (put({"各处.供水方式": "分散供水", "饮水认定.水质报告编号": None}),),
          finds("WAT-06 饮水认定.水质报告编号"), where=_piped, drops=EXAM_2020),
    Fault("村没有水质检测", (put({"村.水质检测报告": False}),), finds("WAT-07 村.水质检测报告 sheet"),
          where=in_village("西坡村"), drops=EXAM_2020, elsewhere=True),
    Fault("供水工程拖过计划", (put({"供水工程.完工日期": None}),), finds("WAT-08 供水工程.完工日期 sheet"),
          where=in_village("白石村"), drops=EXAM_2020, elsewhere=True),
    Fault("供水工程拖过期限", (put({"供水工程.年度": 2019, "供水工程.计划完工日期": date(2021, 3, 31), "供水工程.完工日期": None}),),
          finds("WAT-08 供水工程.完工日期 sheet"), where=in_village("柳林村"), drops=EXAM_2020, elsewhere=True),
    Fault("工程没有水质检测", (put({"供水工程.水质检测日期": None}),), finds("WAT-09 供水工程.水质检测日期 sheet"),
          where=in_village("西坡村"), drops=EXAMS, elsewhere=True),
)  # fmt: skip
