"""A family of further ledgers: their columns, and the rows a village hands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from county.records.draw import Draw
from county.records.record import AS_OF, Dossier, Record, Row, Village, age, ended
from county.sheets.column import Column
from county.sheets.forms import Form, plain

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


def table(ledger: str, columns: str, **forms: Form) -> tuple[Column, ...]:
    """Columns named as their fields, or `列名:字段`; `forms` says how offices write some fields."""
    named = (column.partition(":") for column in columns.split())
    return tuple(
        Column(header, f"{ledger}.{field or header}", forms.get(field or header, plain))
        for header, _, field in named
    )


def identity(person: Record) -> Row:
    """姓名 and 证件号码 of a member."""
    return {name: person.values[name] for name in ("姓名", "证件号码")}


def stranger(draw: Draw) -> Row:
    """姓名 and 证件号码 of a man who is in no registered household."""
    born = date(1972, 1, 1) + timedelta(days=draw.rng.randrange(6000))
    name = draw.names.full(draw.names.surname(), male=True)
    return {"姓名": name, "证件号码": draw.numbers.resident_id(born, male=True)}


def present(dossier: Dossier) -> list[Record]:
    """The members who have not left."""
    return [person for person in dossier.people if not ended(person)]


def years_old(person: Record, at: date = AS_OF) -> int:
    """Full years at a date."""
    return age(person.day("出生日期"), at)
