"""A family of further ledgers: their columns, and the rows a village hands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from county.forms import Form, plain
from county.layout import Column
from county.people import Draw
from county.record import Village

Tables: TypeAlias = Mapping[str, tuple[Column, ...]]


@dataclass(frozen=True, slots=True)
class Family:
    """Ledgers that one office or one programme keeps.

    Attributes:
        title: the workbook they are delivered in.
        tables: ledger → its columns.
        add: gives a finished village its rows: to `dossier.records` what belongs to a household or a person
            in it, to `village.records` what belongs to no household, to `village.county` what belongs to the
            county (there only if `village.first`). The chance in the draw is the family's own, so that
            another family changes nothing in this one.
    """

    title: str
    tables: Tables
    add: Callable[[Village, Draw], None]


def table(ledger: str, fields: str, **forms: Form) -> tuple[Column, ...]:
    """Columns named as their fields; `forms` says how offices write some of them."""
    return tuple(Column(name, f"{ledger}.{name}", forms.get(name, plain)) for name in fields.split())
