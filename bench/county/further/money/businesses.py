"""The business every household takes part in, and those who show the village how."""

from __future__ import annotations

from county.further.family import Family, table
from county.further.poverty_office.helping import industry_project
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, Village

_TABLES = {
    "产业项目": table("产业项目", "户编号 年度 项目名称 项目编号 带动方式 经营主体 收益"),
    "致富带头人": table("致富带头人", "县 乡镇 村 姓名 证件号码 产业项目 带动户编号"),
}
_FOLLOWERS = 3  # households a pioneer takes along
_WAYS = ("产业带动", "入股分红", "代种代养", "自主发展")


def _business(village: Village, dossier: Dossier, order: int) -> Record:
    return Record(
        "产业项目",
        {
            "户编号": dossier.household.values["户编号"],
            "年度": AUDIT_YEAR,
            "项目名称": "食用菌大棚",
            "项目编号": industry_project(village),
            "带动方式": _WAYS[order % len(_WAYS)],
            "经营主体": f"{village.place['村']}合作社",
            "收益": float(300 + 35 * order),
        },
    )


def _pioneers(village: Village, draw: Draw) -> list[Record]:
    """As many as the village's row says, each with their households."""
    place: Row = {name: village.place[name] for name in ("县", "乡镇", "村")}
    rows: list[Record] = []
    for turn in range(int(village.summary.number("致富带头人数"))):
        name = draw.names.full(draw.names.surname(), male=turn % 2 == 0)
        for dossier in village.dossiers[turn * _FOLLOWERS : (turn + 1) * _FOLLOWERS]:
            led: Row = {
                "证件号码": None,
                "产业项目": "食用菌",
                "带动户编号": dossier.household.values["户编号"],
            }
            rows.append(Record("致富带头人", place | {"姓名": name} | led))
    return rows


def _add(village: Village, draw: Draw) -> None:
    for order, dossier in enumerate(village.dossiers, start=1):
        dossier.records.append(_business(village, dossier, order))
    village.records += _pioneers(village, draw)


FAMILY = Family("农业农村局-产业", _TABLES, _add)
