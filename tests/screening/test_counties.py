"""Villages are held to those of their own county; small ones are put together, and said to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

import screen_county as made
from fupin_audit.results.place import Place
from fupin_audit.screening.all_screens import SCREENS, screen
from fupin_audit.screening.copied_households import same_incomes
from fupin_audit.screening.each_county import together
from fupin_audit.screening.frames import Book, Frames
from fupin_audit.screening.screened import Outcome, Screening

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
    round_ones = [test for test in screen(apart).outcomes["SCR-02"].tests if test.test == "整百"]
    assert len(round_ones) == VILLAGES
    assert min(test.p for test in round_ones if test.unit.at > VILLAGES // 2) > 0.1


def beside(one: Frames, other: Frames) -> Frames:
    """Two counties as one delivery: the second's places and households are others."""
    shift, homes = len(one.places), max(int(book.household.max()) for book in one.books.values()) + 1

    def added(title: str) -> Book:
        first, second = one.books[title], other.books[title]
        columns = {
            name: np.concatenate([first.columns[name], second.columns[name]]) for name in first.columns
        }
        known = np.where(second.household < 0, -1, second.household + homes)
        place = np.where(second.place == 0, 0, second.place + shift)
        return Book(columns, np.concatenate([first.place, place]), np.concatenate([first.household, known]))

    places = [*one.places, *(replace(place, county="乙县") for place in other.places)]
    return replace(
        one,
        books={title: added(title) for title in one.books},
        places=places,
        lines=lambda name, year: np.full(len(places), one.lines(name, year)[1]),
    )


def told_of(found: Screening, shift: int = 0, rows: dict[str, int] | None = None) -> set[tuple[object, ...]]:
    said = [(rule, test) for rule, outcome in found.outcomes.items() for test in outcome.tests]
    return {
        (rule, test.test, unit.at + shift, unit.level, unit.who, test.seen, test.p, *numbers)
        for rule, test in said
        for unit in [test.unit]
        for numbers in [(test.rows + (rows or {}).get(test.ledger, 0)).tolist()]
    }


def registered(frames: Frames) -> Frames:
    """With a register of the households, beside which checkers counted heads; every ninth time otherwise."""
    accounts, checks = frames.books["户年度"], frames.books["入户核查"]
    homes, first = np.unique(accounts.household, return_index=True)
    heads = 1.0 + homes % 5
    counted = heads[checks.household] + (np.arange(len(checks.place)) % 9 == 0)
    books = {
        "户": Book({"家庭人口": heads}, accounts.place[first], homes),
        "入户核查": replace(checks, columns={**checks.columns, "实有人口": counted}),
    }
    return replace(frames, books={**frames.books, **books})


def made_up(seed: int) -> Frames:
    """A county with something odd for most screens, and habits of its own."""
    county, rng = made.draw(seed, 12, 30), np.random.default_rng(seed)
    made.just_above(county, 2, 0.8, rng)
    made.one_vector(county, 3, 0.4, rng)
    made.times_one_factor(county, 4, 1.0, rng)
    made.two_days(county, 5, 1.0, rng)
    return made.frames_of(county)


@pytest.mark.parametrize("kept", [lambda frames: frames, registered], ids=["as-drawn", "with-a-register"])
def test_a_county_is_tested_beside_another_as_it_is_alone(kept: Callable[[Frames], Frames]) -> None:
    one, other = kept(made_up(5)), kept(one_county_all_round())
    both = screen(beside(one, other))
    rows = {title: len(book.place) for title, book in one.books.items()}
    assert told_of(both) == told_of(screen(one)) | told_of(screen(other), len(one.places), rows)
    assert {rule for rule, outcome in both.outcomes.items() if outcome.tests} == set(SCREENS)


def test_what_is_said_of_one_county_names_it() -> None:
    one, other = made_up(5), made.frames_of(made.draw(5, 4, 30))
    found = screen(beside(one, other)).outcomes["SCR-02"]
    assert "乙县：可比的村不足8个" in found.lacking
    assert {picture.title.split("：")[0] for picture in found.pictures} == {one.places[1].county, "乙县"}


def test_what_many_counties_lack_is_said_of_them_together() -> None:
    lacking = [["缺账", "太少"] if at < 5 else ["缺账", f"{at}个村太少"] for at in range(40)]
    counties = [(f"{at}县", Outcome(lacking=texts)) for at, texts in enumerate(lacking)]
    first, second, *others, last = together(counties).lacking
    assert (first, second) == ("缺账", "0县、1县、2县等5个县：太少")
    assert others == [f"{at}县：{at}个村太少" for at in range(5, 14)]
    assert last.endswith("等26个县也有没有检验的")


def test_what_nobody_knows_the_county_of_is_held_to_none() -> None:
    one = made_up(5)
    stray = made_up(6)
    books = {title: replace(book, place=book.place * 0) for title, book in stray.books.items()}
    assert told_of(screen(beside(one, replace(stray, books=books)))) == told_of(screen(one))


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
