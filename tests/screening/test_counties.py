"""Villages are held to those of their own county; small ones are put together, and said to be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import screen_county as made
from fupin_audit.results.place import Place
from fupin_audit.screening.all_screens import screen
from fupin_audit.screening.copied_households import same_incomes
from fupin_audit.screening.digits import heaping
from fupin_audit.screening.frames import Frames

VILLAGES = 24


def in_two_counties(frames: Frames) -> Frames:
    half = VILLAGES // 2
    named = [
        replace(place, county="甲县" if at <= half else "乙县") for at, place in enumerate(frames.places)
    ]
    return replace(frames, places=[Place(), *named[1:]])


def one_county_all_round() -> Frames:
    county = made.draw(5, VILLAGES, 40)
    for village in range(VILLAGES // 2 + 1, VILLAGES + 1):
        made.all_round(county, village, 1.0, np.random.default_rng(village))
    return made.frames_of(county)


def test_a_custom_of_one_county_is_nothing_odd_there() -> None:
    apart = in_two_counties(one_county_all_round())
    round_ones = [test for test in heaping(apart).tests if test.test == "整百"]
    assert len(round_ones) == VILLAGES
    assert min(test.p for test in round_ones if test.unit.at > VILLAGES // 2) > 0.1


def test_tests_of_all_counties_are_corrected_together() -> None:
    county = made.draw(5, VILLAGES, 40)
    made.one_vector(county, 3, 0.5, np.random.default_rng(1))
    made.one_vector(county, 20, 0.5, np.random.default_rng(2))
    weighed = screen(in_two_counties(made.frames_of(county))).weighed
    told = {item.test.unit.at for item in weighed if item.q <= 0.01 and item.rule == "SCR-03"}
    assert told == {3, 20}


def test_small_villages_of_a_town_are_tested_together_and_it_is_said() -> None:
    found = same_incomes(made.frames_of(made.draw(5, VILLAGES, 6)))
    assert {test.unit.level for test in found.tests} == {"乡镇"}
    assert {test.unit.pooled for test in found.tests} == {9, 10, 5}
    assert list(found.lacking) == [f"{VILLAGES}个小村按乡镇合并检验"]


def test_what_is_too_small_together_is_left_out_and_it_is_said() -> None:
    found = same_incomes(made.frames_of(made.draw(5, 2, 4)))
    assert list(found.tests) == []
    assert list(found.lacking) == ["2个村数据太少，没有检验"]


def test_the_order_of_rows_changes_nothing() -> None:
    county = made.draw(5, 10, 30)
    made.one_vector(county, 3, 0.5, np.random.default_rng(1))
    frames = made.frames_of(county)
    turned = {
        title: replace(
            book,
            columns={name: values[::-1] for name, values in book.columns.items()},
            place=book.place[::-1],
            household=book.household[::-1],
        )
        for title, book in frames.books.items()
    }
    one, other = (
        {
            (item.rule, item.test.test, item.test.unit.at, item.test.unit.who, item.test.p)
            for item in screen(each).weighed
        }
        for each in (frames, replace(frames, books=turned))
    )
    assert one == other
