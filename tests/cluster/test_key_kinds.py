"""By which keys rows of one county belong with rows of another, and what of them is whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from fupin_audit.cluster.key_kinds import KeyKind, Side, key_kinds_of
from fupin_audit.ledgers.relations import Pairing, Relation

ID = "ID_KEY(证件号码)"


def two_sides(pair: str) -> tuple[str, str]:
    here, _, there = pair.partition("=")
    return here, there or here


def relation(
    name: str, source: str, target: str, *keys: str, many: bool = False, where: str = ""
) -> Relation:
    """A relation by alternative keys, each `这边=那边` pairs with commas between."""
    on = tuple(tuple(map(two_sides, key.split(","))) for key in keys)
    return Relation(name, source, target, on, many=many, where=where)


def paired(source: str, target: str, *keys: str, **more: Any) -> Relation:
    on = relation("", source, target, *keys).on
    return Relation(
        f"对应{target}", source, target, on, many=False, pairing=Pairing(source, target, on, **more)
    )


MEMBER = relation("户", "人口", "户", "户编号")
MEMBERS = relation("人口", "户", "人口", "户编号", many=True)
SAME_NUMBER = relation("同号人口", "人口", "人口", ID, many=True)
HELPER = relation("户", "帮扶责任人", "户", "户编号")
HELPER_IS = relation("责任人本人", "帮扶责任人", "人口", f"责任人号码={ID}", many=True)
PHONE = relation("同话户", "户", "户", "联系电话", many=True)
INSURED = relation("医保参保", "人口", "医保参保", f"{ID}={ID}", many=True)


def kinds(relations: Iterable[Relation], followed: Iterable[str] = ()) -> list[KeyKind]:
    known = [*relations]
    delivered = {title for item in known for title in (item.source, item.target)}
    return [*key_kinds_of(known, delivered, [*followed]).both_ways]


def told(kind: KeyKind, numbers: Iterable[int]) -> list[str]:
    return [f"{kind.sides[at][0]}.{'＋'.join(kind.sides[at][1])}" for at in sorted(numbers)]


def whose(
    relations: Iterable[Relation], followed: Iterable[str] = ()
) -> Mapping[str, tuple[list[str], list[str]]]:
    """Of each kind, by its first side: the sides whose keys are somebody's own, and those that are compared."""
    found = kinds(relations, followed)
    return {told(kind, [0])[0]: (told(kind, kind.own), told(kind, kind.compared)) for kind in found}


def test_what_has_the_number_of_a_household_or_person_is_theirs() -> None:
    assert whose([MEMBER, MEMBERS, SAME_NUMBER, INSURED]) == {
        "人口.户编号": (["人口.户编号", "户.户编号"], []),
        f"人口.{ID}": ([f"人口.{ID}", f"医保参保.{ID}"], []),
    }


def test_who_helps_a_household_is_known_by_a_number_that_is_not_whose_row_it_is() -> None:
    helps = relation("帮扶谁", "人口", "帮扶责任人", f"{ID}=责任人号码", many=True)
    for item in (HELPER_IS, helps):
        found = dict(whose([MEMBER, HELPER, item]))
        assert found.pop("人口.户编号") == (["人口.户编号", "户.户编号", "帮扶责任人.户编号"], [])
        assert [*found.values()] == [([f"人口.{ID}"], [])]


@pytest.mark.parametrize(
    "says",
    [
        relation("户", "帮扶责任人", "户", "户编号", many=True),
        relation("对应户", "帮扶责任人", "户", "户编号"),
        relation("村", "帮扶责任人", "村", "户编号"),
    ],
    ids=["to many", "another name", "no owner"],
)
def test_only_a_ledger_that_leads_to_its_household_or_person_says_whose_its_rows_are(says: Relation) -> None:
    assert whose([says, HELPER_IS])["帮扶责任人.责任人号码"][0] == ["帮扶责任人.责任人号码", f"人口.{ID}"]


def test_rows_that_are_not_judged_are_compared_where_a_pairing_or_a_rule_goes_on() -> None:
    assert whose([PHONE]) == {"户.联系电话": ([], [])}
    assert whose([PHONE], followed=["同话户"]) == {"户.联系电话": ([], ["户.联系电话"])}
    assert whose([PHONE], followed=["户"]) == {"户.联系电话": ([], [])}
    assert whose([paired("低保", "特困", "姓名")]) == {"低保.姓名": ([], ["低保.姓名", "特困.姓名"])}
    # what is somebody's own is looked at anyway
    assert whose([MEMBER, paired("户", "明白卡", "户编号")])["人口.户编号"] == (
        ["人口.户编号", "户.户编号", "明白卡.户编号"],
        [],
    )


def looks(item: Relation) -> set[str]:
    """From which side all rows of which are looked at."""
    return {
        f"{told(kind, [one])[0]} → {told(kind, [other])[0]}"
        for kind in kinds([item])
        for one, other in kind.every
    }


LOOKS = {
    "to others": (relation("车辆", "低保", "车辆", "号牌"), {"低保.号牌 → 车辆.号牌"}),
    "to others, some of them": (
        relation("车辆", "低保", "车辆", "号牌", where="在用"),
        {"低保.号牌 → 车辆.号牌"},
    ),
    "to itself": (PHONE, set()),
    "to itself, some of them": (relation("同话户", "户", "户", "联系电话", where="在册"), set()),
    "to itself by another field": (relation("担保人", "户", "户", "电话=担保电话"), set()),
    "to itself by another field, some of them": (
        relation("担保人", "户", "户", "电话=担保电话", where="在册"),
        {"户.电话 → 户.担保电话", "户.担保电话 → 户.担保电话"},
    ),
    "paired": (paired("低保", "特困", "姓名"), set()),
    "paired, some on the left": (
        paired("低保", "特困", "姓名", left_where="在保"),
        {"低保.姓名 → 特困.姓名", "特困.姓名 → 特困.姓名"},
    ),
    "paired, some on the right": (
        paired("低保", "特困", "姓名", right_where="在保"),
        {"低保.姓名 → 特困.姓名", "特困.姓名 → 特困.姓名"},
    ),
}


@pytest.mark.parametrize(("item", "seen"), LOOKS.values(), ids=LOOKS)
def test_all_rows_are_looked_at_but_a_crowd_among_themselves(item: Relation, seen: set[str]) -> None:
    assert looks(item) == seen


def test_of_a_key_of_several_parts_rows_that_share_one_are_all_looked_at() -> None:
    by_name = relation("同名", "低保", "特困", "姓名")
    several = paired("低保", "特困", "姓名,出生")
    assert [
        (told(kind, [0])[0], {(told(kind, [one])[0], told(kind, [other])[0]) for one, other in kind.every})
        for kind in kinds([several, by_name])
    ] == [
        (
            "低保.姓名",
            {(one, other) for one in ("低保.姓名", "特困.姓名") for other in ("低保.姓名", "特困.姓名")},
        )
    ]


def sides(relations: Iterable[Relation]) -> list[list[Side]]:
    return [[*kind.sides] for kind in kinds(relations)]


A, B, C = ("甲", ("号",)), ("乙", ("号",)), ("丙", ("码",))


def test_ledgers_that_share_a_key_by_a_third_make_one_kind() -> None:
    links = [relation("一", "甲", "乙", "号"), relation("二", "乙", "丙", "号=码")]
    assert sides(links) == [[A, B, C]]
    assert sides(links[:1]) == [[A, B]]
    assert sides([*links[:1], relation("三", "丙", "丁", "码")]) == [[A, B], [C, ("丁", ("码",))]]


@pytest.mark.parametrize(
    ("single", "apart"),
    [
        # whoever shares number and name shares the number
        ([relation("一", "甲", "乙", "号")], []),
        # unless that number is no key between the two, but of each with others
        (
            [relation("一", "甲", "丙", "号=码"), relation("二", "乙", "丁", "号")],
            [[("甲", ("号", "名")), ("乙", ("号", "名"))]],
        ),
        ([relation("一", "甲", "丙", "号=码")], [[("甲", ("号", "名")), ("乙", ("号", "名"))]]),
    ],
    ids=["finer", "of others", "of one alone"],
)
def test_a_key_of_several_parts_is_a_kind_where_no_part_is_one(
    single: list[Relation], apart: list[list[Side]]
) -> None:
    found = sides([*single, relation("三", "甲", "乙", "号,名")])
    assert [kind for kind in found if len(kind[0][1]) > 1] == apart


def test_places_lead_one_way_and_only_between_ledgers_that_were_delivered() -> None:
    village = relation("村", "户", "村", "县,村")
    found = key_kinds_of([village, village, MEMBER], ("户", "村"))
    assert (found.both_ways, found.led) == ((), ((("户", ("县", "村")), ("村", ("县", "村"))),))
    assert key_kinds_of([village, MEMBER], ("户", "人口")).led == ()
    assert [kind.sides for kind in key_kinds_of([MEMBER], ("户", "人口", "村")).both_ways] == [
        (("人口", ("户编号",)), ("户", ("户编号",)))
    ]
