"""The rows of one household and its members, in every ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import LedgerTable
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.ledgers.base import Column
from fupin_audit.results.household import RecordView, Said
from fupin_audit.results.place import Place

_CODE = "户编号"
_PERSONAL = ("姓名", "证件号码")


@dataclass(frozen=True)
class LedgerRecord:
    """One row of the household or of a member.

    Attributes:
        table: its ledger.
        row: its position there.
        person: position in 人口 of the member it is about; -1 for the household or an unknown person.
        name: 姓名 it gives; empty where it is about the household.
    """

    table: LedgerTable
    row: int
    person: int
    name: str

    @property
    def title(self) -> str:
        """Title of the ledger."""
        return self.table.ledger.title

    @property
    def year(self) -> int | None:
        """The year it speaks of."""
        year = self.value("年度")
        return year if isinstance(year, int) else None

    @property
    def book(self) -> str:
        """`户年度 2020年`."""
        return f"{self.title} {self.year}年" if self.year else self.title

    @property
    def columns(self) -> Iterator[Column]:
        """The fields that were delivered."""
        return (column for name, column in self.table.ledger.columns().items() if name in self.table.fields)

    def value(self, field: str) -> Any:
        """The typed value of a field; None where blank or not delivered."""
        return self.table.data.column(field)[self.row].as_py() if field in self.table.fields else None


@dataclass(frozen=True)
class HouseholdRecords:
    """All rows of a household.

    Attributes:
        code: 户编号.
        place: its village.
        records: ledger by ledger, in the order of the delivery.
        subjects: shows cells.
    """

    code: str
    place: Place
    records: tuple[LedgerRecord, ...]
    subjects: Subjects

    @property
    def own(self) -> tuple[LedgerRecord, ...]:
        """The records of the household as such."""
        return tuple(record for record in self.records if not record.name and record.person < 0)

    def of(self, title: str) -> tuple[LedgerRecord, ...]:
        """The records of one ledger."""
        return tuple(record for record in self.records if record.title == title)

    def said(self, record: LedgerRecord, field: str) -> Said:
        """One cell of a record."""
        return Said(
            record.book,
            self.subjects.location(record.title, record.row, field),
            self.subjects.shown(record.title, record.row, field),
        )

    def view(self, record: LedgerRecord) -> RecordView:
        """The record with all that it says."""
        cells = tuple(self.said(record, c.name) for c in record.columns if record.value(c.name) is not None)
        name = self.subjects.shown(record.title, record.row, "姓名") if record.name else ""
        return RecordView(record.book, name or "", self.subjects.anchor(record.title, record.row), cells)


def gather(
    session: Session, subjects: Subjects, codes: Collection[str], titles: Iterable[str] | None = None
) -> Mapping[str, HouseholdRecords]:
    """All rows of households: those that carry their codes, and those tied to them or to members of them.

    Args:
        session: the delivery.
        subjects: shows its cells.
        codes: 户编号 of each; one nobody carries is left out.
        titles: the ledgers looked into; default: all.
    """
    homes = dict(_carrying(session, "户", codes))
    found: dict[str, list[LedgerRecord]] = {}
    for title in filter(session.delivery.tables.__contains__, titles or session.delivery.tables):
        for code, record in _records(session, title, codes, homes):
            found.setdefault(code, []).append(record)
    return {code: _household(code, records, subjects) for code, records in found.items()}


def _household(code: str, records: Iterable[LedgerRecord], subjects: Subjects) -> HouseholdRecords:
    first, *others = records
    return HouseholdRecords(code, subjects.of(first.title, first.row).place, (first, *others), subjects)


def _records(
    session: Session, title: str, codes: Collection[str], homes: Mapping[int, str]
) -> Iterator[tuple[str, LedgerRecord]]:
    """The rows of a ledger, each with the code of the household it is of, in row order."""
    table, owners = session.delivery.tables[title], session.owners(title)
    households = owners["_household"]
    tied = np.flatnonzero(np.isin(households, list(homes))).tolist() if homes else []
    personal = any(name in table.ledger.columns() for name in _PERSONAL)
    theirs = {*_carrying(session, title, codes), *((row, homes[int(households[row])]) for row in tied)}
    for row, code in sorted(theirs):
        name = str(LedgerRecord(table, row, -1, "").value("姓名") or "")
        yield code, LedgerRecord(table, row, int(owners["_person"][row]) if personal else -1, name)


def _carrying(session: Session, title: str, codes: Collection[str]) -> list[tuple[int, str]]:
    """The rows that carry one of the codes, with it."""
    table = session.delivery.tables.get(title)
    if table is None or _CODE not in table.fields or not table.data.num_rows:
        return []
    column = table.data.column(_CODE).cast(pa.string())
    among = pc.is_in(column, value_set=pa.array(codes, pa.string())).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(among)
    return list(zip(rows.tolist(), column.take(rows).to_pylist(), strict=True))
