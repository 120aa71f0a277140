"""A run cut into its counties, as each is held to nothing but itself, and what is said of them put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fupin_audit.screening.frames import Book, Frames
from fupin_audit.screening.screened import Outcome, Screened

_NAMED, _TOLD = 3, 10  # counties of which one thing is said; things
_PICTURED = 10  # counties whose pictures are shown of a screen, those first that stand out most


@dataclass(frozen=True)
class CountyPart:
    """The rows of one county.

    Attributes:
        county: its name.
        frames: they alone.
        rows: ledger → their numbers in the run.
    """

    county: str
    frames: Frames
    rows: Mapping[str, np.ndarray]

    def in_the_run(self, outcome: Outcome) -> Outcome:
        """What was said of the county, with the rows as the run counts them."""
        return replace(outcome, tests=[self._in_the_run(test) for test in outcome.tests])

    def _in_the_run(self, test: Screened) -> Screened:
        rows = self.rows[test.ledger]
        return replace(test, rows=rows[test.rows], unit=replace(test.unit, rows=rows[test.unit.rows]))


def each_county(frames: Frames) -> Iterator[CountyPart]:
    """The counties that rows are of, one after the other; all rows where there is none: nobody knows whose they are."""
    numbers = {name: frames.counties[book.place] for name, book in frames.books.items()}
    delivered = np.unique(np.concatenate([*numbers.values(), np.zeros(0, dtype=int)])).tolist()
    names = {number: name for number, name in _named(frames) if number in delivered}
    for number, name in names.items():
        rows = {title: np.flatnonzero(of_rows == number) for title, of_rows in numbers.items()}
        books = {title: _only(book, rows[title]) for title, book in frames.books.items()}
        yield CountyPart(name, replace(frames, books=books), rows)
    if not names:
        yield CountyPart("", frames, {title: book.rows for title, book in frames.books.items()})


def _named(frames: Frames) -> Iterator[tuple[int, str]]:
    for place, number in zip(frames.places, frames.counties.tolist(), strict=True):
        if place.county:
            yield number, place.county


def _only(book: Book, rows: np.ndarray) -> Book:
    return book if len(rows) == len(book.place) else book.only(rows)  # no copy of all of them


def together(outcomes: Sequence[tuple[str, Outcome]]) -> Outcome:
    """What one screen says of all counties; what is not of all of them names its county."""
    if len(outcomes) == 1:
        return outcomes[0][1]
    shown = sorted(outcomes, key=_least)[:_PICTURED]
    pictures = [
        replace(picture, title=f"{county}：{picture.title}")
        for county, outcome in outcomes
        if any(outcome is each for _, each in shown)
        for picture in outcome.pictures
    ]
    tests = [test for _, outcome in outcomes for test in outcome.tests]
    return Outcome(tests, _lacking(outcomes), pictures)


def _lacking(outcomes: Sequence[tuple[str, Outcome]]) -> list[str]:
    """What each county lacks: what all do is said once, the same of several together, of very many some."""
    of_text: dict[str, list[str]] = {}
    for county, outcome in outcomes:
        for text in dict.fromkeys(outcome.lacking):
            of_text.setdefault(text, []).append(county)
    everywhere = [text for text, counties in of_text.items() if len(counties) == len(outcomes)]
    own = {text: counties for text, counties in of_text.items() if text not in everywhere}
    said = [f"{_named_some(counties)}：{text}" for text, counties in list(own.items())[:_TOLD]]
    if left := {county for counties in list(own.values())[_TOLD:] for county in counties}:
        said.append(f"{_named_some(sorted(left))}也有没有检验的")
    return everywhere + said


def _named_some(counties: Sequence[str]) -> str:
    more = f"等{len(counties)}个县" if len(counties) > _NAMED else ""
    return "、".join(counties[:_NAMED]) + more


def _least(said: tuple[str, Outcome]) -> float:
    """How unlikely the most unlikely of a county's tests is."""
    return min((test.p for test in said[1].tests), default=1.0)
