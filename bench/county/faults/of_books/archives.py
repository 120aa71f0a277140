"""Faults of archives and evidence (CRD)."""

from __future__ import annotations

from county.planting.fault import EXAM_2021, Fault, finds
from county.planting.picks import lifted
from county.planting.rows import without
from county.planting.steps import put

FAULTS = (
    Fault("档案没有公示照片", (put({"档案目录#3.有无": False}),), finds("CRD-10 档案目录#3.有无"), drops=EXAM_2021),
    Fault("目录缺退出审批表", (without("档案目录", 材料名称="退出审批表"),), finds("CRD-10 户.户编号"),
          where=lifted, drops=EXAM_2021),
    Fault("明白卡没有上墙", (put({"明白卡.上墙": False}),), finds("CRD-10 明白卡.上墙"), drops=EXAM_2021),
    Fault("饮水标识牌没有悬挂", (put({"饮水标识牌.悬挂": False}),), finds("CRD-10 饮水标识牌.悬挂"), drops=EXAM_2021),
    Fault("转移收入没有佐证", (without("佐证", 字段="转移性收入"),), finds("CRD-11 户年度.转移性收入"), drops=EXAM_2021),
)  # fmt: skip
