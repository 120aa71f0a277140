"""What the county puts in, has promised, and has been told to mend."""

from __future__ import annotations

from datetime import date

from county.further.family import Family, table
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Record, Row, Village

_TABLES = {
    "财政投入": table("财政投入", "县 年度 本级投入"),
    "目标任务": table("目标任务", "县 年度 指标 目标值"),
    "问题整改": table(
        "问题整改",
        "问题编号 来源 县 乡镇 村 户编号 问题描述 责任单位 整改时限 完成日期 状态 责任人 佐证编号 规则",
    ),
}
_FUNDS = {AUDIT_YEAR - 1: (1050.0, 5000.0), AUDIT_YEAR: (1120.0, 6100.0)}
"""Year → 万元 of the county, and of the city above it."""

_TARGETS = {"参保率": 100, "产业项目覆盖率": 100, "帮扶措施覆盖率": 100}


def _problem(village: Village, place: Row, household: str | None) -> Record:
    return Record(
        "问题整改",
        {
            "问题编号": f"WT{AUDIT_YEAR}{village.index + 1:04d}{1 if household else 2}",
            "来源": "市级交叉检查",
            **place,
            "户编号": household,
            "问题描述": "明白卡更新不及时" if household else "村务公开栏更新不及时",
            "责任单位": f"{village.place['乡镇']}人民政府",
            "整改时限": date(AUDIT_YEAR, 10, 31),
            "完成日期": date(AUDIT_YEAR, 10, 1 + village.index % 28),
            "状态": "已整改",
            "责任人": "赵镇长",
            "佐证编号": f"ZG{AUDIT_YEAR}{village.index + 1:04d}{1 if household else 2}",
            "规则": None,
        },
    )


def _add(village: Village, _draw: Draw) -> None:
    place: Row = {name: village.place[name] for name in ("县", "乡镇", "村")}
    first = village.dossiers[0]
    first.records.append(_problem(village, place, first.household.text("户编号")))
    village.records.append(_problem(village, place, None))
    if village.first:
        county, city = village.place["县"], village.place["市"]
        village.county += [
            Record("财政投入", {"县": name, "年度": year, "本级投入": amount})
            for year, amounts in _FUNDS.items()
            for name, amount in zip((county, city), amounts, strict=True)
        ]
        village.county += [
            Record("目标任务", {"县": county, "年度": AUDIT_YEAR, "指标": name, "目标值": value})
            for name, value in _TARGETS.items()
        ]


FAMILY = Family("县级-投入与整改", _TABLES, _add)
