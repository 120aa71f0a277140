"""Who works where: away from home, in public posts, after college."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from county.further.family import Family, identity, present, table
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Record, Row, Village
from county.sheets import forms as f

_TABLES = {
    "务工": table(
        "务工",
        "户编号 姓名 证件号码 年度 务工所在地 单位 开始 结束 月收入 点对点输送 交通补助",
        开始=f.MIXED_MONTHS,
        结束=f.MIXED_MONTHS,
    ),
    "公益岗位": table("公益岗位", "姓名 证件号码 岗位类型 聘用日期 解聘日期 月补贴"),
    "高校毕业生": table("高校毕业生", "姓名 证件号码 毕业年度 院校 就业状态 就业单位"),
}
_POST: Row = {"聘用日期": date(2019, 12, 2), "解聘日期": None, "月补贴": 500.0}
_GRADUATE: Row = {
    "毕业年度": AUDIT_YEAR - 1,
    "院校": "云川市职业技术学院",
    "就业状态": "已就业",
    "就业单位": "云川市第二建筑公司",
}


def _periods(person: Record) -> Iterator[Record]:
    """One stay away from home in each of two years."""
    months = int(person.number("务工时间"))
    for year in (AUDIT_YEAR - 1, AUDIT_YEAR):
        if months:
            stay: Row = {
                "户编号": person.values["户编号"],
                "年度": year,
                "务工所在地": person.values["务工所在地"],
                "单位": "云川市第二建筑公司",
                "开始": date(year, 2, 1),
                "结束": date(year, 1 + months, 1),
                "月收入": 2100.0,
                "点对点输送": person.values["务工状况"] == "省外务工",
                "交通补助": 200.0,
            }
            yield Record("务工", identity(person) | stay)


def _of_person(person: Record) -> Iterator[Record]:
    yield from _periods(person)
    if person.values["公益性岗位类型"] is not None:
        yield Record("公益岗位", identity(person) | _POST | {"岗位类型": person.values["公益性岗位类型"]})
    if person.values["文化程度"] == "大专" and person.values["在校生状况"] == "非在校生":
        yield Record("高校毕业生", identity(person) | _GRADUATE)


def _add(village: Village, _draw: Draw) -> None:
    for dossier in village.dossiers:
        for person in present(dossier):
            dossier.records += _of_person(person)


FAMILY = Family("人社-就业", _TABLES, _add)
