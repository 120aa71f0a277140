"""Faults of the account of problems to be mended (PRB)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import EXAMS, Fault, finds
from county.planting.picks import every, in_village, lifted
from county.planting.rows import enter
from county.planting.steps import Given, put, twice
from county.records.record import Dossier


def _problem(name: str, village: str, changes: dict[str, Given], find: str) -> Fault:
    """A fault of the problem that the village itself has."""
    return Fault(name, (put(changes),), finds(find), where=every(_of_no_problem, in_village(village)),
                 drops=EXAMS, elsewhere=True)  # fmt: skip


def _of_no_problem(dossier: Dossier) -> bool:
    return not dossier.all("问题整改")


def _told(dossier: Dossier) -> bool:
    return lifted(dossier) and not _of_no_problem(dossier)


_CLOSED = put({"问题整改.状态": "已销号", "问题整改.完成日期": date(2020, 6, 18)})
_AGAIN = twice(
    "问题整改", 问题编号="WT20209999", 整改时限=date(2020, 11, 30), 完成日期=date(2020, 11, 20), 状态="已整改"
)
_SAID_MENDED: dict[str, Given] = {
    "问题编号": "WT20208888",
    "来源": "自查",
    "县": lambda case: case.village.place["县"],
    "乡镇": lambda case: case.village.place["乡镇"],
    "村": lambda case: case.village.place["村"],
    "户编号": lambda case: case.dossier.household.text("户编号"),
    "问题描述": "水面面积填错",
    "责任单位": "乡人民政府",
    "整改时限": date(2020, 11, 30),
    "完成日期": date(2020, 11, 2),
    "状态": "已销号",
    "责任人": "赵明",
    "佐证编号": "ZZ20208888",
    "规则": "STA-19",
}

FAULTS = (
    _problem("问题过期没有整改", "东沟村", {"问题整改.完成日期": None, "问题整改.状态": "整改中"}, "PRB-01 问题整改.完成日期 sheet error"),
    _problem("问题改晚了", "白石村", {"问题整改.完成日期": date(2020, 11, 20)}, "PRB-01 问题整改.完成日期 sheet warning"),
    _problem("整改没有佐证", "西坡村", {"问题整改.佐证编号": None}, "PRB-02 问题整改.佐证编号 sheet"),
    Fault("销号的问题再犯", (_AGAIN, _CLOSED), finds("PRB-03 问题整改#2.状态"), where=_told, drops=EXAMS),
    _problem("问题没有责任人", "石桥村", {"问题整改.责任人": None}, "PRB-04 问题整改.责任人 sheet"),
    Fault("报了整改又查出来", (enter("问题整改", **_SAID_MENDED), put({"户年度.水面面积": 900.0})),
          finds("PRB-05 问题整改.状态 household", "STA-19 户年度.水面面积"), where=every(lifted, _of_no_problem), drops=EXAMS),
)  # fmt: skip
