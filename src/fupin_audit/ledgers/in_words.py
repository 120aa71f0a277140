"""A ledger in plain words: for the command line, templates and docs."""

from __future__ import annotations

from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.ledgers.spellings import spellings

_WORDS = {
    "文": "文本",
    "户号": "编号，按文本填写",
    "身份证": "身份证号码，按文本填写",
    "话": "电话号码，按文本填写",
    "账号": "银行账号，按文本填写",
    "日": "日期，如 2020-06-01",
    "月": "年月，如 2020-06",
    "年": "年度，如 2020",
    "整": "整数",
    "月数": "月数，0 到 12 的整数",
    "数": "数",
    "元": "金额，单位：元",
    "万元": "金额，单位：万元",
    "亩": "面积，单位：亩",
    "㎡": "面积，单位：平方米",
    "是否": "填“是”或“否”",
}


def labels(column: Column) -> tuple[str, ...]:
    """What may be chosen in a column: the labels of its code list, 是 and 否; empty where anything goes."""
    if column.type.codes:
        return column.type.codes.labels
    return ("是", "否") if column.type.family == "boolean" else ()


def meaning(column: Column) -> str:
    """What to write in a column, in a Chinese phrase."""
    if not column.type.codes:
        return _WORDS[column.type.name]
    return "可选多项，用“、”分隔" if column.type.many else "从选项中选一项"


def ledger_summary(ledger: type[Ledger]) -> dict[str, object]:
    """A ledger as plain values: title, family, key, number of fields, blurb."""
    return {
        "title": ledger.title,
        "family": ledger.family,
        "key": list(ledger.key),
        "alternative_key": list(ledger.alternative_key),
        "fields": len(ledger.columns()),
        "blurb": ledger.blurb,
    }


def ledger_details(ledger: type[Ledger]) -> dict[str, object]:
    """Like `ledger_summary`, with every field described under `fields`."""
    columns = ledger.columns().values()
    return {**ledger_summary(ledger), "fields": [_field(ledger, column) for column in columns]}


def _field(ledger: type[Ledger], column: Column) -> dict[str, object]:
    return {
        "name": column.name,
        "type": column.type.name,
        "meaning": meaning(column),
        "required": column.required,
        "labels": list(labels(column)),
        "low": column.low,
        "high": column.high,
        "future": column.future,
        "private": column.type.private,
        "note": column.note,
        "spellings": list(spellings(ledger, column.name)),
    }
