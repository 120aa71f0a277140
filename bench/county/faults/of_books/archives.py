"""Faults of archives and evidence (CRD)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import EXAM_2021, EXAMS, Case, Fault, finds
from county.planting.picks import lifted
from county.planting.rows import without
from county.planting.steps import put


def _cite_nothing(case: Case) -> None:
    """No line of transfers cites any evidence."""
    for line in case.dossier.all("明细账"):
        if line.values["收支类别"] == "转移性收入":
            line.values["佐证编号"] = None


FAULTS = (
    Fault("档案没有公示照片", (put({"档案目录#3.有无": False}),), finds("CRD-10 档案目录#3.有无"), drops=EXAM_2021),
    Fault("目录缺退出审批表", (without("档案目录", 材料名称="退出审批表"),), finds("CRD-10 户.户编号"),
          where=lifted, drops=EXAM_2021),
    Fault("明白卡没有上墙", (put({"明白卡.上墙": False}),), finds("CRD-10 明白卡.上墙"), drops=EXAM_2021),
    Fault("饮水标识牌没有悬挂", (put({"饮水标识牌.悬挂": False}),), finds("CRD-10 饮水标识牌.悬挂"), drops=EXAM_2021),
    Fault("转移收入没有佐证", (without("佐证", 字段="转移性收入"), _cite_nothing), finds("CRD-11 户年度.转移性收入"), drops=EXAM_2021),
    Fault("佐证编号查不到", (put({"明细账.佐证编号": "PZ-9999"}),), finds("CRD-12 明细账.佐证编号"), where=lifted, drops=EXAMS),
    Fault("明白卡没有更新", (put({"明白卡.更新日期": date(2019, 12, 20)}),), finds("CRD-13 明白卡.更新日期"),
          where=lifted, drops=EXAMS),
)  # fmt: skip
