"""One household in all ledgers, side by side (`fupin-audit show`); personal data is already masked (D10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fupin_audit.results.finding import Finding
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.place import Location, Place

MOST_BOOKS = 1500
"""Households whose books are shown on a page, those with the gravest findings: with more it would be too large to mail."""
SYSTEM, CARD, HANDBOOK = "系统", "明白卡", "扶贫手册"


@dataclass(frozen=True, slots=True)
class Said:
    """What one record says of a field: the book it stands in (`户年度 2020年`) and its cell; None for a blank one."""

    book: str
    at: Location
    value: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One field as several records have it.

    Attributes:
        agrees: false where two that say something say different things.
        apart: where numbers differ that look alike because the rest of them is masked.
    """

    name: str
    said: tuple[Said, ...]
    agrees: bool
    apart: str = ""

    def of(self, book: str) -> Said | None:
        """What one of the three books says; the year it speaks of is part of its name."""
        return next((said for said in self.said if said.book.partition(" ")[0] == book), None)

    def odd(self, book: str) -> bool:
        """Whether the books differ and this one says what no other says, or differs in what is masked."""
        own = self.of(book)
        if self.agrees or own is None or not own.value:
            return False
        return bool(self.apart) or own.value not in [said.value for said in self.said if said is not own]

    @property
    def value(self) -> str | None:
        """What the first record that says something says."""
        return next((said.value for said in self.said if said.value), None)


@dataclass(frozen=True, slots=True)
class ThreeBooks:
    """系统, 明白卡 and 扶贫手册 of a household.

    Attributes:
        lines: field by field, a missing book left out.
        missing: those that were delivered and have no record of it.
        undelivered: those that were not delivered.
    """

    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()
    undelivered: tuple[str, ...] = ()

    @property
    def apart(self) -> int:
        """Fields of which the books say different things."""
        return sum(not line.agrees for line in self.lines)


@dataclass(frozen=True, slots=True)
class RecordView:
    """One row of one ledger: the book, whom it is about (empty for the household), where it stands, its fields."""

    book: str
    person: str
    at: Location
    cells: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member: name, relation, number and state as 人口 has them, and the fields several ledgers have."""

    name: str
    relation: str
    number: str
    state: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class HouseholdView:
    """A household.

    Attributes:
        version: the package version.
        as_of: the date of the audit.
        code: 户编号. head: 户主姓名. place: its village.
        books: the three books field by field: 系统, 明白卡, 扶贫手册, a missing one left out.
        missing: of the three books, those that were delivered and have no record of it.
        undelivered: of the three books, those that were not delivered.
        lines: other fields of the household that several ledgers have.
        members: in the order of 人口.
        records: all rows of the household and its members, ledger by ledger.
        findings: what the audit of the whole delivery says of it.
        unreadable: inputs that could not be read, so that something may be missing here.
        revealed: personal data is shown in full.
    """

    version: str
    as_of: date
    code: str
    head: str
    place: Place
    books: tuple[Line, ...]
    missing: tuple[str, ...]
    undelivered: tuple[str, ...]
    lines: tuple[Line, ...]
    members: tuple[MemberView, ...]
    records: tuple[RecordView, ...]
    findings: tuple[Finding, ...]
    unreadable: tuple[InputSheet, ...]
    revealed: bool

    @property
    def disagreements(self) -> int:
        """Fields that say different things in different ledgers."""
        own = {line.name for line in (*self.books, *self.lines) if not line.agrees}
        return len(own) + sum(not line.agrees for member in self.members for line in member.lines)
