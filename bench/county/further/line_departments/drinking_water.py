"""Drinking water: the bureau's finding on every household, and the village's waterworks."""

from __future__ import annotations

from datetime import date

from county.further.family import Family, table
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Village

_TESTS = ("水量达标", "水质达标", "方便程度达标", "保证率达标")
_TABLES = {
    "饮水认定": table(
        "饮水认定", " ".join(("户编号 户主姓名 供水方式", *_TESTS, "结论 水质报告编号 认定日期"))
    ),
    "供水工程": table("供水工程", "乡镇 村 工程名称 计划完工日期 完工日期 水质检测日期 报告编号 县 年度"),
}


def _certificate(dossier: Dossier, order: int) -> Record:
    """What the plate at the door rests on."""
    plate = dossier.all("饮水标识牌")[0].values
    safe = dossier.household.values["饮水安全"]
    return Record(
        "饮水认定",
        {
            **{name: plate[name] for name in ("户编号", "户主姓名", "供水方式", "认定日期")},
            **dict.fromkeys(_TESTS, True),
            "水量达标": safe,
            "方便程度达标": safe,
            "结论": safe,
            "水质报告编号": f"SZ{AUDIT_YEAR}{order:04d}",
        },
    )


def _waterworks(village: Village) -> Record:
    return Record(
        "供水工程",
        {
            **{name: village.place[name] for name in ("县", "乡镇", "村")},
            "年度": AUDIT_YEAR,
            "工程名称": f"{village.place['村']}集中供水工程",
            "计划完工日期": date(AUDIT_YEAR, 6, 20),
            "完工日期": date(AUDIT_YEAR, 5, 1 + village.index % 28),
            "水质检测日期": date(AUDIT_YEAR, 6, 10),
            "报告编号": f"SZ{AUDIT_YEAR}{village.index + 1:04d}",
        },
    )


def _add(village: Village, _draw: Draw) -> None:
    for order, dossier in enumerate(village.dossiers, start=1):
        dossier.records.append(_certificate(dossier, order))
    village.records.append(_waterworks(village))


FAMILY = Family("水利局-饮水", _TABLES, _add)
