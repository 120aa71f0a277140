"""A delivery in the database as the screens look at it: columns as arrays, rows with their place and household."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.screening.frames import LOOKED_AT, Book, Frames


def screen_frames(session: Session, subjects: Subjects) -> Frames:
    """What the screens look at; places go by the names they may be shown by."""
    books = {
        title: _book(session, title)
        for title in LOOKED_AT
        if title in session.delivery.tables and not session.delivery.tables[title].made
    }
    places = [subjects.place(number) for number in range(len(session.places))]
    return Frames(books, places, session.as_of.year, cache(partial(_lines, session)), session.delivery.absent)


class _Columns(Mapping[str, np.ndarray]):
    """The columns of a table as arrays, each made when it is first looked at."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._made: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self._made:
            self._made[name] = values_of(self._table.column(name))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.column_names)

    def __len__(self) -> int:
        return int(self._table.num_columns)


@dataclass(frozen=True)
class _StoredBook(Book):
    """A ledger of the delivery: of what is looked at county by county, no more than a county is in memory as arrays."""

    stored: pa.Table

    def only(self, rows: np.ndarray) -> Book:
        own = _Columns(self.stored.take(pa.array(rows)))
        return Book(own, self.place[rows], self.household[rows])


def _book(session: Session, title: str) -> Book:
    table = session.delivery.tables[title]
    stored = table.data.select([name for name in LOOKED_AT[title] if name in table.fields])
    if not stored.num_rows:
        nothing = np.zeros(0, dtype=np.int64)
        return Book(_Columns(stored), nothing, nothing)
    places, households = session.place_numbers(title), session.owners(title)["_household"]
    return _StoredBook(_Columns(stored), places, households, stored)


def values_of(column: pa.ChunkedArray) -> np.ndarray:
    """A column as an array: numbers, days and truths as floats, NaN where blank; texts as objects, None where blank."""
    if pa.types.is_date(column.type):
        column = pc.cast(column, pa.int32())
    if pa.types.is_boolean(column.type):
        column = pc.cast(column, pa.int8())
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False), dtype=float)
    return np.asarray(pc.cast(column, pa.string()).to_numpy(zero_copy_only=False), dtype=object)


def _lines(session: Session, name: str, year: int) -> np.ndarray:
    """A parameter's value by place in a year; NaN where it has none."""
    known = session.figures.values.get(name, {})
    found = (known.get((place.county, year)) for place in session.places)
    return np.array([value if isinstance(value, float) else np.nan for value in found])
