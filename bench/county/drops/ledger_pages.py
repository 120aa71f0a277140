"""Rows and plain pages of one ledger, for every drop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from county.records.record import Village, ended
from county.sheets.column import Column, SheetRow
from county.sheets.page import REPORTED, Mess, Page, page


def rows_of(villages: Iterable[Village], ledger: str) -> list[SheetRow]:
    """Every row of a ledger, village by village."""
    return [{ledger: record} for village in villages for record in village.rows(ledger)]


def members(villages: Iterable[Village], *, with_ended: bool = False) -> list[SheetRow]:
    """Member rows; an export without 成员状态 leaves out those who have left."""
    return [
        {"人口": person, "户": dossier.household}
        for village in villages
        for dossier in village.dossiers
        for person in dossier.people
        if with_ended or not ended(person)
    ]


def plain_page(
    villages: Iterable[Village], ledger: str, wanted: Sequence[Column], name: str = "Sheet1"
) -> Page:
    """A ledger with nothing above or below its rows."""
    return page(name, wanted, rows_of(villages, ledger))


def titled_page(villages: Iterable[Village], ledger: str, wanted: Sequence[Column], title: str) -> Page:
    """A ledger with a title above and a signature below."""
    return page(ledger, wanted, rows_of(villages, ledger), Mess(titles=(title,), footer=REPORTED))


def by_town(villages: Sequence[Village]) -> list[list[Village]]:
    """The villages of each town."""
    towns = dict.fromkeys(village.place["乡镇"] for village in villages)
    return [[village for village in villages if village.place["乡镇"] == town] for town in towns]


def shuffled(wanted: Sequence[Column], seed: str) -> tuple[Column, ...]:
    """The columns in another order."""
    return tuple(Random(seed).sample(wanted, len(wanted)))
