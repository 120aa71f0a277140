"""Two rolls as numbers: every distinct name, day and place once, and of every row which it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from fupin_audit.linkage.name_levels import Names

UNKNOWN = -1
_MOST = 1 << 62
COLUMNS = ("姓名", "出生", "性别", "乡镇", "村", "号码")


@dataclass(frozen=True)
class Rolls:
    """The rows of both rolls, the left one's first; what is blank is UNKNOWN.

    Attributes:
        lefts: how many rows the left one has.
        name, sex, town, village, number: which of the distinct values a row has.
        birth: its day as YYYYMMDD.
        spelt: the distinct names.
    """

    lefts: int
    name: np.ndarray
    birth: np.ndarray
    sex: np.ndarray
    town: np.ndarray
    village: np.ndarray
    number: np.ndarray
    spelt: Names

    @property
    def rights(self) -> int:
        """How many rows the right one has."""
        return len(self.name) - self.lefts

    @cached_property
    def sides(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows of either side."""
        rows = np.arange(len(self.name))
        return rows[: self.lefts], rows[self.lefts :]

    @cached_property
    def sound(self) -> np.ndarray:
        """How the name sounds, the same number for names that are pronounced alike."""
        return taken(self.spelt.sounds, self.name)

    @cached_property
    def surname(self) -> np.ndarray:
        """The first character of the name."""
        return taken(self.spelt.firsts, self.name)

    @cached_property
    def subject(self) -> np.ndarray:
        """The same number for rows of one side that say the same in everything."""
        columns = (self.name, self.birth, self.sex, self.town, self.village, self.number)
        return joint(*columns, (np.arange(len(self.name)) >= self.lefts).astype(np.int64))


def rolls_of(left: pa.Table, right: pa.Table) -> Rolls:
    """Both tables' people; each has COLUMNS, as text."""
    codes, spelt = {}, list[str]()
    for column in COLUMNS:
        both = pa.chunked_array([*left.column(column).chunks, *right.column(column).chunks], pa.string())
        coded = both.combine_chunks().dictionary_encode()
        codes[column] = coded.indices.fill_null(UNKNOWN).to_numpy().astype(np.int64)
        if column == "姓名":
            spelt = coded.dictionary.to_pylist()
        elif column == "出生":
            codes[column] = taken(_days(coded.dictionary.to_pylist()), codes[column])
    name, birth, sex, town, village, number = (codes[column] for column in COLUMNS)
    return Rolls(left.num_rows, name, birth, sex, town, village, number, Names(spelt))


def taken(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The values at these places; UNKNOWN where the place is."""
    return np.asarray(np.append(values, UNKNOWN)[at])


def joint(*columns: np.ndarray) -> np.ndarray:
    """The same number for rows that are the same in all columns."""
    found, size = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        codes = column - column.min(initial=0)
        values = int(codes.max(initial=0)) + 1
        if size * values > _MOST:
            found = np.unique(found, return_inverse=True)[1]
            size = int(found.max(initial=0)) + 1
        found, size = found * values + codes, size * values
    return np.unique(found, return_inverse=True)[1]


def _days(texts: Sequence[str]) -> np.ndarray:
    """2001-02-03 as 20010203."""
    return np.array([int(text.replace("-", "")) for text in texts], dtype=np.int64)
