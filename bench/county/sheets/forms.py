"""How offices write a value: the forms a column's cells take, row after row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from county.records.record import ErrorCell, Raw, Value

Cell: TypeAlias = str | int | float | date | ErrorCell | None
Form: TypeAlias = Callable[[Value, int], Cell]


def plain(value: Value, _row: int) -> Cell:
    """The canonical text; dates as 2020-06-01, numbers as numbers."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return value.content if isinstance(value, Raw) else value


def written(form: Form, value: Value, row: int) -> Cell:
    """A cell in a form; what is given raw stays as it is."""
    return plain(value, row) if value is None or isinstance(value, Raw | ErrorCell) else form(value, row)


def cycle(*forms: Form) -> Form:
    """Another form in every row, in turn."""

    def turn(value: Value, row: int) -> Cell:
        return written(forms[row % len(forms)], value, row)

    return turn


def dated(pattern: str) -> Form:
    """Dates and months by a strftime pattern."""

    def text(value: Value, row: int) -> Cell:
        return value.strftime(pattern) if isinstance(value, date) else plain(value, row)

    return text


def chinese_day(value: Value, row: int) -> Cell:
    """2016年5月1日."""
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else plain(value, row)


def slashed_day(value: Value, row: int) -> Cell:
    """2016/5/1."""
    return f"{value.year}/{value.month}/{value.day}" if isinstance(value, date) else plain(value, row)


def excel_day(value: Value, row: int) -> Cell:
    """A date cell."""
    return value if isinstance(value, date) else plain(value, row)


def month_number(value: Value, row: int) -> Cell:
    """201809 as a number."""
    return value.year * 100 + value.month if isinstance(value, date) else plain(value, row)


def worded(pattern: str) -> Form:
    """Values within a text, such as `{}年`."""
    return lambda value, row: pattern.format(plain(value, row))


def lower_case(value: Value, row: int) -> Cell:
    """The check letter of an ID in lower case."""
    return str(plain(value, row)).lower()


def number(value: Value, row: int) -> Cell:
    """Digits stored as a number."""
    return int(value) if isinstance(value, str) and value.isdigit() else plain(value, row)


def thousands(value: Value, row: int) -> Cell:
    """12,345.60."""
    return f"{value:,.2f}" if isinstance(value, float) else plain(value, row)


def renamed(**words: str) -> Form:
    """Other words for some values."""
    return lambda value, row: words.get(str(plain(value, row)), plain(value, row))


ticks = renamed(是="√", 否="×")
ones = renamed(是="1", 否="0")
MIXED_DAYS = cycle(plain, slashed_day, dated("%Y%m%d"), chinese_day, excel_day)
MIXED_MONTHS = cycle(month_number, dated("%Y-%m"), dated("%Y%m"))
MIXED_IDS = cycle(lower_case, plain, worded("'{}"), plain, worded('="{}"'))
SPELT_CAUSES = renamed(缺劳力="缺劳动力", 自身发展动力不足="自身发展力不足")
NATIONS = cycle(plain, renamed(汉族="汉"))


def in_ten_thousands(value: Value, row: int) -> Cell:
    """Yuan written in units of 10,000 yuan."""
    return value / 10000 if isinstance(value, float) else plain(value, row)
