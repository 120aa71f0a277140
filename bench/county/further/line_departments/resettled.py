"""Households that moved to a new settlement."""

from __future__ import annotations

from datetime import date

from county.further.family import Family, identity, present, table
from county.records.draw import Draw
from county.records.record import Dossier, Record, Row, Village

_TABLES = {
    "易地搬迁": table(
        "易地搬迁",
        "户编号 户主姓名 证件号码 姓名 搬迁方式 安置方式 安置点 安置面积 家庭人口 实际入住 入住日期 旧房拆除 搬迁补助",
    )
}
_A_HEAD = 22.0  # ㎡


def _moved(dossier: Dossier, town: str) -> list[Record]:
    people = present(dossier)
    shared: Row = {
        "户编号": dossier.household.values["户编号"],
        "户主姓名": dossier.household.values["户主姓名"],
        "搬迁方式": "个别搬迁",
        "安置方式": "集中",
        "安置点": f"{town}幸福新村",
        "安置面积": _A_HEAD * len(people),
        "家庭人口": len(people),
        "实际入住": True,
        "入住日期": date(2019, 5, 20),
        "旧房拆除": True,
        "搬迁补助": 20000.0 * len(people),
    }
    return [Record("易地搬迁", identity(person) | shared) for person in people]


def _add(village: Village, _draw: Draw) -> None:
    for dossier in village.dossiers:
        if "搬迁" in dossier.known_for:
            dossier.records += _moved(dossier, village.place["乡镇"])


FAMILY = Family("发改-易地搬迁", _TABLES, _add)
