"""Who a person is elsewhere: the civil register."""

from __future__ import annotations

from county.further.family import Family, table
from county.people import Draw
from county.record import Dossier, Record, Row, Village, ended

_TABLES = {"户籍": table("户籍", "姓名 证件号码 村 户号 与户主关系 人员状态 注销日期")}


def _registered(dossier: Dossier, person: Record) -> Record:
    row: Row = {
        "姓名": person.values["姓名"],
        "证件号码": person.values["证件号码"],
        "村": dossier.household.values["村"],
        "户号": f"H{dossier.household.text('户编号')}",
        "与户主关系": person.values["与户主关系"],
        "人员状态": "正常",
        "注销日期": None,
    }
    return Record("户籍", row)


def _add(village: Village, draw: Draw) -> None:
    for dossier in village.dossiers:
        dossier.records += [_registered(dossier, person) for person in dossier.people if not ended(person)]


FAMILY = Family("公安-户籍", _TABLES, _add)
