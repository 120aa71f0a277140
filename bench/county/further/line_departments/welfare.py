"""What holds people up: support of the destitute, emergency aid, pensions."""

from __future__ import annotations

from datetime import date

from county.further.family import Family, identity, present, table, years_old
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, Village

_TABLES = {
    "特困": table("特困", "姓名 证件号码 供养方式 月供养金 状态"),
    "临时救助": table("临时救助", "姓名 证件号码 救助原因 金额 日期"),
    "养老保险": table("养老保险", "姓名 证件号码 年度 参保状态 缴费金额 代缴金额 领取状态 月养老金"),
}
_PAYS: Row = {"缴费金额": 0, "代缴金额": 100, "领取状态": None, "月养老金": None}
_DRAWS: Row = {"缴费金额": 0, "代缴金额": 0, "领取状态": "正常", "月养老金": 108.0}
_AID: Row = {"救助原因": "因病支出骤增", "金额": 2000.0, "日期": date(2020, 4, 16)}


def _supported(person: Record) -> Record:
    return Record("特困", identity(person) | {"供养方式": "分散", "月供养金": 450.0, "状态": "正常"})


def _pension(person: Record) -> Record:
    shared: Row = {"年度": AUDIT_YEAR, "参保状态": "已参保"}
    return Record("养老保险", identity(person) | shared | (_DRAWS if years_old(person) >= 60 else _PAYS))


def _of_household(dossier: Dossier) -> list[Record]:
    people = present(dossier)
    rows = [_supported(person) for person in people if person.values["特困供养"]]
    rows += [_pension(person) for person in people if person.values["参加城乡居民养老"]]
    if "返贫" in dossier.known_for:
        rows.append(Record("临时救助", identity(dossier.head) | _AID))
    return rows


def _add(village: Village, _draw: Draw) -> None:
    for dossier in village.dossiers:
        dossier.records += _of_household(dossier)


FAMILY = Family("民政人社-兜底与养老", _TABLES, _add)
