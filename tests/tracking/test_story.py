"""Three months of a county, told before anything followed findings up: what is said of each is what was written."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fupin_audit.results.tracking import State, TrackCounts, Tracked, Tracking
from tracking.drops import story

pytestmark = pytest.mark.slow
MONTHS = tuple(story()["months"])
LATER = MONTHS[1:]


def numbers(counts: TrackCounts | None, names: Mapping[str, int]) -> Mapping[str, int]:
    found = counts or TrackCounts({})
    return {name: found.overdue if name == "逾期" else found[State(name)] for name in names}


@pytest.mark.parametrize("month", MONTHS)
def test_the_county_stands_as_the_story_says(month: str, told: Mapping[str, Tracking]) -> None:
    expected = story()["months"][month]["expected"]["county"]
    assert numbers(told[month].counts, expected) == expected


@pytest.mark.parametrize("month", MONTHS)
def test_the_towns_stand_as_the_story_says(month: str, told: Mapping[str, Tracking]) -> None:
    by_town = told[month].by(lambda item: [item.followed.place.town or "未定位"])
    for town, expected in story()["months"][month]["expected"]["towns"].items():
        whole = {**dict.fromkeys(State, 0), **expected}
        assert (town, numbers(by_town.get(town), whole)) == (town, whole)


@pytest.mark.parametrize("month", LATER)
def test_what_is_due_claimed_and_verified_is_as_the_story_says(
    month: str, told: Mapping[str, Tracking]
) -> None:
    expected, found = story()["months"][month]["expected"], told[month]
    assert [found.completion.done, found.completion.due] == expected["完成率"]
    assert rules(found.false_closures) == expected["虚假销号"]
    assert len(found.silent) == expected["未报已改"]
    assert {rule: [rate.true, rate.verified] for rule, rate in found.hit_rates.items()} == expected["命中"]


def rules(items: tuple[Tracked, ...]) -> list[str]:
    return sorted(item.followed.rule for item in items)


def test_the_months_go_on(told: Mapping[str, Tracking]) -> None:
    """What the history says of earlier months is what was said then."""
    last = told[MONTHS[-1]]
    assert [month.day for month in last.months] == [story()["months"][month]["日期"] for month in MONTHS]
    for month, kept in zip(MONTHS, last.months, strict=True):
        assert {state: kept.counts[state] for state in State} == {
            state: told[month].counts[state] for state in State
        }
        assert kept.counts.overdue == told[month].counts.overdue


def test_what_was_not_delivered_says_why(told: Mapping[str, Tracking]) -> None:
    reasons = {item.followed.rule: item.reason for item in told["二月"].having(State.UNVERIFIED)}
    assert reasons == {
        "ID-11": "未交付台账“残疾人”",
        "SEC-14": "未交付台账“残疾人”",
        "SEC-13": "未交付台账“残疾人”",
    }


def test_who_answers_for_what_is_mended_is_known_from_this_drop(told: Mapping[str, Tracking]) -> None:
    mended = {item.followed.rule: item for item in told["三月"].having(State.MENDED)}
    assert [who.office for who in mended["SEC-14"].responsible] == ["县残联"]


def test_a_waiver_that_ran_out_is_told(told: Mapping[str, Tracking]) -> None:
    assert [text for text in told["三月"].complaints if "到期" in text] == [
        "：99010000010001 STA-02 的豁免已在 2021-02-28 到期，重新计入"
    ]
    assert told["二月"].complaints == ()
