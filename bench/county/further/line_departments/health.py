"""The sick: who looks after them, and what their stays in hospital cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from county.further.family import Family, identity, present, table
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, Village

_TABLES = {
    "健康管理": table(
        "健康管理",
        "姓名 证件号码 病种 疾病类别 确诊日期 救治状态 家庭医生 签约日期 慢病卡号 体检日期 用药补助月标准",
    ),
    "医保结算": table(
        "医保结算",
        "姓名 证件号码 医院 县域内 入院日期 出院日期 总费用 基本医保支付 大病保险支付 医疗救助支付 补充保障支付 个人自付 就医类别",
    ),
}
_CHRONIC: Row = {"病种": "高血压", "疾病类别": "慢性病", "救治状态": "已签约管理", "用药补助月标准": 60}
_SERIOUS: Row = {"病种": "冠心病", "疾病类别": "大病", "救治状态": "已集中救治", "用药补助月标准": 80}
_GRAVE: Row = {"病种": "尿毒症", "疾病类别": "重病", "救治状态": "已兜底保障", "用药补助月标准": 100}
_HEALTHY: Row = {
    **dict.fromkeys(("病种", "疾病类别", "确诊日期", "救治状态", "慢病卡号", "用药补助月标准")),
    "家庭医生": "周医生",
    "签约日期": date(2019, 6, 3),
}
_SHARES = {
    "基本医保支付": 0.65,
    "大病保险支付": 0.1,
    "医疗救助支付": 0.15,
    "补充保障支付": 0.05,
    "个人自付": 0.05,
}


def _care(dossier: Dossier, person: Record) -> Row | None:
    """What a person is treated for; who is monitored for a serious illness has the grave one."""
    health = person.text("健康状况")
    if "患有大病" in health:
        return _GRAVE if "监测" in dossier.known_for else _SERIOUS
    return _CHRONIC if "长期慢性病" in health else None


def _looked_after(draw: Draw, person: Record, care: Row) -> Record:
    signed = date(2018, 6, 1) + timedelta(days=draw.rng.randrange(300))
    return Record(
        "健康管理",
        identity(person)
        | care
        | {
            "确诊日期": signed - timedelta(days=200),
            "家庭医生": "周医生",
            "签约日期": signed,
            "慢病卡号": f"M{person.text('证件号码')}",
            "体检日期": _examined(draw),
        },
    )


def _examined(draw: Draw) -> date:
    """When the year's free examination was, which everybody has."""
    return date(AUDIT_YEAR, 5, 1) + timedelta(days=draw.rng.randrange(120))


def _bill(draw: Draw, person: Record, county: str) -> Record:
    total = float(draw.rng.randrange(6000, 16000, 200))
    admitted = date(2020, 3, 1) + timedelta(days=draw.rng.randrange(200))
    stay: Row = {
        "医院": f"{county}人民医院",
        "县域内": True,
        "入院日期": admitted,
        "出院日期": admitted + timedelta(days=9),
        "就医类别": "住院",
        "总费用": total,
    }
    shares: Row = {payer: round(total * share, 2) for payer, share in _SHARES.items()}
    return Record("医保结算", identity(person) | stay | shares)


def _of_person(draw: Draw, dossier: Dossier, person: Record, county: str) -> Iterator[Record]:
    care = _care(dossier, person)
    if care is not None:
        yield _looked_after(draw, person, care)
        yield _bill(draw, person, county)
    else:
        yield Record("健康管理", identity(person) | _HEALTHY | {"体检日期": _examined(draw)})


def _add(village: Village, draw: Draw) -> None:
    for dossier in village.dossiers:
        for person in present(dossier):
            dossier.records += _of_person(draw, dossier, person, village.place["县"])


FAMILY = Family("卫健医保-健康与结算", _TABLES, _add)
