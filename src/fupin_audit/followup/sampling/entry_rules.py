"""What Excel lets a checker write into a column: a choice, a count, an amount, a date."""

from __future__ import annotations

from datetime import date
from typing import Any

from fupin_audit.ledgers.base import Column
from fupin_audit.ledgers.in_words import labels, meaning

_LONGEST_TEXT = 255  # characters Excel takes in a list of choices or in a message
_EARLIEST, _LATEST = date(2013, 1, 1), date(2099, 12, 31)
_MOST = 100_000_000


def number_format(column: Column | None) -> str:
    """Text, so that no digit and no zero is lost; numbers and dates as such."""
    if column and column.type.name == "日":
        return "yyyy-mm-dd"
    return "General" if column and column.type.family == "number" else "@"


def entry_rule(column: Column) -> dict[str, Any]:
    """Excel's validation of a column; empty where anything may be written."""
    if listed := labels(column):
        return _choice(column, listed)
    if column.type.name == "日":
        return _between(column, "date", _EARLIEST, _LATEST, "日期，如 2020-06-01")
    if column.type.family == "number":
        kind = "integer" if column.type.name == "整" else "decimal"
        return _between(column, kind, -_MOST if column.low is None else column.low, _MOST, meaning(column))
    return {}


def _choice(column: Column, listed: tuple[str, ...]) -> dict[str, Any]:
    if column.type.many:
        message = f"可写多项，用“、”分隔：{'、'.join(listed)}"
        return {"validate": "any", "input_title": column.name, "input_message": message[:_LONGEST_TEXT]}
    if len(",".join(listed)) > _LONGEST_TEXT:
        return {}  # a list a county has made longer than Excel takes
    return {"validate": "list", "source": list(listed), **_refusal(column, "请从下拉选项中选择")}


def _between(column: Column, kind: str, low: object, high: object, what: str) -> dict[str, Any]:
    limits = {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    return {**limits, **_refusal(column, f"请填{what}")}


def _refusal(column: Column, message: str) -> dict[str, str]:
    return {"error_title": column.name, "error_message": message}
