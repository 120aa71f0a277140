"""How a household was registered and let go: every step with its date."""

from __future__ import annotations

from datetime import date, timedelta

from county.further.family import Family, table
from county.records.draw import Draw
from county.records.record import Dossier, Record, Row, Village

_STEPS = {
    "申请日期": 0,
    "小组评议日期": 3,
    "村评议日期": 7,
    "公示一开始": 8,
    "公示一结束": 15,
    "入户核实日期": 17,
    "信息比对日期": 19,
    "乡镇审核日期": 21,
    "公示二开始": 22,
    "公示二结束": 28,
    "县级审定日期": 31,
    "公告日期": 33,
}
"""Step → days after the application."""

_SIGNED = ("户主签字", "帮扶人签字", "村负责人签字")
_TABLES = {
    "识别退出程序": table("识别退出程序", " ".join(("户编号 程序类型 年度", *_STEPS, *_SIGNED))),
}


def procedure(dossier: Dossier, kind: str, start: date) -> Record:
    """A complete procedure; nobody applies to be let go."""
    row: Row = {"户编号": dossier.household.values["户编号"], "程序类型": kind, "年度": start.year}
    steps: Row = {name: start + timedelta(days=days) for name, days in _STEPS.items()}
    if kind == "退出":
        steps["申请日期"] = None
    return Record("识别退出程序", row | steps | dict.fromkeys(_SIGNED, True))


def _procedures(dossier: Dossier, order: int) -> list[Record]:
    household = dossier.household
    identified = household.day("识别年月")
    rows = [procedure(dossier, "识别", identified.replace(day=1 + order % 20))]
    for kind, name, month in (("退出", "脱贫年度", 9), ("返贫", "返贫年度", 4)):
        year = household.values.get(name)
        if isinstance(year, int):
            rows.append(procedure(dossier, kind, date(year, month, 5 + order % 20)))
    return rows


def _add(village: Village, _draw: Draw) -> None:
    for order, dossier in enumerate(village.dossiers, start=1):
        dossier.records += _procedures(dossier, order)


FAMILY = Family("扶贫办-识别退出", _TABLES, _add)
