"""What screens look at: the columns of ledgers as arrays, with the place and household of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fupin_audit.results.place import Place

# Ledger → the columns of it that screens look at.
LOOKED_AT: Mapping[str, Sequence[str]] = {
    "户": ("人均纯收入", "家庭人口", "饮水安全"),
    "户年度": (
        "年度",
        "工资性收入",
        "生产经营性收入",
        "财产性收入",
        "转移性收入",
        "生产经营性支出",
        "纯收入",
        "人均纯收入",
        "低保金",
        "特困供养金",
        "耕地面积",
        "住房面积",
        "住房安全等级",
    ),
    "人口": ("证件号码", "出生日期"),
    "监测对象": ("消除后人均纯收入",),
    "一般农户": ("人均纯收入",),
    "收入调查表": ("年度", "调查人"),
    "走访记录": ("走访人", "日期", "内容"),
    "入户核查": (
        "核查人",
        "核查日期",
        "备注",
        "实有人口",
        "住房安全等级",
        "饮水安全",
        "工资性收入",
        "生产经营性收入",
        "财产性收入",
        "转移性收入",
        "人均纯收入",
    ),
    "明细账": ("金额",),
    "一卡通发放": ("金额",),
    "医疗救助": ("总费用",),
}
LEAST = 10  # households or rows of a village that can be tested alone
_LEVELS = ("县", "乡镇", "村")


@dataclass(frozen=True)
class Book:
    """One ledger.

    Attributes:
        columns: field → its values: numbers and days as floats, NaN where blank; texts as objects, None where blank.
        place: the number of the place of each row; 0 is 未定位.
        household: the number of the household of each row; -1 where unknown.
    """

    columns: Mapping[str, np.ndarray]
    place: np.ndarray
    household: np.ndarray

    @cached_property
    def rows(self) -> np.ndarray:
        """The numbers of its rows."""
        return np.arange(len(self.place))

    def only(self, rows: np.ndarray) -> Book:
        """These rows of it."""
        columns = {name: values[rows] for name, values in self.columns.items()}
        return Book(columns, self.place[rows], self.household[rows])


@dataclass(frozen=True)
class Unit:
    """What is tested: the rows of a village, of the small villages of a town, of a recorder or a checker.

    Attributes:
        at: the number of its place, or of a place in it.
        level: 村, 乡镇 or 县: how much of that place is meant.
        rows: numbers of rows.
        who: the recorder or checker; empty for a place.
        pooled: how many small villages it is made of; 0 for none.
    """

    at: int
    level: str
    rows: np.ndarray
    who: str = ""
    pooled: int = 0


@dataclass(frozen=True)
class Frames:
    """Everything the screens of a run look at.

    Attributes:
        books: ledger title → its columns.
        places: the places of the run.
        year: the year the audit is of.
        lines: parameter → its value by the number of the place, NaN where it has none, in a year.
        absent: says why a ledger is not there.
    """

    books: Mapping[str, Book]
    places: Sequence[Place]
    year: int
    lines: Callable[[str, int], np.ndarray]
    absent: Callable[[str], str]

    def lacks(self, ledger: str, *fields: str) -> str:
        """Why a ledger with these columns is not there; empty where it is."""
        if ledger not in self.books:
            return self.absent(ledger)
        missing = [name for name in fields if name not in self.books[ledger].columns]
        return f"{ledger}缺列“{'”“'.join(missing)}”" if missing else ""

    @cached_property
    def counties(self) -> np.ndarray:
        """Place → the number of its county."""
        known: dict[str, int] = {}
        numbers = [known.setdefault(place.county, len(known)) for place in self.places]
        return np.array(numbers, dtype=np.int32)

    def villages(self, place: np.ndarray, rows: np.ndarray, least: int = LEAST) -> Sequence[Unit]:
        """The rows village by village; those of villages with fewer than `least` together by town, or left out."""
        found, small = list[Unit](), dict[tuple[str, str], list[np.ndarray]]()
        for at, members in grouped(place[rows], rows):
            if not self.places[at].village:
                continue
            if len(members) >= least:
                found.append(Unit(at, "村", members))
            else:
                small.setdefault((self.places[at].county, self.places[at].town), []).append(members)
        for parts in small.values():
            together = np.concatenate(parts)
            if len(parts) > 1 and len(together) >= least:
                found.append(Unit(int(place[together[0]]), "乡镇", together, pooled=len(parts)))
        return found

    def left_out(self, place: np.ndarray, rows: np.ndarray, units: Sequence[Unit]) -> int:
        """Number of villages with rows of which no unit is made."""
        tested = np.concatenate([unit.rows for unit in units]) if units else np.zeros(0, dtype=int)
        villages = {int(at) for at in np.unique(place[rows]) if self.places[at].village}
        return len(villages - set(np.unique(place[tested]).tolist()))

    def people(
        self, names: np.ndarray, place: np.ndarray, rows: np.ndarray, least: int = LEAST
    ) -> Sequence[Unit]:
        """The rows person by person, of those who have at least `least`."""
        named = rows[[isinstance(name, str) for name in names[rows]]]
        known, numbers = np.unique(names[named].astype(str), return_inverse=True)
        found = (Unit(*self._around(place[m]), m, str(known[at])) for at, m in grouped(numbers, named))
        return [unit for unit in found if len(unit.rows) >= least]

    def _around(self, at: np.ndarray) -> tuple[int, str]:
        """A place of these, and the least level that holds them all."""
        first = self.places[int(at[0])]
        for level, keys in (("村", ("county", "town", "village")), ("乡镇", ("county", "town"))):
            alike = {tuple(getattr(self.places[n], key) for key in keys) for n in np.unique(at).tolist()}
            if len(alike) == 1 and getattr(first, keys[-1]):
                return int(at[0]), level
        return int(at[0]), "县"


def one_a_household(book: Book, rows: np.ndarray) -> np.ndarray:
    """These rows, of each household the first alone: what is written twice is no second household."""
    household = book.household[rows]
    _, first = np.unique(household, return_index=True)
    kept = household < 0
    kept[first] = True
    return np.asarray(rows[kept])


def grouped(keys: np.ndarray, rows: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Each key with its rows, in the order of the keys."""
    if not len(rows):
        return
    order = np.argsort(keys, kind="stable")
    known, starts = np.unique(keys[order], return_index=True)
    for key, members in zip(known.tolist(), np.split(rows[order], starts[1:]), strict=True):
        yield int(key), members
