"""A county as plain data: ledger rows keyed by official field names, grouped by household."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

AUDIT_YEAR = 2020
AS_OF = date(2020, 12, 31)


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell exactly as it shall stand in the sheet, whatever form its column has."""

    content: str | int | float


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A formula that Excel could not calculate, e.g. `=1/0` shown as `#DIV/0!`."""

    formula: str
    shown: str


Value: TypeAlias = str | int | float | bool | date | Raw | ErrorCell | None
Row: TypeAlias = dict[str, Value]


@dataclass(eq=False, slots=True)
class Record:
    """One row of a ledger. Two records are the same only if they are the same object.

    Attributes:
        ledger: the ledger's title.
        values: field → value.
        repeats: `台账.字段` → a differing value for a column this row repeats from another ledger.
    """

    ledger: str
    values: Row
    repeats: dict[str, Value] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field's value, which must be text."""
        value = self.values[name]
        if not isinstance(value, str):
            raise TypeError(f"{self.ledger}.{name} is no text: {value!r}")
        return value

    def day(self, name: str) -> date:
        """A field's value, which must be a date."""
        value = self.values[name]
        if not isinstance(value, date):
            raise TypeError(f"{self.ledger}.{name} is no date: {value!r}")
        return value

    def number(self, name: str) -> float:
        """A field's value, which must be a number."""
        value = self.values[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"{self.ledger}.{name} is no number: {value!r}")
        return value


@dataclass(slots=True)
class Dossier:
    """All records of one household, the head first among its people.

    Attributes:
        records: its rows in every ledger.
        known_for: 搬迁, 受灾, 监测, 返贫: what further ledgers tell of it.
    """

    records: list[Record]
    known_for: frozenset[str] = frozenset()

    def all(self, ledger: str) -> list[Record]:
        """The household's rows of one ledger."""
        return [record for record in self.records if record.ledger == ledger]

    def of_person(self, ledger: str, person: Record) -> Record | None:
        """A person's row of a ledger keyed by 证件号码."""
        number = person.values["证件号码"]
        return next((r for r in self.all(ledger) if r.values.get("证件号码") == number), None)

    @property
    def household(self) -> Record:
        """The row of 户."""
        return self.all("户")[0]

    @property
    def people(self) -> list[Record]:
        """The rows of 人口."""
        return self.all("人口")

    @property
    def head(self) -> Record:
        """The member marked 户主."""
        return next(person for person in self.people if person.values["与户主关系"] == "户主")

    @property
    def years(self) -> list[Record]:
        """The rows of 户年度, oldest first."""
        return self.all("户年度")


@dataclass(slots=True)
class Village:
    """A village: its households, and rows that belong to no household.

    Attributes:
        index: counted from 0 through the county.
        place: province, city, county, town, village under their field names.
        dossiers: its households.
        summary: its row of 村.
        records: further rows that belong to no household.
        county: rows that belong to the county; one list for all its villages.
        first: whether it is the county's first, which speaks for the county.
    """

    index: int
    place: dict[str, str]
    dossiers: list[Dossier]
    summary: Record
    records: list[Record] = field(default_factory=list)
    county: list[Record] = field(default_factory=list)
    first: bool = True

    def rows(self, ledger: str) -> Iterator[Record]:
        """Every row of a ledger, whomever it belongs to; the county's in its first village."""
        yield from (record for record, _ in self.all(ledger))
        shared = self.county if self.first else []
        yield from (record for record in (*self.records, *shared) if record.ledger == ledger)

    def of_no_household(self, ledger: str) -> list[Record]:
        """The village's rows of a ledger, else the county's."""
        own = [record for record in self.records if record.ledger == ledger]
        return own or [record for record in self.county if record.ledger == ledger]

    def all(self, ledger: str) -> Iterator[tuple[Record, Dossier]]:
        """Every row of a ledger, with its household."""
        return ((record, dossier) for dossier in self.dossiers for record in dossier.all(ledger))


def ended(person: Record) -> bool:
    """Whether the person has left the household (死亡, 转出 …)."""
    return person.values.get("成员状态") not in {None, "正常", "转入"}


def age(born: date, at: date = AS_OF) -> int:
    """Full years at a date."""
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))
