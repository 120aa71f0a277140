"""Whom a row speaks of: household, person, village; and where its cells stand."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import OtherCell
from fupin_audit.engine.loaded.business_keys import BusinessKeys
from fupin_audit.engine.loaded.place_counts import PrintedPlaces
from fupin_audit.engine.loaded.responsible import NOWHERE, PROBLEMS, Home, Responsibles
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.base import Column
from fupin_audit.masking import mask_codes, mask_quotations, mask_text
from fupin_audit.results.place import Location, Place

_HOUSEHOLD, _PERSON = 1, 2  # of the columns that say whose a row is
_PERSONS = "人口"
_LEVELS = ("县", "乡镇", "村")
_Owners: TypeAlias = tuple[np.ndarray, np.ndarray, np.ndarray]


class Cell(NamedTuple):
    """One cell of a ledger table; a row below 0 stands for rows that were counted, without saying which."""

    ledger: str
    row: int
    field: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The household, person and village a finding belongs to, and the row's business key."""

    place: Place
    household: str
    head: str
    person: str
    person_id: str
    key: tuple[str, ...]
    home: Home = NOWHERE

    def at(self, level: str) -> Subject:
        """The village, town or county instead of anybody in it."""
        depth = _LEVELS.index(level) + 1
        names = (self.place.county, self.place.town, self.place.village)[:depth]
        home = Home(self.home.place) if level == _LEVELS[-1] else NOWHERE
        return Subject(Place(*names), "", "", "", "", self.key, home)


NOBODY = Subject(Place(), "", "", "", "", ())


class Subjects:
    """Looks up rows of the delivery; positions are those of the ledger tables.

    Whose the rows of a ledger are is read when it is first asked; several threads may ask: what two of them
    read at a time is the same.
    """

    def __init__(self, session: Session, *, reveal: bool) -> None:
        self._session = session
        self._tables = session.delivery.tables
        self.printed = PrintedPlaces(
            session.places if reveal else [place.masked() for place in session.places]
        )
        self._reveal = reveal
        self._keys = BusinessKeys(self._tables, self.value, self._household, self._members)
        self._read: dict[str, _Owners] = {}
        self.responsible = Responsibles(session, self.shown)
        self._sorted: dict[tuple[str, int], tuple[np.ndarray, np.ndarray]] = {}

    def of(self, ledger: str, row: int) -> Subject:
        """The subject of one row."""
        place, household, person = (int(column[row]) for column in self._owners(ledger))
        own = "姓名" if ledger != "户" else ""
        return Subject(
            place=self.place(place),
            household=self._named("户", household, "户编号") or self._named(ledger, row, "户编号"),
            head=self._named("户", household, "户主姓名") or self._named(ledger, row, "户主姓名"),
            person=self._named(ledger, row, own) or self._named("人口", person, "姓名"),
            person_id=self._named("人口", person, "人编号") or self._named(ledger, row, "人编号"),
            key=self._keys.of(ledger, row, household, person),
            home=Home(place, household, row if ledger == PROBLEMS else -1),
        )

    def let_go(self) -> None:
        """Forget whose the rows are; where it is asked again, it is read again."""
        self._read.clear()
        self._sorted.clear()

    def place(self, number: int) -> Place:
        """A place of the run by its number, as a report prints it."""
        return self.printed.names[max(number, 0)]

    def judged(self, place: Place) -> bool:
        """Whether what is found there is told, and not only seen by others; of a place as a report prints it."""
        return self._session.shard is None or place.county in self._own_counties

    @cached_property
    def _own_counties(self) -> frozenset[str]:
        """The counties that are judged, as a report prints them."""
        return frozenset(self.place(number).county for number in np.flatnonzero(self._session.own).tolist())

    def by_printed_place(self, counts: np.ndarray) -> np.ndarray:
        """Counts by place number, those of places that are printed alike under the first number of them."""
        together = np.zeros_like(counts)
        np.add.at(together, self._first_printed, counts)
        return together

    @cached_property
    def _first_printed(self) -> np.ndarray:
        return np.array([self.printed.first[place] for place in self.printed.names])

    def related(self, ledger: str, row: int, other: str) -> Sequence[int]:
        """Rows of another ledger that are the same person's, or where nobody is named, the same household's."""
        _, household, person = (int(column[row]) for column in self._owners(ledger))
        if other not in self._tables:
            return ()
        _, _, persons = self._owners(other)
        if person >= 0 and other != "人口" and (persons >= 0).any():
            return self._owned(other, _PERSON, person)
        return self._owned(other, _HOUSEHOLD, household) if household >= 0 else ()

    def _owned(self, ledger: str, whose: int, owner: int) -> Sequence[int]:
        if (ledger, whose) not in self._sorted:
            owners = self._owners(ledger)[whose]
            order = np.argsort(owners, kind="stable")
            self._sorted[ledger, whose] = order, owners[order]
        order, owners = self._sorted[ledger, whose]
        first, last = np.searchsorted(owners, [owner, owner + 1])
        found: list[int] = order[first:last].tolist()
        return found

    def value(self, ledger: str, row: int, field: str) -> Any:
        """The typed value of one cell; None where blank or not delivered."""
        table = self._tables.get(ledger)
        if table is None or field not in table.fields:
            return None
        return table.data.column(field)[row].as_py()

    def year(self, ledger: str, row: int) -> int:
        """The year whose parameters a row is judged by."""
        own = self.value(ledger, row, "年度") if self._session.judged_by_own_year(ledger) else None
        return own or self._session.as_of.year

    def shown(self, ledger: str, row: int, field: str) -> str | None:
        """A cell's value as a report prints it, masked."""
        return self.shown_as(Cell(ledger, row, field), self.value(ledger, row, field))

    def shown_as(self, cell: Cell, value: Any) -> str | None:
        """The value of a cell, once it is known, as a report prints it, masked."""
        return None if value is None else self.print(self._column(cell.ledger, cell.field), value)

    def print(self, column: Column, value: Any) -> str:
        """A value of a field as a report prints it, masked."""
        return self._hidden(column, column.type.show(value))

    def hide(self, text: str | None, *, private: bool) -> str | None:
        """A computed text, its digits masked where it may quote personal data."""
        if not text or self._reveal:
            return text
        return mask_quotations(text) if private else mask_codes(text)

    def column(self, ledger: str, field: str) -> Column | None:
        """The field's declaration; None for names that are no field of the ledger."""
        return self._tables[ledger].ledger.columns().get(field)

    def written(self, ledger: str, row: int, field: str) -> str:
        """A cell's text in full, where it is not the value as shown; for comparing, never for printing."""
        return self._tables[ledger].address(row, field)[2] or ""

    def whole(self, cell: Cell, value: Any) -> str:
        """The text of a cell of this value as it stands in the sheet, in full; for comparing, never for printing."""
        text = self.written(*cell)
        return text or ("" if value is None else self._column(cell.ledger, cell.field).type.show(value))

    def hidden(self, ledger: str, field: str, text: str) -> str:
        """A text of a field as a report prints it, masked."""
        return self._hidden(self._column(ledger, field), text)

    def quoted(self, text: str) -> str:
        """A text of a sheet that is of no known field as a report prints it, masked."""
        return text if self._reveal else mask_text(text)

    def born(self, day: str) -> str:
        """A day of birth, written 1970-03-05, that may come from an ID number: unless all is shown, its year."""
        return day if self._reveal or not day else f"{day[:4]}-**-**"

    def times(self, ledger: str, field: str, county: int | None = None) -> Counter[Any]:
        """How often each value stands in a column; where a county is asked for by its number, in the rows there."""
        values = self._tables[ledger].data.column(field)
        if county is not None:
            places = self._session.place_numbers(ledger)
            values = values.filter(pa.array(self._session.areas.county_of_place[places] == county))
        return Counter(values.to_pylist())

    def county(self, ledger: str, row: int) -> int:
        """The number of the county a row lies in."""
        place = max(int(self._owners(ledger)[0][row]), 0)
        return int(self._session.areas.county_of_place[place])

    def location(self, ledger: str, row: int, field: str) -> Location:
        """Where one cell stands, and its text, masked; None for an empty cell."""
        return self.located(Cell(ledger, row, field), self.value(ledger, row, field))

    def located(self, cell: Cell, value: Any) -> Location:
        """Where a cell of this value stands, and its text as it stands in the sheet, masked."""
        column = self._column(cell.ledger, cell.field)
        source, excel_row, text = self._tables[cell.ledger].address(cell.row, cell.field)
        shown = self.shown_as(cell, value) if text is None else self._hidden(column, text)
        name = f"{source.letters.get(cell.field) or 'A'}{excel_row}"
        return Location(source.file, source.sheet, name, shown, cell.ledger, cell.field)

    def anchor(self, ledger: str, row: int) -> Location:
        """The cell that names a row: its key's first field, else its first column."""
        named = (*self._keys.fields(ledger), *self._tables[ledger].fields)
        return self.location(ledger, row, named[0])

    def foreign(self, ledger: str, cell: OtherCell) -> Location:
        """A cell that is no row of the ledger table: one of its repeats."""
        sheet = self._tables[ledger].cells.sources[cell.source]
        shown = self.hidden(ledger, cell.field, cell.text) if cell.text else cell.text
        name = f"{cell.letter or sheet.letters.get(cell.field, 'A')}{cell.excel_row}"
        return Location(sheet.file, sheet.sheet, name, shown, ledger, cell.field)

    def stands(self, cell: Cell, value: Any) -> bool:
        """Whether a cell of this value stands in a sheet; its row may come from sheets without the column."""
        return value is not None or self._tables[cell.ledger].stands(cell.row, cell.field)

    def _hidden(self, column: Column, text: str) -> str:
        return text if self._reveal else column.type.masked(text)

    def _named(self, ledger: str, row: int, field: str) -> str:
        """A cell that says who a row is of, as a report prints it; empty where unknown."""
        text = self._text(ledger, row, field)
        return self.hidden(ledger, field, text) if text else ""

    def _column(self, ledger: str, field: str) -> Column:
        return self._tables[ledger].ledger.columns()[field]

    def _text(self, ledger: str, row: int, field: str) -> str:
        if row < 0 or not field:
            return ""
        return str(self.value(ledger, row, field) or "")

    def _household(self, person: int) -> int:
        return int(self._owners(_PERSONS)[1][person])

    def _members(self, household: int) -> Sequence[int]:
        return self._owned(_PERSONS, _HOUSEHOLD, household)

    def _owners(self, title: str) -> _Owners:
        """The place, household and person of every row of a ledger; -1 where unknown."""
        if title not in self._read:
            columns = self._session.owners(title)
            self._read[title] = columns["_place"], columns["_household"], columns["_person"]
        return self._read[title]


def fingerprint(rule: str, ledger: str, key: Sequence[str], field: str) -> str:
    """Rule + business key + field: the same next month, whatever file and row it stands in (D8)."""
    text = "\x1f".join((rule, ledger, *key, field))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
