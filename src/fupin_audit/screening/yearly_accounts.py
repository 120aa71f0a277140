"""The yearly accounts of households as arrays: those of the latest year, and of two years side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fupin_audit.screening.frames import Book, Frames, one_a_household

ACCOUNT = "户年度"
EARNED = ("工资性收入", "生产经营性收入", "生产经营性支出")
PARTS = ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "生产经营性支出")
_MOSTLY = 0.5  # of the households of the fullest year


@dataclass(frozen=True)
class Accounts:
    """The accounts of one year: the book, the year, its rows, one a household."""

    book: Book
    year: int
    rows: np.ndarray


def latest_accounts(frames: Frames) -> Accounts | None:
    """Those of the latest year, not after that of the audit, that most households have; None where there is none."""
    book = frames.books.get(ACCOUNT)
    if book is None or "年度" not in book.columns:
        return None
    years = book.columns["年度"]
    known = np.unique(years[years <= frames.year]).tolist()
    rows = {year: one_a_household(book, np.flatnonzero(years == year)) for year in known}
    most = max(map(len, rows.values()), default=0)
    full = [year for year in known if len(rows[year]) >= _MOSTLY * most]
    return Accounts(book, int(full[-1]), rows[full[-1]]) if full else None


def without_accounts(frames: Frames, *fields: str) -> str:
    """Why there are no accounts with these fields."""
    return frames.lacks(ACCOUNT, "年度", *fields) or f"“{ACCOUNT}”没有{frames.year}年和以前的数据"


@dataclass(frozen=True)
class Change:
    """Households of which two years are known: the row of the later year; what they earned before, and then."""

    rows: np.ndarray
    before: np.ndarray
    after: np.ndarray


def change_of(accounts: Accounts) -> Change:
    """What households earned in the latest year and the one before; fixed benefits are no part of it.

    Where the parts of income are not delivered, the net income stands for what was earned.
    """
    book = accounts.book
    years, household = book.columns["年度"], book.household
    earlier = np.flatnonzero((years == accounts.year - 1) & (household >= 0))
    later = accounts.rows[household[accounts.rows] >= 0]
    _, first, second = np.intersect1d(household[later], household[earlier], return_indices=True)
    rows, befores = later[first], earlier[second]
    earned = _earned(book)
    known = (earned[rows] > 0) & (earned[befores] > 0)
    return Change(rows[known], earned[befores][known], earned[rows][known])


def _earned(book: Book) -> np.ndarray:
    if all(name in book.columns for name in EARNED):
        wages, trade, costs = (np.nan_to_num(book.columns[name]) for name in EARNED)
        return np.asarray(wages + trade - costs)
    name = next((name for name in ("纯收入", "人均纯收入") if name in book.columns), "")
    return book.columns[name] if name else np.full(len(book.place), np.nan)
