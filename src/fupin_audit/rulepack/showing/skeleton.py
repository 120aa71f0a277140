"""A rule to start from: valid as it stands, with a comment for every key."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template

from fupin_audit.ledgers.base import Column, Ledger
from fupin_audit.ledgers.example_values import example_row

_TEMPLATE = Path(__file__).with_name("skeleton.yaml")
# Filled in by themselves in examples, so a rule about them would teach little.
_PLACE = frozenset({"省", "市", "县", "乡镇", "村", "组"})


def skeleton(rule_id: str, ledger: type[Ledger], file: str) -> str:
    """The YAML text of a rule that one field of the ledger must be filled in; `file` is where it will stand."""
    field = _field(ledger)
    text = Template(_TEMPLATE.read_text(encoding="utf-8"))
    # A JSON string is a YAML string, whatever stands in it.
    value = json.dumps(example_row(ledger)[field], ensure_ascii=False)
    return text.substitute(id=rule_id, ledger=ledger.title, field=field, value=value, file=file)


def _field(ledger: type[Ledger]) -> str:
    """The field the skeleton speaks of: required if there is one, and neither key nor place."""
    shown = example_row(ledger)
    columns = [column for name, column in ledger.columns().items() if name in shown]

    def fits(column: Column) -> bool:
        return column.name not in ledger.key and column.name not in _PLACE

    required = (column.name for column in columns if column.required and fits(column))
    other = (column.name for column in columns if fits(column))
    return next(required, None) or next(other, columns[0].name)
