"""Money from outside: small loans, subsidies by card, and losses in a disaster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from county.further.family import Family, identity, table, years_old
from county.records.draw import Draw
from county.records.record import Dossier, Record, Row, Value, Village

_TABLES = {
    "小额信贷": table(
        "小额信贷",
        "姓名 证件号码 合同号 贷款金额 利率 发放日期 到期日期 展期到期日 余额 逾期 贷款用途 用款主体 银行",
    ),
    "一卡通发放": table("一卡通发放", "姓名 证件号码 户编号 账号 补贴项目 金额 发放日期 发放状态"),
    "受灾": table("受灾", "户编号 灾种 受灾日期 损失金额 帮扶措施"),
}
_LOAN: Row = {
    "贷款金额": 30000.0,
    "利率": 4.35,
    "发放日期": date(2019, 6, 10),
    "到期日期": date(2022, 6, 10),
    "展期到期日": None,
    "余额": 30000.0,
    "逾期": False,
    "贷款用途": "养殖肉牛",
}
_SUBSIDY: Row = {"补贴项目": "耕地地力保护补贴", "发放日期": date(2020, 4, 15), "发放状态": "成功"}
_FLOOD: Row = {"灾种": "洪涝", "受灾日期": date(2020, 8, 4), "损失金额": 6000.0, "帮扶措施": "补种补贴"}
_A_MU = 80.0  # yuan
_QUARTER = 3
_PAID: Row = {"发放状态": "成功"}


def _of_household(dossier: Dossier, order: int) -> Iterator[Record]:
    household, head = dossier.household.values, dossier.head
    number = {"户编号": household["户编号"]}
    if order % 3 == 0 and 20 <= years_old(head) <= 60:
        contract: Row = {"合同号": f"D{household['户编号']}", "用款主体": head.values["姓名"]}
        yield Record("小额信贷", identity(head) | contract | _LOAN | {"银行": household["开户银行"]})
    amount = round(dossier.years[-1].number("耕地面积") * _A_MU, 2)
    paid: Row = {"账号": household["银行账号"], "金额": amount}
    yield Record("一卡通发放", identity(head) | number | paid | _SUBSIDY)
    yield from (_card(dossier, head, **said) for said in _rebuilding(dossier))
    if "受灾" in dossier.known_for:
        yield Record("受灾", number | _FLOOD)


def _card(dossier: Dossier, person: Record, **said: Value) -> Record:
    """A payment by card to somebody of the household."""
    household = dossier.household.values
    account: Row = {"户编号": household["户编号"], "账号": household["银行账号"]}
    return Record("一卡通发放", identity(person) | account | said | _PAID)


def _rebuilding(dossier: Dossier) -> Iterator[Row]:
    """What was granted for the house, on the day it was."""
    for house in dossier.all("危房改造"):
        if house.values["拨付日期"]:
            yield {
                "补贴项目": "农村危房改造补助",
                "金额": house.values["补助金额"],
                "发放日期": house.values["拨付日期"],
            }


def _aid(dossier: Dossier, months: int) -> Iterator[Record]:
    """The monthly 低保, paid for so many months at a time."""
    for row in dossier.all("低保"):
        monthly = row.number("月保障金")
        person = next(each for each in dossier.people if each.values["证件号码"] == row.values["证件号码"])
        for month in range(months, 13, months) if monthly else ():
            paid: Row = {"金额": monthly * months, "发放日期": date(2020, month, 15)}
            yield _card(dossier, person, 补贴项目="农村低保", **paid)


def _add(village: Village, _draw: Draw) -> None:
    """One household of a village gets its 低保 every month, the others every quarter."""
    monthly = next((dossier for dossier in village.dossiers if dossier.all("低保")), None)
    for order, dossier in enumerate(village.dossiers):
        dossier.records += _of_household(dossier, order)
        dossier.records += _aid(dossier, 1 if dossier is monthly else _QUARTER)


FAMILY = Family("金融财政-信贷与发放", _TABLES, _add)
