"""Villages, one at a time, so that a county of any size fits in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from county.clean.promises import figures
from county.further.family import Family
from county.households.cards import helper
from county.households.kinds import KINDS, MORE_KINDS, RARE_KINDS, Kind
from county.households.one_household import build
from county.households.settling import leave_out_dividends, lift_incomes
from county.records.draw import Draw
from county.records.names import NameBook, town_and_village
from county.records.numbers import Numbers
from county.records.record import AUDIT_YEAR, Dossier, Record, Village, ended

_HOUSEHOLDS_A_HELPER = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a county is.

    Attributes:
        villages: their number.
        households: in one village.
        villages_a_town: villages in one town.
        province, city, county: where it lies.
        start: index of its first village, where counties lie beside each other.
        floor: 人均纯收入 that nobody is below where further ledgers are delivered.
    """

    villages: int = 9
    households: int = 15
    villages_a_town: int = 3
    province: str = "安和省"
    city: str = "云川市"
    county: str = "清河县"
    start: int = 0
    floor: float = 5200


def villages(seed: int, shape: Shape, further: Sequence[Family] = ()) -> Iterator[Village]:
    """All villages of a clean county, in order, with further ledgers."""
    county: list[Record] = []
    return (_village(seed, shape, shape.start + order, further, county) for order in range(shape.villages))


def _village(seed: int, shape: Shape, index: int, further: Sequence[Family], shared: list[Record]) -> Village:
    rng = Random(f"{seed}/{index}")
    draw = Draw(rng, NameBook(rng), Numbers(index))
    county = {"省": shape.province, "市": shape.city, "县": shape.county}
    place = county | town_and_village(index, shape.villages_a_town)
    every = (*KINDS, *MORE_KINDS) if further else KINDS
    kinds = [_local(every[order % len(every)], place) for order in range(shape.households)]
    kinds[1:2] = [kinds[1], RARE_KINDS[index % len(RARE_KINDS)]]
    current = helper(rng, draw.names, draw.numbers)
    dossiers: list[Dossier] = []
    for order, kind in enumerate(kinds, start=1):
        if order % _HOUSEHOLDS_A_HELPER == 0:
            current = helper(rng, draw.names, draw.numbers)
        dossiers.append(build(draw, kind, place, order, current))
    summary = _summary(rng, place, index, dossiers)
    village = Village(index, place, dossiers, summary, county=shared, first=index == shape.start)
    if further:
        lift_incomes([village], shape.floor)
        _pay_promised(village)
        leave_out_dividends(village)
    for family in further:
        family.add(village, Draw(Random(f"{seed}/{index}/{family.title}"), draw.names, draw.numbers))
    return village


def _pay_promised(village: Village) -> None:
    """Let who rebuilt a ruin have got what the place promises."""
    promised = figures(village.place).rebuilding
    for record, _ in village.all("危房改造"):
        if promised and record.values["危房等级"] == "D":
            record.values["补助金额"] = promised


def _local(kind: Kind, place: dict[str, str]) -> Kind:
    """The kind as it is where every unsafe house had to be rebuilt by now."""
    rebuilt = kind.house == "危房" and figures(place).all_rebuilt
    return replace(kind, house="已改造") if rebuilt else kind


def _summary(rng: Random, place: dict[str, str], index: int, dossiers: list[Dossier]) -> Record:
    people = sum(not ended(person) for dossier in dossiers for person in dossier.people)
    total = len(dossiers) * rng.randint(6, 9)
    return Record(
        "村",
        {
            **{name: place[name] for name in ("县", "乡镇", "村")},
            "村编号": f"9901{index + 1:06d}",
            "年度": AUDIT_YEAR,
            "贫困村": index % 3 == 0,
            "出列年度": 2018 if index % 3 == 0 else None,
            "总户数": total,
            "总人口": total * 3 + people,
            "贫困户数": len(dossiers),
            "贫困人口": people,
            "集体经济收入": rng.randrange(55, 130) / 10,
            "生产经营性收入": rng.randrange(50, 55) / 10,
            "标准化卫生室": True,
            "合格村医数": 1,
            "文化服务中心": True,
            "通有线电视": True,
            "通宽带": True,
            "通客车": True,
            "通硬化路": True,
            "集中供水": True,
            "水质检测报告": True,
            "合作社数": 1 + index % 3,
            "家庭农场数": 2,
            "主导产业": rng.choice(("食用菌", "中药材", "肉牛养殖")),
            "产业技术指导员数": 1,
            "致富带头人数": 3 + index % 3,
            "挂图作战上墙": True,
        },
    )
