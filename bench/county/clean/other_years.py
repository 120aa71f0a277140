"""The same county in another year: every date, year and ID moved, the ages of all kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import chain

from county.records.numbers import rebuilt
from county.records.record import Record, Row, Value, Village

_YEARS = {"年度", "脱贫年度", "返贫年度", "出列年度", "毕业年度", "形成年度"}
_ID = re.compile(r"99\d{4}(?:19|20)\d{6}\d{3}[\dX]")
_SCHOOL_YEAR = re.compile(r"(\d{4})-(\d{4})")


def shift(villages: Iterable[Village], years: int) -> None:
    """Move a county by so many years, in place; an ID with a wrong check digit stays as it is."""
    for village in villages:
        shared = village.county if village.first else []
        household_rows = chain.from_iterable(dossier.records for dossier in village.dossiers)
        for record in chain(household_rows, village.records, shared, [village.summary]):
            _shift(record, years)


def _shift(record: Record, years: int) -> None:
    row: Row = {name: _moved(name, value, years) for name, value in record.values.items()}
    record.values.update(row)


def _moved(name: str, value: Value, years: int) -> Value:
    if isinstance(value, date):
        return _day(value, years)
    if name in _YEARS and isinstance(value, int):
        return value + years
    if name == "学年" and isinstance(value, str):
        return _SCHOOL_YEAR.sub(
            lambda found: "-".join(str(int(year) + years) for year in found.groups()), value
        )
    return _ID.sub(lambda found: _number(found[0], years), value) if isinstance(value, str) else value


def _day(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)


def _number(number: str, years: int) -> str:
    if rebuilt(number) != number:
        return number
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return rebuilt(number, born=_day(born, years))
