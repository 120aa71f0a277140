"""Places, groups and checkers put together from the visits."""

from __future__ import annotations

import pytest

from drawn import COUNTY, frame, sample
from fupin_audit.followup.estimation.checkers import checker_rates
from fupin_audit.followup.estimation.estimating import ANY, Estimate, outcomes
from fupin_audit.followup.estimation.rates import Method
from fupin_audit.followup.estimation.returns import Returned, Returns
from fupin_audit.followup.sampling.manifest import Manifest
from fupin_audit.results.place import Place

VILLAGES = {("东镇", "一村"): 10, ("东镇", "二村"): 20, ("西乡", "三村"): 2}


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return sample(frame(VILLAGES)).manifest


def returns(manifest: Manifest) -> Returns:
    """All visits made."""
    rows = {
        visit.visit: Returned(at, visit.visit, visit.household, visit.head, "甲", ())
        for at, visit in enumerate(manifest.visits)
    }
    return Returns(rows, (), ())


def test_places_add_up(manifest: Manifest) -> None:
    failed = {visit.visit: visit.household.endswith("0") for visit in manifest.visits}
    found = Estimate(manifest, returns(manifest), {"住房": {code: not bad for code, bad in failed.items()}})
    whole = found.overall
    assert (whole.place, whole.households, whole.drawn) == (Place(), 32, len(manifest.visits))
    assert [item.place for item in found.counties] == [Place(COUNTY)]
    assert [item.place for item in found.towns] == [Place(COUNTY, "东镇"), Place(COUNTY, "西乡")]
    assert [item.place.village for item in found.villages] == ["一村", "二村", "三村"]
    for level in (found.counties, found.towns, found.villages):
        assert sum(item.households for item in level) == whole.households
        assert (
            sum(item.rates[ANY].failed for item in level) == whole.rates[ANY].failed == sum(failed.values())
        )
    weighed = sum(visit.weight * failed[visit.visit] for visit in manifest.visits)
    assert whole.rates["住房"].share == whole.rates[ANY].share == pytest.approx(weighed / 32)
    assert found.villages[2].rates[ANY].method is Method.COMPLETE


def test_any_difference_counts_and_what_is_unknown_does_not(manifest: Manifest) -> None:
    first, second, third, *others = (visit.visit for visit in manifest.visits)
    housing = {first: True, second: None, third: None}
    water = {first: False, second: True, third: None}
    rate = Estimate(manifest, returns(manifest), {"住房": housing, "饮水": water}).overall.rates[ANY]
    assert (rate.decided, rate.failed) == (2, 1)
    assert others


def test_groups_that_no_rule_judged_are_named(manifest: Manifest) -> None:
    judged = outcomes(
        manifest, lambda rules: {"FLD-03": {manifest.visits[0].household: False, "别的户": True}}
    )
    found = Estimate(manifest, returns(manifest), judged)
    assert judged == {"住房": {manifest.visits[0].visit: False}}
    assert "住房" not in found.unjudged
    assert "饮水" in found.unjudged


def test_a_checker_who_finds_much_more_stands_out() -> None:
    manifest = sample(frame({("东镇", f"{number}村"): 30 for number in range(8)})).manifest
    codes = [visit.visit for visit in manifest.visits]
    who = {code: "甲乙丙"[at % 3] for at, code in enumerate(codes)}
    verdicts = {code: who[code] != "丙" or at % 6 == 2 for at, code in enumerate(codes)}
    found = {rate.name: rate for rate in checker_rates(manifest, who, verdicts)}
    assert [rate.stands_out for rate in found.values()] == [True, True, True]
    assert found["丙"].share > found["丙"].expected > found["甲"].share
    few = checker_rates(manifest, who, dict.fromkeys(codes[:9], False))
    assert [(rate.decided, rate.stands_out) for rate in few] == [(3, False)] * 3
