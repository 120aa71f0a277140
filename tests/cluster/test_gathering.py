"""What shards say of a rule, put together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pytest

from fupin_audit.cluster.gathering import gathered_areas, gathered_counts, gathered_gaps
from fupin_audit.engine.loaded.place_counts import PlaceCounts, PrintedPlaces
from fupin_audit.engine.telling.rule_runs import ToldRule
from fupin_audit.engine.telling.suspects import Grounds
from fupin_audit.results.finding import Severity
from fupin_audit.results.place import Place
from fupin_audit.results.rule_run import Counts, RuleRun

HERE, THERE, TOWN = Place("甲县"), Place("乙县"), Place("甲县", "柳林镇")
PLACES = PrintedPlaces([Place(), HERE, THERE])


def by_place(counted: Mapping[Place, Counts]) -> PlaceCounts:
    """The same as an engine has them: what lies in none of its places beside the others."""
    known = [place for place in PLACES.names if place in counted]
    verdicts = [(each.passed, each.failed, each.undecided) for each in map(counted.__getitem__, known)]
    numbers = np.array([PLACES.first[place] for place in known], dtype=np.int32)
    others = {place: each for place, each in counted.items() if place not in known}
    return PlaceCounts(PLACES, numbers, np.array(verdicts, dtype=np.int64).reshape(-1, 3), others)


def said(
    counted: Mapping[Place, Counts] | None,
    *gaps: str,
    lacking: Mapping[str, frozenset[int]] = MappingProxyType({}),
) -> ToldRule:
    run = RuleRun("X-01", "", Severity.ERROR, "ran")
    verdicts = None if counted is None else by_place(counted)
    return ToldRule(run, (), Grounds(), (), counted=verdicts, gaps=gaps, lacking=lacking)


@pytest.mark.parametrize(
    ("shards", "total"),
    [
        ([{HERE: Counts(1, 2, 3)}, {THERE: Counts(1)}], {HERE: Counts(1, 2, 3), THERE: Counts(1)}),
        ([{HERE: Counts(1)}, {HERE: Counts(failed=1)}], {HERE: Counts(1, 1)}),
        ([{TOWN: Counts(1)}, {TOWN: Counts(1), HERE: Counts(2)}], {TOWN: Counts(2), HERE: Counts(2)}),
        ([None, {THERE: Counts(1)}], {THERE: Counts(1)}),
        ([None, {}], None),
        ([{}, {}], {}),
        ([None, None], None),
        (
            [{HERE: Counts(1)}, {HERE: Counts(2), THERE: Counts(0, 1)}, {HERE: Counts(0, 0, 3)}],
            {HERE: Counts(3, 0, 3), THERE: Counts(0, 1)},
        ),
        ([], {}),
    ],
)
def test_verdicts_are_added(
    shards: list[Mapping[Place, Counts] | None], total: Mapping[Place, Counts] | None
) -> None:
    assert gathered_counts([said(counted) for counted in shards]) == total


def test_where_nothing_was_judged_is_put_together_ledger_by_ledger() -> None:
    shards = [
        said({}, lacking={"户": frozenset({1, 2}), "人口": frozenset({1})}),
        said({}),
        said({}, lacking={"户": frozenset({3})}),
    ]
    assert gathered_areas(shards) == {"户": frozenset({1, 2, 3}), "人口": frozenset({1})}
    assert gathered_areas([said({})]) == {}


def test_a_place_without_verdicts_has_none() -> None:
    counts = by_place({HERE: Counts(1)})
    assert [place in counts for place in (HERE, THERE, TOWN)] == [True, False, False]


def test_what_one_county_lacks_stands_where_it_stands_there() -> None:
    shards = [said({}, "甲", "甲县缺", "乙"), said({}, "甲", "乙县缺", "乙", "丙")]
    assert gathered_gaps(shards) == ("甲", "甲县缺", "乙县缺", "乙", "丙")


@pytest.mark.parametrize(
    ("shards", "gaps"),
    [
        ([["甲", "甲", "乙"]], ["甲", "乙"]),
        ([["甲"], ["乙"]], ["甲", "乙"]),
        ([["乙"], ["甲", "乙"]], ["甲", "乙"]),
        ([["甲", "丙"], ["乙", "丁", "丙", "戊"]], ["甲", "乙", "丁", "丙", "戊"]),
        ([[], ["甲"]], ["甲"]),
    ],
)
def test_a_gap_is_told_once_before_what_follows_it(shards: list[list[str]], gaps: list[str]) -> None:
    assert [*gathered_gaps([said({}, *each) for each in shards])] == gaps
