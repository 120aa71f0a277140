"""SCR-05 and SCR-10: visits of a whole village on a day or two, by one person, in the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fupin_audit.results.pictures import Picture
from fupin_audit.screening.counties import TOO_FEW, funnel, left_out
from fupin_audit.screening.frames import Book, Frames, Unit
from fupin_audit.screening.peers import held_to_peers
from fupin_audit.screening.screened import Outcome, Screened

_DAYS = 2
_COPIES = 3  # households of a village with the same words
_VILLAGES = 3  # with the same words: a set phrase
_SHORTEST = 6  # characters that say something of their own
_NO_WORDS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class _Calls:
    """A ledger of visits, and its columns: the day, who came, what was written."""

    ledger: str
    day: str
    who: str
    words: str


_LEDGERS = (_Calls("走访记录", "日期", "走访人", "内容"), _Calls("入户核查", "核查日期", "核查人", "备注"))


def same_days(frames: Frames) -> Outcome:
    """SCR-05: most visits of a village on its two busiest days, or most of its households by one person in a day."""
    said, tests, pictures = list[str](), list[Screened](), list[Picture]()
    for calls in _LEDGERS:
        if lacking := frames.lacks(calls.ledger, calls.day, calls.who):
            said.append(lacking)
            continue
        book = frames.books[calls.ledger]
        dated = np.flatnonzero(np.isfinite(book.columns[calls.day]) & (book.household >= 0))
        units = frames.villages(book.place, dated)
        before = len(tests)
        for name, title, looked in (
            ("集中在两天", f"各村{calls.ledger}集中在最多的两天的比例", _busiest_days),
            ("一人一天", f"各村{calls.ledger}一人一天走得最多的户占全村的比例", _busiest_person),
        ):
            counted = [looked(book, calls, unit) for unit in units]
            tests += _against_peers(calls.ledger, name, units, counted)
            pictures += funnel(title, frames, units, *_sizes(counted))
        said += left_out(frames, book.place, dated, units)
        said += [] if len(tests) > before else [f"{calls.ledger}{TOO_FEW}"]
    return Outcome(tests, said, pictures)


@dataclass(frozen=True)
class _LikeVisits:
    """The rows of a unit that are alike.

    Attributes:
        rows: those alike.
        of: of how many.
        unit: how those are counted: 次, 户, 条.
        field: the field in which they are alike.
        said: what is said of them.
    """

    rows: np.ndarray
    of: int
    unit: str
    field: str
    said: str


def _busiest_days(book: Book, calls: _Calls, unit: Unit) -> _LikeVisits:
    days = book.columns[calls.day][unit.rows]
    known, numbers = np.unique(days, return_counts=True)
    most = known[np.argsort(-numbers, kind="stable")[:_DAYS]]
    rows = unit.rows[np.isin(days, most)]
    dates = "、".join(str(np.datetime64(int(day), "D")) for day in sorted(most.tolist()))
    said = f"{len(unit.rows)}次{calls.ledger}中有{len(rows)}次集中在{dates}"
    return _LikeVisits(rows, len(unit.rows), "次", calls.day, said)


def _busiest_person(book: Book, calls: _Calls, unit: Unit) -> _LikeVisits:
    """Whom one person saw on one day, a row a household."""
    who, days = book.columns[calls.who][unit.rows], book.columns[calls.day][unit.rows]
    trips: dict[tuple[str, float], dict[int, int]] = {}
    for row, name, day in zip(unit.rows.tolist(), who, days.tolist(), strict=True):
        if name:
            trips.setdefault((name, day), {}).setdefault(int(book.household[row]), row)
    households = len(np.unique(book.household[unit.rows]))
    if not trips:
        return _LikeVisits(unit.rows[:0], households, "户", calls.day, f"{households}户都没有写{calls.who}")
    (name, day), seen = max(trips.items(), key=lambda item: len(item[1]))
    date = np.datetime64(int(day), "D")
    rows = np.array(sorted(seen.values()))
    said = f"{households}户中有{len(rows)}户是{name}在{date}一天{calls.ledger[:2]}的"
    return _LikeVisits(rows, households, "户", calls.day, said)


def _against_peers(
    ledger: str, test: str, units: Sequence[Unit], counted: Sequence[_LikeVisits]
) -> Iterator[Screened]:
    for unit, seen, peers in zip(units, counted, held_to_peers(*_sizes(counted)), strict=True):
        if peers:
            share = len(seen.rows) / seen.of
            yield Screened(
                unit,
                ledger,
                seen.field,
                f"{ledger}{test}",
                f"{seen.said}（{share:.0%}），其余各村为{peers.usual:.0%}",
                peers.high,
                f"相差{share - peers.usual:.0%}",
                f"{seen.of}{seen.unit}",
                seen.rows,
            )


def _sizes(counted: Sequence[_LikeVisits]) -> tuple[np.ndarray, np.ndarray]:
    """How many are alike, unit by unit, and of how many."""
    return np.array([len(seen.rows) for seen in counted]), np.array([seen.of for seen in counted])


def same_words(frames: Frames) -> Outcome:
    """SCR-10: the same words of several households, which are no set phrase of the county."""
    said, tests, pictures = list[str](), list[Screened](), list[Picture]()
    for calls in _LEDGERS:
        if lacking := frames.lacks(calls.ledger, calls.words):
            said.append(lacking)
            continue
        book = frames.books[calls.ledger]
        words = np.array([_plain(text) for text in book.columns[calls.words]], dtype=object)
        written = np.flatnonzero([len(text) >= _SHORTEST for text in words])
        units = frames.villages(book.place, written)
        own = _without_phrases(words, book.place, written)
        counted = [_copied(book, calls, unit, own) for unit in units]
        found = list(_against_peers(calls.ledger, "同样的话", units, counted))
        tests += found
        title = f"各村{calls.ledger}照抄同一句话的比例"
        pictures += funnel(title, frames, units, *_sizes(counted))
        said += left_out(frames, book.place, written, units)
        said += [] if found else [f"{calls.ledger}{TOO_FEW}"]
    return Outcome(tests, said, pictures)


def _plain(text: str | None) -> str:
    """A text without digits, spaces and punctuation."""
    return _NO_WORDS.sub("", text) if text else ""


def _without_phrases(words: np.ndarray, place: np.ndarray, written: np.ndarray) -> np.ndarray:
    """The texts, empty where villages enough have the same."""
    villages: dict[str, set[int]] = {}
    for row in written.tolist():
        villages.setdefault(words[row], set()).add(int(place[row]))
    own = np.full(len(words), "", dtype=object)
    own[written] = [words[row] if len(villages[words[row]]) < _VILLAGES else "" for row in written.tolist()]
    return own


def _copied(book: Book, calls: _Calls, unit: Unit, own: np.ndarray) -> _LikeVisits:
    """The rows of a unit with the text that most households have."""
    of_text: dict[str, set[int]] = {}
    for row in unit.rows.tolist():
        if own[row]:
            of_text.setdefault(own[row], set()).add(int(book.household[row]))
    often = Counter({text: len(homes) for text, homes in of_text.items() if len(homes) >= _COPIES})
    if not often:
        alone = f"{len(unit.rows)}条{calls.words}各不相同"
        return _LikeVisits(unit.rows[:0], len(unit.rows), "条", calls.words, alone)
    text, homes = often.most_common(1)[0]
    rows = unit.rows[own[unit.rows] == text]
    said = f"{len(unit.rows)}条{calls.words}中有{len(rows)}条是同一句话，写在{homes}户名下"
    return _LikeVisits(rows, len(unit.rows), "条", calls.words, said)
