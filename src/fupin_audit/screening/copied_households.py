"""SCR-03 and SCR-07: households with the same figures.

How likely a household has another's figures is the product of how often each of them occurs among all other households
of the county, the rarest left out: one tie, such as one plant's wages, is forgiven. What is nothing (0, blank) or what
everybody has counts for next to nothing. That `others` further ones of the village have them is a binomial tail, times
the households that might have been copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fupin_audit.screening import chance
from fupin_audit.screening.counties import left_out
from fupin_audit.screening.frames import Book, Frames, Unit, grouped
from fupin_audit.screening.screened import Outcome, Screened
from fupin_audit.screening.yearly_accounts import ACCOUNT, PARTS, latest_accounts, without_accounts

_COPIES = 3  # households with the same incomes
_TELLING = 2  # incomes that are not nothing
_PERSONS, _PROPERTY = "人口", ("耕地面积", "住房面积")
_AGREEING, _DIFFERING = 4, 1  # figures of two households of people of the same ages
_BIRTH = slice(6, 10)
_LONG, _SHORT = 18, 15


@dataclass(frozen=True)
class _Figures:
    """Figures of households, a row each: as written, as numbers of values, and how often each value occurs.

    Attributes:
        values: by household and figure; 0 where blank.
        codes: by household and figure: the number of the value.
        common: figure → number of the value → households of the county with it.
    """

    rows: np.ndarray
    values: np.ndarray
    codes: np.ndarray
    common: Sequence[np.ndarray]
    total: int


def same_incomes(frames: Frames) -> Outcome:
    """SCR-03: the same incomes in three households or more of a village."""
    accounts = latest_accounts(frames)
    parts = [name for name in PARTS if accounts and name in accounts.book.columns]
    if accounts is None or len(parts) < _TELLING + 1:
        return Outcome(lacking=[without_accounts(frames, *PARTS)])
    units = frames.villages(accounts.book.place, accounts.rows)
    figures = _figures(accounts.book, parts, _rows_of(units))
    tests = [_copied(unit, figures, accounts.book, parts) for unit in units]
    lacking = left_out(frames, accounts.book.place, accounts.rows, units)
    return Outcome(tests, lacking if tests else lacking or ["没有一个村的数据够检验"])


def _rows_of(units: Sequence[Unit]) -> np.ndarray:
    return np.concatenate([*(unit.rows for unit in units), np.zeros(0, dtype=int)])


def _figures(book: Book, names: Sequence[str], rows: np.ndarray) -> _Figures:
    values = np.column_stack([np.nan_to_num(book.columns[name][rows]) for name in names])
    codes, common = np.empty(values.shape, dtype=np.int64), list[np.ndarray]()
    for at in range(values.shape[1]):
        _, codes[:, at], numbers = np.unique(values[:, at], return_inverse=True, return_counts=True)
        common.append(numbers)
    return _Figures(rows, values, codes, common, len(rows))


def _copied(unit: Unit, figures: _Figures, book: Book, parts: Sequence[str]) -> Screened:
    """The group of households of a village least likely to be alike by chance; p is 1 where there is none."""
    inside = np.isin(figures.rows, unit.rows)
    at, size = np.flatnonzero(inside), int(inside.sum())
    vectors, first, group, numbers = np.unique(
        figures.codes[at], axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    group = group.reshape(-1)
    best, p = -1, 1.0
    for number in np.flatnonzero(numbers >= _COPIES).tolist():
        telling = figures.values[at[first[number]]] != 0
        if telling.sum() >= _TELLING:
            likely = _likely(figures, vectors[number], telling, int(numbers[number]))
            tail = min(1.0, size * chance.at_least(int(numbers[number]) - 1, size - 1, likely))
            best, p = (number, tail) if tail < p else (best, p)
    rows = figures.rows[at[group == best]] if best >= 0 else unit.rows[:0]
    return Screened(unit, ACCOUNT, parts[0], "收入各项相同", *_told(book, parts, rows, size, p), rows=rows)


def _told(
    book: Book, parts: Sequence[str], rows: np.ndarray, size: int, p: float
) -> tuple[str, float, str, str]:
    if not len(rows):
        return "没有三户以上收入各项完全相同", 1.0, "0户", f"{size}户"
    written = (
        f"{name}{book.columns[name][rows[0]]:g}元" for name in parts if book.columns[name][rows[0]] > 0
    )
    seen = f"{size}户中有{len(rows)}户的收入各项完全相同（{'、'.join(written)}）"
    return seen, p, f"{len(rows)}户相同", f"{size}户"


def _likely(figures: _Figures, codes: np.ndarray, telling: np.ndarray, size: int) -> float:
    """How likely a household of the county has these figures, the rarest forgiven."""
    others = figures.total - size
    shares = [
        (figures.common[at][codes[at]] - size + 1) / (others + 1) for at in np.flatnonzero(telling).tolist()
    ]
    return float(np.prod(np.clip(sorted(shares)[1:], 0, 1)))


def near_duplicates(frames: Frames) -> Outcome:
    """SCR-07: two households of people of the same ages, with all figures alike but one."""
    accounts = latest_accounts(frames)
    names = [name for name in (*PARTS, *_PROPERTY) if accounts and name in accounts.book.columns]
    if accounts is None or len(names) < _AGREEING + _DIFFERING:
        return Outcome(lacking=[without_accounts(frames, *PARTS, *_PROPERTY)])
    ages = _ages(frames)
    if ages is None:
        return Outcome(lacking=[frames.lacks(_PERSONS, "证件号码")])
    book, known = accounts.book, accounts.rows[accounts.book.household[accounts.rows] >= 0]
    units = frames.villages(book.place, known)
    figures = _figures(book, names, _rows_of(units))
    tests = [_nearly_alike(unit, figures, ages[book.household[figures.rows]]) for unit in units]
    lacking = left_out(frames, book.place, known, units)
    return Outcome(tests, lacking if tests else lacking or ["没有一个村的数据够检验"])


def _ages(frames: Frames) -> np.ndarray | None:
    """Household → a number that stands for the years its members were born in; 0 where fewer than two are known."""
    persons = frames.books.get(_PERSONS)
    if persons is None or not {"证件号码", "出生日期"} & persons.columns.keys():
        return None
    born = _born(persons)
    highest = max((int(book.household.max(initial=-1)) for book in frames.books.values()), default=-1)
    found = np.zeros(highest + 1, dtype=np.int64)
    theirs = np.flatnonzero(persons.household >= 0)
    oldest_first = theirs[np.argsort(born[theirs], kind="stable")]
    for household, members in grouped(persons.household[oldest_first], oldest_first):
        years = born[members]
        if len(years) > 1 and years.all():
            found[household] = hash(tuple(years.tolist())) or 1
    return found


def _born(persons: Book) -> np.ndarray:
    """The year each person was born in; 0 where it can't be told."""
    if "证件号码" not in persons.columns:
        days = persons.columns["出生日期"]
        years = np.nan_to_num(days, nan=0).astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
        return np.where(np.isfinite(days), years, 0)
    return np.array([_year(number) for number in persons.columns["证件号码"]], dtype=np.int64)


def _year(number: str | None) -> int:
    if number and len(number) == _LONG and number[_BIRTH].isdecimal():
        return int(number[_BIRTH])
    return 1900 + int(number[6:8]) if number and len(number) == _SHORT and number[6:8].isdecimal() else 0


def _nearly_alike(unit: Unit, figures: _Figures, ages: np.ndarray) -> Screened:
    """The households of a village least likely to be so alike by chance."""
    at = np.flatnonzero(np.isin(figures.rows, unit.rows))
    same = at[ages[at] != 0]
    best, p = np.zeros(0, dtype=int), 1.0
    known, group, numbers = np.unique(ages[same], return_inverse=True, return_counts=True)
    for number in np.flatnonzero(numbers > 1).tolist():
        alike = _cluster(figures, same[group == number])
        if len(alike) > 1:
            tail = _by_chance(figures, alike, len(at), int((ages == known[number]).sum()))
            best, p = (alike, tail) if tail < p else (best, p)
    seen = f"有{len(best)}户成员年龄、收入、土地、住房几乎完全相同" if len(best) else "没有几乎完全相同的户"
    rows, size = figures.rows[best], f"{len(at)}户"
    return Screened(unit, ACCOUNT, PARTS[0], "几乎相同的户", seen, p, f"{len(best)}户", size, rows)


def _cluster(figures: _Figures, members: np.ndarray) -> np.ndarray:
    """Those of the members that agree with the one that has most like it."""
    values = figures.values[members]
    agree = values[:, None, :] == values[None, :, :]
    telling = (agree & (values[:, None, :] != 0)).sum(axis=2)
    near = (telling >= _AGREEING) & ((~agree).sum(axis=2) <= _DIFFERING)
    return np.asarray(members[near[int(near.sum(axis=1).argmax())]])


def _by_chance(figures: _Figures, alike: np.ndarray, size: int, same_ages: int) -> float:
    """How likely a village of that size has so many households that agree so far."""
    agreed = (figures.values[alike] == figures.values[alike[0]]).all(axis=0) & (figures.values[alike[0]] != 0)
    likely = _likely(figures, figures.codes[alike[0]], agreed, len(alike)) * figures.values.shape[1]
    aged = (same_ages - len(alike) + 1) / (figures.total - len(alike) + 1)
    return min(1.0, size * chance.at_least(len(alike) - 1, size - 1, min(1.0, likely * aged)))
