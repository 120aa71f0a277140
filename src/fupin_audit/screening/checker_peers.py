"""SCR-06: a checker who finds far fewer, or far more, differences than the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fupin_audit.screening.counties import caterpillar
from fupin_audit.screening.frames import Book, Frames, Unit
from fupin_audit.screening.peers import ENOUGH, held_to_peers
from fupin_audit.screening.screened import Outcome, Screened
from fupin_audit.screening.yearly_accounts import latest_accounts

_CHECK, _WHO = "入户核查", "核查人"
_AMOUNTS = ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "人均纯收入")
_TOLERANCE = 0.1  # of the recorded amount
_LEAST_VISITS = 10


def checkers(frames: Frames) -> Outcome:
    """Holds every checker's share of differing entries to that of the others."""
    if lacking := frames.lacks(_CHECK, _WHO):
        return Outcome(lacking=[lacking])
    book = frames.books[_CHECK]
    compared, differing = _differences(frames, book)
    units = frames.people(book.columns[_WHO], book.place, np.flatnonzero(compared > 0), _LEAST_VISITS)
    counts = np.array([int(differing[unit.rows].sum()) for unit in units])
    of = np.array([int(compared[unit.rows].sum()) for unit in units])
    tests = list(_tests(book, units, counts, of))
    lacking_all = [] if tests else [f"核查{_LEAST_VISITS}户以上的核查人不足{ENOUGH}名"]
    picture = caterpillar("各核查人发现不符的比例（线是95%区间）", frames, units, counts, of)
    return Outcome(tests, lacking_all, picture)


def _tests(book: Book, units: Sequence[Unit], counts: np.ndarray, of: np.ndarray) -> Iterator[Screened]:
    for at, peers in enumerate(held_to_peers(counts, of)):
        if peers:
            unit, share = units[at], counts[at] / of[at]
            more = "多" if share > peers.usual else "少"
            homes = len(np.unique(book.household[unit.rows]))
            seen = (
                f"查了{homes}户{of[at]}项，{counts[at]}项与系统不符（{share:.1%}），"
                f"其余核查人为{peers.usual:.1%}，发现得偏{more}"
            )
            effect = f"相差{abs(share - peers.usual):.1%}"
            yield Screened(unit, _CHECK, _WHO, "核查人", seen, peers.either, effect, f"{of[at]}项", unit.rows)


def _differences(frames: Frames, book: Book) -> tuple[np.ndarray, np.ndarray]:
    """For every check: how many entries can be compared with the records, and how many differ."""
    compared, differing = np.zeros(len(book.place), int), np.zeros(len(book.place), int)
    for seen, recorded in _sides(frames, book):
        both = _filled(seen) & _filled(recorded)
        compared += both
        differing += both & _unlike(seen, recorded)
    return compared, differing


def _sides(frames: Frames, book: Book) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """What was seen beside what is recorded, row by row of the checks."""
    register, accounts = frames.books.get("户"), latest_accounts(frames)
    if register:
        rows = _rows_by_household(register, np.arange(len(register.place)), book.household)
        for name, other in (("实有人口", "家庭人口"), ("饮水安全", "饮水安全")):
            if name in book.columns and other in register.columns:
                yield book.columns[name], _looked_up(register.columns[other], rows)
    if accounts:
        rows = _rows_by_household(accounts.book, accounts.rows, book.household)
        for name in ("住房安全等级", *_AMOUNTS):
            if name in book.columns and name in accounts.book.columns:
                yield book.columns[name], _looked_up(accounts.book.columns[name], rows)


def _rows_by_household(account: Book, rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The account's row of each household wanted; -1 where there is none."""
    highest = int(max(account.household.max(initial=-1), wanted.max(initial=-1)))
    at = np.full(highest + 2, -1)
    placed = rows[account.household[rows] >= 0]
    at[account.household[placed]] = placed
    return np.where(wanted >= 0, at[wanted], -1)


def _looked_up(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The values of those rows; blank where there is no row."""
    blank = np.array([None if values.dtype == object else np.nan], dtype=values.dtype)
    return np.concatenate([values, blank])[np.where(rows >= 0, rows, len(values))]


def _filled(values: np.ndarray) -> np.ndarray:
    if values.dtype == object:
        return np.array([value is not None for value in values], dtype=bool)
    return np.asarray(np.isfinite(values))


def _unlike(seen: np.ndarray, recorded: np.ndarray) -> np.ndarray:
    if seen.dtype == object or recorded.dtype == object:
        return np.asarray(seen != recorded)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(seen - recorded) > np.maximum(_TOLERANCE * np.abs(recorded), 0.5))
