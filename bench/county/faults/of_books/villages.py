"""Faults of what a village has (VIL)."""

from __future__ import annotations

from county.planting.fault import ADOPTED, EXAM_2020, EXAMS, JINZHOU, XINBIN_2018, Drops, Fault, finds
from county.planting.picks import in_village
from county.planting.steps import Given, plus, put


def _village(
    name: str, village: str, changes: dict[str, Given], *found: str, drops: Drops = EXAM_2020
) -> Fault:
    return Fault(name, (put(changes),), finds(*found), where=in_village(village), drops=drops, elsewhere=True)


FAULTS = (
    Fault("贫困户数多二", (put({"村.贫困户数": plus("村.贫困户数", 2)}),), finds("VIL-01 村.贫困户数 sheet")),
    _village("没有合格村医", "白石村", {"村.合格村医数": 0}, "VIL-02 村.合格村医数 sheet"),
    _village("集体收入不足", "白石村", {"村.集体经济收入": 2.4, "村.生产经营性收入": 2.0},
             "VIL-03 村.生产经营性收入 sheet"),
    _village("集体收入不足三万", "东沟村", {"村.出列年度": 2020, "村.集体经济收入": 2.4, "村.生产经营性收入": 2.0},
             "VIL-03 村.集体经济收入 sheet", drops=XINBIN_2018),
    _village("没有文化服务中心", "东沟村", {"村.出列年度": 2020, "村.文化服务中心": False}, "VIL-04 村.文化服务中心 sheet", drops=XINBIN_2018),
    _village("不通客车", "白石村", {"村.通客车": False}, "VIL-05 村.通客车 sheet"),
    _village("没有挂图作战", "柳林村", {"村.挂图作战上墙": False}, "VIL-06 村.挂图作战上墙 sheet"),
    _village("贫困户多于总户", "青山村", {"村.总户数": 12}, "VIL-07 村.贫困户数 sheet"),
    _village("贫困村没有填硬化路", "柳林村", {"村.通硬化路": None}, "VIL-08 村.通硬化路 sheet", drops=EXAMS),
    _village("没有通宽带", "东沟村", {"村.通宽带": False}, "VIL-09 村.通宽带 sheet", drops=JINZHOU | ADOPTED),
)  # fmt: skip
