"""Ledgers made at run time: a county's own, and built-in ones with some columns read differently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import create_model

from fupin_audit.ledgers.base import Column, Ledger, column
from fupin_audit.ledgers.types import kinds
from fupin_audit.ledgers.types.fieldtypes import FieldType

# Types by their word in the vocabulary; 码 and 多码 need the name of a code list, too.
TYPES = {
    kind.name: kind
    for kind in (
        kinds.TEXT, kinds.HOUSEHOLD_NUMBER, kinds.RESIDENT_ID, kinds.PHONE, kinds.ACCOUNT, kinds.DAY, kinds.MONTH,
        kinds.YEAR, kinds.INTEGER, kinds.MONTHS, kinds.NUMBER, kinds.YUAN, kinds.TEN_THOUSAND_YUAN, kinds.MU,
        kinds.SQUARE_METRES, kinds.YES_NO,
    )
}  # fmt: skip
_PYTHON: dict[str, type] = {"VARCHAR": str, "BIGINT": int, "DOUBLE": float, "DATE": date, "BOOLEAN": bool}


def with_columns(base: type[Ledger], columns: Iterable[Column]) -> type[Ledger]:
    """A model like `base` with these columns too, or instead of those of the same names."""
    fields: dict[str, Any] = {each.name: _field(each) for each in columns}
    return create_model(base.__name__, __base__=base, __module__=base.__module__, **fields)


def _field(each: Column) -> tuple[object, Any]:
    """A column as Pydantic takes it: annotation and field."""
    info = column(
        *each.spellings,
        required=each.required,
        future=each.future,
        note=each.note,
        own=each.own,
    )
    info.metadata.insert(0, replace(each.type, low=each.low, high=each.high))
    return _PYTHON[each.type.sql] | None, info


def plain_column(name: str, kind: FieldType) -> Column:
    """A column of which nothing but its type is said."""
    return Column(name, kind, required=False, spellings=(), low=None, high=None, future=False, note="")
