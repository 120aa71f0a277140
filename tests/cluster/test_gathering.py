"""What shards say of a rule, put together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fupin_audit.cluster.gathering import gathered_counts, gathered_gaps
from fupin_audit.engine.telling.rule_runs import ToldRule
from fupin_audit.engine.telling.suspects import Grounds
from fupin_audit.results.finding import Severity
from fupin_audit.results.place import Place
from fupin_audit.results.rule_run import Counts, RuleRun

HERE, THERE = Place("甲县"), Place("乙县")


def said(counted: Mapping[Place, Counts] | None, *gaps: str) -> ToldRule:
    run = RuleRun("X-01", "", Severity.ERROR, "ran")
    return ToldRule(run, (), Grounds(), (), counted=counted, gaps=gaps)


@pytest.mark.parametrize(
    ("shards", "total"),
    [
        ([{HERE: Counts(1, 2, 3)}, {THERE: Counts(1)}], {HERE: Counts(1, 2, 3), THERE: Counts(1)}),
        ([{HERE: Counts(1)}, {HERE: Counts(failed=1)}], {HERE: Counts(1, 1)}),
        ([None, {THERE: Counts(1)}], {THERE: Counts(1)}),
        ([None, {}], None),
        ([{}, {}], {}),
    ],
)
def test_verdicts_are_added(
    shards: list[Mapping[Place, Counts] | None], total: Mapping[Place, Counts] | None
) -> None:
    assert gathered_counts([said(counted) for counted in shards]) == total


def test_what_one_county_lacks_stands_where_it_stands_there() -> None:
    shards = [said({}, "甲", "甲县缺", "乙"), said({}, "甲", "乙县缺", "乙", "丙")]
    assert gathered_gaps(shards) == ("甲", "甲县缺", "乙县缺", "乙", "丙")
