"""SCR-01: where the incomes stand, which lines there are, who is left aside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import screen_county as made
from fupin_audit.screening.all_screens import screen
from fupin_audit.screening.frames import Book, Frames
from fupin_audit.screening.line_bunching import line_bunching
from fupin_audit.screening.screened import Screened

ODD = 7


def crowded(**given: float) -> Frames:
    county = made.draw(11)
    made.just_above(county, ODD, 1.0, np.random.default_rng(1))
    for name, value in given.items():
        county.account[name][county.village == ODD] = value
    return made.frames_of(county)


def of_village(frames: Frames) -> Screened:
    return next(
        test for test in line_bunching(frames).tests if (test.unit.at, test.unit.level) == (ODD, "村")
    )


@pytest.mark.parametrize(
    ("title", "field"), [("户", "人均纯收入"), ("监测对象", "消除后人均纯收入"), ("一般农户", "人均纯收入")]
)
def test_incomes_of_a_register_are_tested_where_there_is_no_yearly_account(title: str, field: str) -> None:
    frames = crowded()
    account = frames.books["户年度"]
    latest = np.flatnonzero(account.columns["年度"] == made.YEAR)
    register = Book(
        {field: account.columns["人均纯收入"][latest]}, account.place[latest], account.household[latest]
    )
    books = {name: book for name, book in frames.books.items() if name not in ("户", "户年度")}
    found = of_village(replace(frames, books={**books, title: register}))
    assert (found.ledger, found.field) == (title, field)
    assert found.p < 1e-6  # who is topped up is not known here


def test_who_is_topped_up_to_the_line_is_left_aside() -> None:
    assert of_village(crowded()).p < 1e-9
    assert ODD not in {
        test.unit.at for test in line_bunching(crowded(低保金=1200.0)).tests if test.unit.level == "村"
    }


def test_round_incomes_alone_are_no_crowd() -> None:
    assert of_village(crowded(人均纯收入=4000.0)).p == 1.0


def test_without_a_line_it_says_which_values_are_missing() -> None:
    frames = replace(crowded(), lines=lambda name, year: np.full(21, np.nan))
    (said,) = line_bunching(frames).lacking
    assert said == "参数“贫困线”“监测线”“收入目标”在本地没有2020年的值"


def test_two_lines_of_the_same_value_are_one() -> None:
    frames = replace(crowded(), lines=lambda name, year: np.full(21, made.LINE))
    assert {test.test for test in line_bunching(frames).tests} == {"紧贴贫困线"}


def test_a_village_that_stands_out_is_no_reason_to_tell_of_the_county() -> None:
    county = [test for test in line_bunching(crowded()).tests if test.unit.level == "县"]
    assert [test.p > 0.01 for test in county] == [True]
    whole = made.draw(11)
    for village in range(1, 21):
        made.just_above(whole, village, 0.25, np.random.default_rng(village))
    told = [test for test in line_bunching(made.frames_of(whole)).tests if test.unit.level == "县"]
    assert told[0].p < 1e-9


def test_a_recorder_of_several_villages_is_tested() -> None:
    frames = crowded()
    homes = np.arange(20 * 40)
    who = np.where(homes % 2 == 0, "甲", "乙").astype(object)
    survey = Book({"调查人": who}, frames.books["户"].place, homes)
    tests = line_bunching(replace(frames, books={**frames.books, "收入调查表": survey})).tests
    assert {test.unit.who for test in tests if test.unit.who} == {"甲", "乙"}


def test_a_recorder_who_stands_out_takes_no_village_out_of_the_county() -> None:
    county = made.draw(11)
    for village in range(1, 21):
        made.just_above(county, village, 0.1, np.random.default_rng(village))
    frames = made.frames_of(county)
    now = county.account["人均纯收入"]
    homes = np.arange(len(now))
    who = np.where((now >= made.LINE) & (now < made.LINE * 1.02), "甲", "乙").astype(object)
    survey = Book({"调查人": who}, frames.books["户"].place, homes)
    with_survey = line_bunching(replace(frames, books={**frames.books, "收入调查表": survey})).tests
    assert min(test.p for test in with_survey if test.unit.who == "甲") < 1e-3
    samples = [
        {test.sample for test in tests if test.unit.level == "县" and not test.unit.who}
        for tests in (line_bunching(frames).tests, with_survey)
    ]
    assert samples[0] == samples[1]


@pytest.mark.filterwarnings("error")
def test_a_county_without_a_line_is_not_tested_beside_one_that_has_it() -> None:
    frames = crowded()
    some = np.arange(21) < 2 * ODD
    places = [
        place if here else replace(place, county="乙县")
        for place, here in zip(frames.places, some.tolist(), strict=True)
    ]

    def lines(name: str, year: int) -> np.ndarray:
        return np.where(some, frames.lines(name, year), np.nan)

    found = screen(replace(frames, places=places, lines=lines), frozenset({"SCR-01"})).outcomes["SCR-01"]
    tested = {test.unit.at: test for test in found.tests if test.unit.level == "村"}
    assert tested.keys() == set(np.flatnonzero(some).tolist()) - {0}
    assert tested[ODD].p < 1e-6
    assert [text for text in found.lacking if text.startswith("乙县：参数“贫困线”")]
