"""Rolls that offices have handed in since 2021: housing funds, deaths, relief, children, veterans, accounts, plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from county.further.family import Family, identity, present, stranger, table
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, Village, ended
from county.sheets import forms as f

_TABLES = {
    "公积金": table(
        "公积金", "姓名 证件号码 缴存单位:单位 月缴存基数:缴存基数 月缴额 账户状态:缴存状态 余额"
    ),
    "死亡": table("死亡", "姓名 证件号码 死亡日期 火化日期 数据来源:来源"),
    "医疗救助": table(
        "医疗救助", "姓名 证件号码 总费用 基本医保支付 大病保险支付 救助金额 个人自付 救助日期:日期"
    ),
    "儿童保障": table("儿童保障", "县 乡镇 村 儿童姓名:姓名 证件号码 保障类型 供养方式 月保障金"),
    "优抚": table("优抚", "县 乡镇 村 姓名 证件号码 优抚类别:人员类别 入伍时间:入伍日期 退伍时间:退伍日期"),
    "一卡通账户": table(
        "一卡通账户",
        "姓名 证件号码 县 乡镇 村 户主姓名 户主证件号码 与户主关系 银行账号:账号 账户名 开户银行 状态",
    ),
    "计划务工": table(
        "计划务工",
        "姓名 证件号码 户编号 计划务工地点:计划务工所在地 计划外出时间:计划务工时间",
        计划务工时间=f.MIXED_MONTHS,
    ),
}
_FUND: Row = {"缴存基数": 5200.0, "月缴额": 624.0, "缴存状态": "正常", "余额": 38400.0}
_PAID = ("总费用", "基本医保支付", "大病保险支付")


def _account(dossier: Dossier) -> Record:
    household, head = dossier.household.values, dossier.head
    row: Row = {
        name: household[name] for name in ("县", "乡镇", "村", "户主姓名", "户主证件号码", "开户银行")
    }
    row |= {
        "与户主关系": "户主",
        "账号": household["银行账号"],
        "账户名": head.values["姓名"],
        "状态": "正常",
    }
    return Record("一卡通账户", identity(head) | row)


def _relief(bill: Record) -> Record:
    """What the relief office paid of a stay in hospital."""
    who: Row = {name: bill.values[name] for name in ("姓名", "证件号码", *_PAID)}
    paid: Row = {"救助金额": bill.values["医疗救助支付"], "个人自付": bill.values["个人自付"]}
    return Record("医疗救助", who | paid | {"日期": bill.values["出院日期"]})


def _plan(person: Record) -> Record:
    """Where somebody who works away from home means to go next."""
    row: Row = {
        "户编号": person.values["户编号"],
        "计划务工所在地": person.values["务工所在地"],
        "计划务工时间": date(AUDIT_YEAR, 2, 1),
    }
    return Record("计划务工", identity(person) | row)


def _died(person: Record) -> Record:
    row: Row = {"死亡日期": date(AUDIT_YEAR, 6, 12), "火化日期": date(AUDIT_YEAR, 6, 14), "来源": "殡仪馆"}
    return Record("死亡", identity(person) | row)


def _of_household(dossier: Dossier) -> Iterator[Record]:
    yield _account(dossier)
    for bill in dossier.all("医保结算"):
        if bill.number("医疗救助支付") > 0:
            yield _relief(bill)
    for person in dossier.people:
        if ended(person):
            yield _died(person)
    for person in present(dossier):
        if person.values["务工状况"] in {"县外省内务工", "省外务工"}:
            yield _plan(person)


def _of_others(village: Village, draw: Draw) -> list[Record]:
    """An official, an orphan and a veteran, none of them registered."""
    place: Row = {name: village.place[name] for name in ("县", "乡镇", "村")}
    official, veteran = stranger(draw), stranger(draw)
    born = date(AUDIT_YEAR - 9, 3, 4)
    orphan: Row = {
        "姓名": draw.names.full(draw.names.surname(), male=False),
        "证件号码": draw.numbers.resident_id(born, male=False),
    }
    cared_for: Row = {"保障类型": "孤儿", "供养方式": "分散", "月保障金": 1100.0}
    served: Row = {"人员类别": "参战退役人员", "入伍日期": date(1991, 12, 1), "退伍日期": date(1994, 12, 1)}
    return [
        Record("公积金", official | {"单位": f"{village.place['乡镇']}人民政府"} | _FUND),
        Record("儿童保障", place | orphan | cared_for),
        Record("优抚", place | veteran | served),
    ]


def _add(village: Village, draw: Draw) -> None:
    for dossier in village.dossiers:
        dossier.records += _of_household(dossier)
    village.records += _of_others(village, draw)


FAMILY = Family("部门-其他名册", _TABLES, _add)
