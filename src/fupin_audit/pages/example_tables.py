"""A rule's examples as tables: one line an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fupin_audit.pages import markdown as md
from fupin_audit.rulepack.showing.wording import EXAMPLE_WORDS, Described, plain

Example = tuple[str, Mapping[str, Any]]
_WIDEST = 6  # fields that still fit side by side
_EXPECTED = "="


def example_table(examples: Described) -> str:
    """Fields side by side where they fit, else in one column ledger by ledger."""
    rows = list(_labelled(examples))
    fields = list(dict.fromkeys(name for _, row in rows for name in row))
    simple = not any(isinstance(value, list) for _, row in rows for value in row.values())
    return _wide(rows, fields) if simple and len(fields) <= _WIDEST else _tall(rows)


def value_table(examples: Sequence[Mapping[str, Any]]) -> str:
    """Examples of a derived field: what the rows hold, and the value they give."""
    rows = (({k: v for k, v in row.items() if k != _EXPECTED}, row[_EXPECTED]) for row in examples)
    return md.table(("数据", "值"), ((_content(row), md.text(plain(value))) for row, value in rows))


def _labelled(examples: Described) -> Iterator[Example]:
    for name, label in EXAMPLE_WORDS.items():
        yield from ((label, row) for row in examples.get(name, ()))


def _wide(rows: Sequence[Example], fields: Sequence[str]) -> str:
    cells = ((label, *(_cell(row, name) for name in fields)) for label, row in rows)
    return md.table(("判定", *fields), cells)


def _cell(row: Mapping[str, Any], name: str) -> str:
    """The field's value; nothing where the example does not write it."""
    return md.text(plain(row[name])) if name in row else ""


def _tall(rows: Sequence[Example]) -> str:
    return md.table(("判定", "数据"), ((label, _content(row)) for label, row in rows))


def _content(row: Mapping[str, Any]) -> str:
    """The fields of an example's row, or its ledgers with their rows, one a line."""
    lines: list[str] = []
    own = {name: value for name, value in row.items() if not _is_ledger(value)}
    if own:
        lines.append(md.text(plain(own)))
    for title, rows in row.items():
        if _is_ledger(rows):
            lines += [f"**{md.text(title)}** {_row(item)}" for item in rows or [None]]
    return "<br>".join(lines) or "（都不写）"


def _is_ledger(value: object) -> bool:
    """Whether it is a ledger's rows, rather than one value or a list of headers."""
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _row(item: Mapping[str, Any] | None) -> str:
    if item is None:
        return "没有行"
    return md.text(plain(item)) if item else "有一行"
