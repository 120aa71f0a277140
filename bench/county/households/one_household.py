"""One household with all its records, agreeing across every ledger."""

from __future__ import annotations

from datetime import date
from random import Random

from county.households.cards import card, helpers
from county.households.houses import home, housing
from county.households.kinds import Kind
from county.households.livelihood import YEARS, Livelihood, last_year, livelihood, year_row
from county.households.people import people, workplace
from county.households.rolls import departments
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, ended

_NEUTRAL_CAUSES = ("缺技术", "缺资金", "自身发展动力不足", "交通条件落后")


def build(draw: Draw, kind: Kind, place: dict[str, str], order: int, helper: Row) -> Dossier:
    """A household of a kind, the village's `order`-th, with rows in every ledger that knows it."""
    number = draw.numbers.household(order)
    phone = draw.numbers.phone()
    members = people(draw, kind, number, phone)
    for person in members:
        person.values["务工所在地"] = workplace(person.text("务工状况"), place)
    base = _household(draw, kind, members, place, order)
    base.values["联系电话"] = phone
    if "返贫" in kind.known_for:
        base.values |= {
            "脱贫属性": "返贫",
            "脱贫年度": AUDIT_YEAR - 2,
            "返贫年度": AUDIT_YEAR,
            "识别年月": date(2014, 5, 1),
        }
    monthly = _monthly_aid(draw.rng, kind)
    money = livelihood(draw.rng, kind, members, monthly)
    years = _years(draw.rng, kind, base, money)
    base.values["人均纯收入"] = years[-1].values["人均纯收入"]
    dossier = Dossier([base, *members, *years], kind.known_for)
    dossier.records += housing(draw.rng, kind, dossier)
    dossier.records += helpers(draw.rng, dossier, helper)
    dossier.records.append(card(draw.rng, dossier, helper))
    dossier.records += departments(draw.rng, dossier, monthly)
    return dossier


def _years(rng: Random, kind: Kind, base: Record, money: Livelihood) -> list[Record]:
    surroundings = home(rng, kind, int(base.number("家庭人口")))
    before = last_year(rng, money)
    return [
        year_row(base, amounts, year, surroundings)
        for year, amounts in zip(YEARS, (before, money), strict=True)
    ]


def _household(draw: Draw, kind: Kind, members: list[Record], place: dict[str, str], order: int) -> Record:
    head, rng = members[0], draw.rng
    present = [person for person in members if not ended(person)]
    identified = date(rng.randint(2013, 2016), rng.randint(1, 12), 1)
    lifted = rng.randint(max(identified.year + 1, 2016), AUDIT_YEAR)
    main, other = _causes(rng, present)
    return Record(
        "户",
        {
            **place,
            "组": f"{order % 4 + 1}组",
            "户编号": head.values["户编号"],
            "户主姓名": head.values["姓名"],
            "户主证件号码": head.values["证件号码"],
            "家庭人口": len(present),
            "识别标准": "国家标准",
            "户属性": f"{kind.aid}{'脱贫户' if kind.lifted else '贫困户'}",
            "脱贫属性": "已脱贫" if kind.lifted else "未脱贫",
            "识别年月": identified,
            "脱贫年度": lifted if kind.lifted else None,
            "主要致贫原因": main,
            "其他致贫原因": other,
            "危房户": kind.house == "危房",
            "饮水安全": kind.safe_water,
            "饮水困难": not kind.safe_water,
            "开户银行": "清河县农村信用合作社",
            "银行账号": draw.numbers.account(order),
        },
    )


def _monthly_aid(rng: Random, kind: Kind) -> float:
    covered = sum(1 for role in kind.roles if "低保" in role.traits)
    return float(covered * rng.randrange(120, 150, 5))


def _causes(rng: Random, present: list[Record]) -> tuple[str, str | None]:
    """Main and further cause, each borne out by the members."""
    health = " ".join(person.text("健康状况") for person in present)
    working = sum(person.values["劳动技能"] in {"普通劳动力", "技能劳动力"} for person in present)
    borne_out = [
        cause
        for cause, holds in (
            ("因病", "病" in health),
            ("因残", "残疾" in health),
            ("因学", any(person.values["在校生状况"] not in {"非在校生", "学前教育"} for person in present)),
            ("缺劳力", working * 2 < len(present)),
        )
        if holds
    ]
    main = rng.choice(borne_out or _NEUTRAL_CAUSES)
    return main, rng.choice((None, *(cause for cause in _NEUTRAL_CAUSES if cause != main)))
