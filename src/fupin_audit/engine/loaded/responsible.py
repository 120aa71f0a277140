"""Who answers for a finding: the persons the ledgers name for an office, at the household or in the village."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeAlias

import numpy as np

from fupin_audit.engine.loaded.session import Session
from fupin_audit.results.finding import Responsible
from fupin_audit.rulepack.declared.policies import first_responsible

_Person: TypeAlias = tuple[str, str, str]
_PLACED, _HOUSED = "_place", "_household"


@dataclass(frozen=True, slots=True)
class Home:
    """Whose a finding is, as positions: of the place (0: unknown), the household, the row of 问题整改 (-1: none)."""

    place: int = 0
    household: int = -1
    problem: int = -1


NOWHERE = Home()


@dataclass(frozen=True, slots=True)
class _Office:
    """Where the persons who hold an office stand.

    Attributes:
        ledger: its title.
        by: the column that says whose they are: the household or the place.
        fields: of the person's name, unit and phone; those the ledger lacks are empty.
        post: pattern of the posts meant; empty: every row is one.
        ended: field of the day from which it is no longer theirs.
    """

    ledger: str
    by: str
    fields: tuple[str, ...]
    post: str = ""
    ended: str = "结束日期"


_HELPER = _Office("帮扶责任人", _HOUSED, ("帮扶人", "帮扶单位", "帮扶人电话"))
_TEAM = _Office("驻村干部", _PLACED, ("姓名", "派出单位"))
_CADRES = _Office("村干部", _PLACED, ("姓名",))
PROBLEMS, _UNIT = "问题整改", "责任单位"
_IN_CHARGE = _Office(PROBLEMS, _HOUSED, ("责任人", _UNIT), ended="完成日期")
# Word in a rule's owner → where to look; the next place only where nobody stands in the one before.
_OFFICES = {
    "结对帮扶干部": (_HELPER,),
    "帮扶责任人": (_HELPER,),
    "第一书记": (replace(_TEAM, post="^第一书记$"), replace(_TEAM, post="^工作队长$")),
}
_NAMED = re.compile("|".join(_OFFICES))
_DEPARTMENT = re.compile(r"[县市](\w+)")


class Responsibles:
    """Looks up who holds an office at the as-of date; nobody is guessed, of several each is named.

    Args:
        session: the run.
        shown: a cell's value by ledger, row and field, as a report prints it.
    """

    def __init__(self, session: Session, shown: Callable[[str, int, str], str | None]) -> None:
        self._session = session
        self._shown = shown
        self._holding = cache(self._holders)

    def of(self, owner: str, home: Home, basis: Sequence[str]) -> tuple[Responsible, ...]:
        """Persons for the offices a rule names, then those a document in force makes first responsible.

        Args:
            owner: as the rule names them, e.g. `第一书记；县水利局`.
            home: whose the finding is.
            basis: the finding's citations.
        """
        directly = (item for part in owner.split("；") for item in self._directly(part, home))
        first = (item for cited in basis for item in self._first(cited, home))
        return tuple(dict.fromkeys((*directly, *first)))

    def _directly(self, words: str, home: Home) -> Iterator[Responsible]:
        found = self._assigned(home) if words == _UNIT else self._in_office(words, home)
        yield from (Responsible(words, *person) for person in found)
        if not found:
            unit = self._text(PROBLEMS, home.problem, _UNIT) if words == _UNIT and home.problem >= 0 else ""
            yield Responsible(unit or words)

    def _assigned(self, home: Home) -> tuple[_Person, ...]:
        """Who is in charge of the problem a finding is about."""
        person = self._person(_IN_CHARGE, home.problem) if home.problem >= 0 else ("", "", "")
        return (person,) if person[0] else ()

    def _in_office(self, words: str, home: Home) -> tuple[_Person, ...]:
        """Those who hold an office; of a department, those whom its open problems there name."""
        if department := _DEPARTMENT.fullmatch(words):
            office = replace(_IN_CHARGE, by=_HOUSED if home.household >= 0 else _PLACED)
            return tuple(item for item in self._holding(office, home) if item[1].endswith(department[1]))
        named = _NAMED.search(words)
        offices = _OFFICES[named[0]] if named else ()
        return next(filter(None, (self._holding(office, home) for office in offices)), ())

    def _first(self, cited: str, home: Home) -> Iterator[Responsible]:
        """Those whom a document makes first responsible in a clause that is cited."""
        if said := first_responsible(cited):
            found = self._holding(replace(_CADRES, post=said.post), home)
            yield from (Responsible(said.words, *person, first=True) for person in found)
            if not found:
                yield Responsible(said.words, first=True)

    def _holders(self, office: _Office, home: Home) -> tuple[_Person, ...]:
        """Everybody who holds an office there now."""
        if office.ledger not in self._session.delivery.tables:
            return ()
        held = (row for row in self._rows(office, home) if self._holds(office, row))
        persons = (self._person(office, row) for row in held)
        return tuple(dict.fromkeys(person for person in persons if person[0]))

    def _rows(self, office: _Office, home: Home) -> list[int]:
        where, unknown = (home.household, -1) if office.by == _HOUSED else (home.place, 0)
        owners = self._session.owners(office.ledger)[office.by]
        rows: list[int] = np.flatnonzero(owners == where).tolist() if where > unknown else []
        return rows

    def _holds(self, office: _Office, row: int) -> bool:
        """Has the post, has begun and not ended at the as-of date; a blank date speaks against nobody."""
        begun, ended = (self._value(office.ledger, row, field) for field in ("开始日期", office.ended))
        now = self._session.as_of
        post = str(self._value(office.ledger, row, "职务") or "") if office.post else ""
        return bool(re.search(office.post, post)) and (begun or now) <= now < (ended or now.max)

    def _person(self, office: _Office, row: int) -> _Person:
        name, unit, phone = (*(self._text(office.ledger, row, field) for field in office.fields), "", "")[:3]
        return name, unit, phone

    def _text(self, ledger: str, row: int, field: str) -> str:
        delivered = field in self._session.delivery.tables[ledger].fields
        return (self._shown(ledger, row, field) or "") if delivered else ""

    def _value(self, ledger: str, row: int, field: str) -> Any:
        table = self._session.delivery.tables[ledger]
        return table.data.column(field)[row].as_py() if field in table.fields else None
