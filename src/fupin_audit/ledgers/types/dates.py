"""Dates, months and years in every form of the exports: 201809, 2020年6月, 2016-05-01, Excel serials."""

from __future__ import annotations

import re
from datetime import date, timedelta

from fupin_audit.ledgers.types.fieldtypes import CellError
from fupin_audit.ledgers.types.text import clean, narrow

# Days 29 to 31 do not exist in every month: those texts take the long way.
PLAIN_DAY = "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
PLAIN_YEAR = "(?:19|20)[0-9]{2}"

_TIME = re.compile(r"(?:T|\s)\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$")
_WRITTEN = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})?[日号]?|月份)?|年度?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_WHOLE = re.compile(r"([0-9]+)\.0+")
# 2020.10 kept as a number comes out as 2020.1: January or October, nobody can say.
_JANUARY_OR_OCTOBER = re.compile(r"[0-9]{4}\.1")
_EPOCH = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def day(text: str) -> date:
    """A date; a bare month counts as its first day.

    >>> day("2020年2月29日"), day("43831"), day("2020-06")
    (datetime.date(2020, 2, 29), datetime.date(2020, 1, 1), datetime.date(2020, 6, 1))
    """
    written = _compact(text)
    if match := _SERIAL.fullmatch(written):
        return _checked(_EPOCH + timedelta(days=int(match[1])))
    year, month, day_of_month = _parts(written)
    if month is None:
        raise CellError("CEL-01", "只写到年份，或月份不明确")
    try:
        value = date(year, month, 1 if day_of_month is None else day_of_month)
    except ValueError as error:
        raise CellError("CEL-01", "没有这个日期") from error
    return _checked(value)


def month(text: str) -> date:
    """A year-month, as the first day of it.

    >>> month("201809"), month("2016-05-21")
    (datetime.date(2018, 9, 1), datetime.date(2016, 5, 1))
    """
    return day(text).replace(day=1)


def year(text: str) -> int:
    """A year, also out of a date.

    >>> year("2017年"), year("201712"), year("2020-12-31 00:00:00")
    (2017, 2017, 2020)
    """
    written = _compact(text)
    if _SERIAL.fullmatch(written):
        raise CellError("CEL-01", "不是年份")
    value, month_of_year, _ = _parts(written)
    return _checked(date(value, 1, 1)).year if month_of_year is None else day(text).year


def show_month(value: date) -> str:
    """`2020-06`."""
    return f"{value:%Y-%m}"


def _compact(text: str) -> str:
    written = narrow(_TIME.sub("", clean(text).replace("：", ":")))
    whole = _WHOLE.fullmatch(written)
    return whole[1] if whole else written


def _parts(written: str) -> tuple[int, int | None, int | None]:
    if _JANUARY_OR_OCTOBER.fullmatch(written):
        written = written[:4]
    match = _COMPACT.fullmatch(written) or _WRITTEN.fullmatch(written)
    if match is None or int(match[1]) < 1:
        raise CellError("CEL-01", "不是日期")
    year_part, month_part, day_part = match.groups()
    return int(year_part), int(month_part) if month_part else None, int(day_part) if day_part else None


def _checked(value: date) -> date:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise CellError("CEL-01", f"年份不在{_FIRST_YEAR}—{_LAST_YEAR}之间")
    return value
