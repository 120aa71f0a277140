"""Ledgers with no row, with nothing in them, with one village or nobody's: nothing is told, and nothing breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

import screen_county as made
from fupin_audit.screening.all_screens import SCREENS, screen
from fupin_audit.screening.frames import LOOKED_AT, Book, Frames

Change = Callable[[Book], Book]
TEXTS = ("调查人", "走访人", "内容", "核查人", "备注", "证件号码", "住房安全等级")


def without_rows(book: Book) -> Book:
    return Book(
        {name: values[:0] for name, values in book.columns.items()}, book.place[:0], book.household[:0]
    )


def blank(book: Book) -> Book:
    nothing = {name: np.full_like(values, None if values.dtype == object else np.nan) for name, values in book.columns.items()}  # fmt: skip
    return replace(book, columns=nothing)


def nobodys(book: Book) -> Book:
    return replace(book, place=book.place * 0, household=book.household * 0 - 1)


def all_alike(book: Book) -> Book:
    alike = {name: np.full_like(values, values[0]) for name, values in book.columns.items()}
    kept = {name: values for name, values in book.columns.items() if name == "年度"}
    return replace(book, columns={**alike, **kept})


def one_row(book: Book) -> Book:
    return Book(
        {name: values[:1] for name, values in book.columns.items()}, book.place[:1], book.household[:1]
    )


def negative(book: Book) -> Book:
    turned = {name: values if values.dtype == object or name == "年度" else -values for name, values in book.columns.items()}  # fmt: skip
    return replace(book, columns=turned)


def changed(frames: Frames, change: Change) -> Frames:
    return replace(frames, books={title: change(book) for title, book in frames.books.items()})


@pytest.fixture(scope="module")
def frames() -> Frames:
    return made.frames_of(made.draw(3, villages=9, households=12))


CHANGES: Mapping[str, Change] = {
    "no rows": without_rows,
    "blank": blank,
    "nobody's": nobodys,
    "one row": one_row,
    "negative": negative,
    "all alike": all_alike,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_odd_ledgers_break_nothing(frames: Frames, change: Change) -> None:
    found = screen(changed(frames, change))
    assert found.outcomes.keys() == SCREENS.keys()
    assert all(0 <= item.test.p <= 1 and item.test.p <= item.q <= 1 for item in found.weighed)
    assert all(outcome.tests or any(outcome.lacking) for outcome in found.outcomes.values())


@pytest.mark.parametrize("title", LOOKED_AT)
@pytest.mark.parametrize("change", [without_rows, blank, nobodys])
def test_one_odd_ledger_among_others_breaks_nothing(frames: Frames, title: str, change: Change) -> None:
    books = {**frames.books, **({title: change(frames.books[title])} if title in frames.books else {})}
    assert all(0 <= item.test.p <= 1 for item in screen(replace(frames, books=books)).weighed)


@pytest.mark.parametrize("title", LOOKED_AT)
def test_a_ledger_not_delivered_is_a_reason_or_is_not_needed(frames: Frames, title: str) -> None:
    books = {name: book for name, book in frames.books.items() if name != title}
    for outcome in screen(replace(frames, books=books)).outcomes.values():
        assert outcome.tests or any(outcome.lacking)


@pytest.mark.parametrize(
    ("title", "name"), [(title, name) for title, names in LOOKED_AT.items() for name in names]
)
def test_a_column_not_delivered_is_a_reason_or_is_not_needed(frames: Frames, title: str, name: str) -> None:
    if title not in frames.books:
        books = {**frames.books, title: Book({}, np.zeros(0, int), np.zeros(0, int))}
    else:
        book = frames.books[title]
        kept = {each: values for each, values in book.columns.items() if each != name}
        books = {**frames.books, title: replace(book, columns=kept)}
    for outcome in screen(replace(frames, books=books)).outcomes.values():
        assert outcome.tests or any(outcome.lacking)


def test_a_county_with_few_villages_is_not_held_to_itself() -> None:
    found = screen(made.frames_of(made.draw(3, villages=4, households=30)))
    assert {item.rule for item in found.weighed} == {"SCR-01", "SCR-03", "SCR-04", "SCR-07"}
    assert "可比的村不足8个" in " ".join(found.outcomes["SCR-09"].lacking)


def twice(book: Book) -> Book:
    columns = {name: np.concatenate([values, values]) for name, values in book.columns.items()}
    return Book(columns, np.tile(book.place, 2), np.tile(book.household, 2))


def _told(frames: Frames) -> set[tuple[object, ...]]:
    return {
        (item.rule, item.test.test, item.test.unit.at, item.test.seen, item.test.sample, item.test.p)
        for item in screen(frames).weighed
    }


@pytest.mark.parametrize("title", ["户年度", "户", "监测对象", "一般农户"])
def test_households_written_twice_count_once(title: str) -> None:
    """SCR-01 takes the incomes of the register where no yearly account has them."""
    county, rng = made.draw(3, villages=9, households=20), np.random.default_rng(3)
    made.one_vector(county, 3, 0.3, rng)
    made.just_above(county, 4, 1.0, rng)
    frames = made.frames_of(county)
    if title != "户年度":
        account = frames.books["户年度"]
        now = np.flatnonzero(account.columns["年度"] == made.YEAR)
        field = {"监测对象": "消除后人均纯收入"}.get(title, "人均纯收入")
        register = Book(
            {field: account.columns["人均纯收入"][now]}, account.place[now], account.household[now]
        )
        kept = {name: book for name, book in frames.books.items() if name not in ("户", "户年度")}
        frames = replace(frames, books={**kept, title: register})
    doubled = replace(frames, books={**frames.books, title: twice(frames.books[title])})
    assert _told(frames) == _told(doubled)
    assert {item.rule for item in screen(doubled).weighed} >= {"SCR-01"}


def test_a_checker_who_saw_households_twice_saw_no_more_of_them() -> None:
    county = made.draw(3, villages=20, households=20)
    frames = made.frames_of(county)
    doubled = replace(frames, books={**frames.books, "入户核查": twice(frames.books["入户核查"])})
    counted = [
        {item.test.seen.split("户")[0] for item in screen(each, frozenset({"SCR-06"})).weighed}
        for each in (frames, doubled)
    ]
    assert counted[0] == counted[1]
    assert counted[0]
