"""Honest counties are hardly ever told of, and what is planted in one village is found in that village alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import binom

import screen_county as made
from fupin_audit.rulepack.checks.checking import SCREENS as DECLARED
from fupin_audit.screening.all_screens import SCREENS, screen
from fupin_audit.screening.frames import Frames
from fupin_audit.screening.screened import Weighed

COUNTIES = 30
SHARE, ERROR = 0.05, 0.001
WARNS = 0.01
ODD = 7

Plant = Callable[[made.County, int, float, np.random.Generator], None]
PLANTED: dict[str, Plant] = {
    "SCR-01": made.just_above,
    "SCR-02": made.all_round,
    "SCR-03": made.one_vector,
    "SCR-04": made.times_one_factor,
    "SCR-05": made.two_days,
    "SCR-07": made.twin_households,
    "SCR-08": made.even_first_digits,
    "SCR-09": made.alike_changes,
    "SCR-10": made.two_days,
}


def warned(frames: Frames) -> list[Weighed]:
    return [item for item in screen(frames).weighed if item.q <= WARNS]


def test_every_declared_screen_is_run() -> None:
    assert tuple(SCREENS) == DECLARED


def test_honest_counties_are_told_of_no_more_often_than_promised() -> None:
    told = sum(bool(warned(made.frames_of(made.draw(seed)))) for seed in range(COUNTIES))
    assert binom.sf(told - 1, COUNTIES, SHARE) > ERROR


@pytest.mark.parametrize("rule", PLANTED)
def test_a_village_made_up_whole_is_found_and_no_other(rule: str) -> None:
    county = made.draw(902, villages=20, households=60)
    PLANTED[rule](county, ODD, 1.0, np.random.default_rng(1))
    found = warned(made.frames_of(county))
    assert rule in {item.rule for item in found}
    assert {item.test.unit.at for item in found} == {ODD}


def test_a_checker_who_did_not_go_is_found() -> None:
    county = made.draw(900, villages=60, households=20)
    made.nothing_found(county, ODD, 1.0, np.random.default_rng(1))
    found = warned(made.frames_of(county))
    assert {(item.rule, item.test.unit.who) for item in found} == {("SCR-06", f"核查人{ODD}")}
