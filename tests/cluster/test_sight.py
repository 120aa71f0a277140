"""Whom a shard sees: who shares a key with its rows, and everything that is theirs; never its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from books import catalogue
from fupin_audit.cluster.followed import followed_on
from fupin_audit.cluster.key_kinds import key_kinds_of
from fupin_audit.cluster.visitors import SharedKeys, Sight, led_to, shared_keys
from fupin_audit.ledgers.relations import Pairs, Relation
from fupin_audit.rulepack.declared.packfile import PackHead, RuleFile
from fupin_audit.rulepack.declared.rule import DerivedField
from fupin_audit.rulepack.packs.pack import Pack

SHARDS = np.array([0, 0, 1, 1, 2, 2], dtype=np.int16)


def keys(*groups: tuple[int, ...], strong: bool, followed: bool = True) -> SharedKeys:
    """Rows that share a key, group by group; a weak one is followed on from rows that are not judged, or not."""
    rows = np.array([row for group in groups for row in group], dtype=np.int64)
    numbers = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return shared_keys([(rows, numbers)], own=[0] if strong else [], compared=[0] if followed else [])


@pytest.mark.parametrize(
    ("known", "seen"),
    [
        ([keys((0, 1), strong=True)], {}),
        ([keys((0, 2), strong=True)], {0: [2], 1: [0]}),
        # 2 comes with 3, which has its number
        ([keys((0, 2), strong=False), keys((2, 3), strong=True)], {0: [2, 3], 1: [0]}),
        # through 2, which is the same one as 0, 0 is set against 4 as well
        ([keys((0, 2), strong=True), keys((2, 4), strong=False)], {0: [2, 4], 1: [0, 4], 2: [0, 2]}),
        # unless no rule asks what 2 shares a phone with
        (
            [keys((0, 2), strong=True), keys((2, 4), strong=False, followed=False)],
            {0: [2], 1: [0, 4], 2: [0, 2]},
        ),
        # by a phone alone nobody leads on
        (
            [keys((0, 2), strong=False), keys((3, 4), strong=False), keys((2, 3), strong=True)],
            {0: [2, 3, 4], 1: [0, 4], 2: [0, 2, 3]},
        ),
    ],
)
def test_a_shard_sees_who_shares_a_key(known: list[SharedKeys], seen: dict[int, list[int]]) -> None:
    sight = Sight(SHARDS, known)
    found = sight.visitors()
    assert {shard: rows for shard in range(3) if (rows := sight.rows_of(found, shard).tolist())} == seen


def test_of_a_crowd_enough_is_seen_to_be_known_as_one() -> None:
    shards = np.repeat(np.array([0, 1], dtype=np.int16), 1500)
    sight = Sight(shards, [keys(tuple(range(3000)), strong=False)])
    assert [len(sight.rows_of(sight.visitors(), shard)) for shard in (0, 1)] == [0, 1001]


def sides(first: int, second: int, *every: tuple[int, int]) -> list[list[int]]:
    """How many rows of either side two shards see of each other, where half of both sides is the one's."""
    shards = np.arange(first + second, dtype=np.int16) % 2
    one, other = np.arange(first), np.arange(first, first + second)
    shared = shared_keys([(one, one * 0), (other, other * 0)], every=every)
    sight = Sight(shards, [shared])
    seen = [sight.rows_of(sight.visitors(), shard) for shard in (0, 1)]
    return [[int((rows < first).sum()), int((rows >= first).sum())] for rows in seen]


def test_two_sides_that_are_no_crowd_make_none_together() -> None:
    assert sides(800, 600) == [[400, 300], [400, 300]]


def test_beside_a_crowd_the_few_of_another_side_are_seen() -> None:
    # of the crowd the first 1001, half of which are one's own
    assert sides(3000, 4) == [[500, 2], [501, 2]]


def test_a_crowd_is_seen_whole_from_where_all_are_looked_at() -> None:
    assert sides(3000, 4, (1, 0)) == [[1500, 2], [1500, 2]]


def test_the_name_of_a_place_leads_to_rows_elsewhere() -> None:
    sight = Sight(SHARDS, [])
    here = np.array([0, 1]), np.array([7, 8], dtype=np.uint64)
    there = np.array([1, 2, 4]), np.array([7, 7, 9], dtype=np.uint64)
    assert sight.rows_of(led_to(sight, here, there), 0).tolist() == [2]


def test_followed_on_is_what_stands_behind_a_dot_and_what_that_is_made_of() -> None:
    phones = {"同话户", "同话成员"}
    known = catalogue()
    assert not phones & followed_on(known)
    own = DerivedField(
        field="本户电话", ledger="人口", value="户.同话户数", note="试", examples=({"=": None},)
    )
    pack = Pack(PackHead(id="own", title="own", extends="national"), RuleFile(derived=(own,)))
    assert phones | {"户"} <= followed_on(replace(known, packs=(*known.packs, pack)))


def relation(source: str, target: str, *pairs: tuple[str, str]) -> Relation:
    key: Pairs = pairs
    return Relation("往", source, target, (key,), many=True)


def test_ledgers_that_go_by_one_number_make_one_kind() -> None:
    found = key_kinds_of(
        [
            relation("户", "人口", ("户编号", "户编号")),
            relation("户年度", "户", ("户编号", "户编号"), ("年度", "年度")),
            relation("户", "户", ("联系电话", "联系电话")),
            relation("低保", "人口", ("姓名", "姓名"), ("出生", "出生")),
            relation("户", "村", ("县", "县"), ("村", "村")),
            relation("户", "车辆", ("户编号", "户编号")),
        ],
        ("户", "人口", "户年度", "低保", "村"),
    )
    assert [({title for title, _ in kind.sides}, bool(kind.own)) for kind in found.both_ways] == [
        ({"户", "人口"}, True),
        ({"户"}, False),
        ({"户", "户年度"}, False),
        ({"低保", "人口"}, False),
    ]
    kinds = [(kind.sides, kind.every) for kind in found.both_ways if not kind.own]
    assert kinds[0] == ((("户", ("联系电话",)),), frozenset())  # a crowd means nothing among themselves
    assert [every for sides, every in kinds if sides[0][0] == "低保"] == [{(0, 1)}]
    assert found.led == ((("户", ("县", "村")), ("村", ("县", "村"))),)
