"""A run as some of its places see it: by what was delivered there, as if they had been checked alone (D14)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from fupin_audit.engine.loaded.areas import Mask
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.known_relations import THIS_YEAR
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.language.vocabulary import Available, Computed, Question


@dataclass(frozen=True)
class Listening:
    """What is available, and all that was asked of it (vocabulary.Available).

    Attributes:
        available: answers.
        asked: the questions that some places may answer otherwise, also those derived fields were worked out by.
        answers: every question, by its name and what it is about, with its answer.
    """

    available: Available
    asked: set[Question] = field(default_factory=set)
    answers: dict[tuple[str, tuple[object, ...]], object] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The date ages and years are counted at."""
        found = self.answers["as_of", ()] = self.available.as_of
        return found

    def has(self, ledger: str, field: str) -> bool:
        """Whether a field of the ledger was delivered."""
        self.asked.add(("has", (ledger, field)))
        found = self.answers["has", (ledger, field)] = self.available.has(ledger, field)
        return found

    def lacks(self, ledger: str, field: str) -> str:
        """How it is told that a field was not delivered."""
        found = self.answers["lacks", (ledger, field)] = self.available.lacks(ledger, field)
        return found

    def unlisted(self, ledger: str) -> str:
        """Why nobody can be missing in a ledger."""
        found = self.answers["unlisted", (ledger,)] = self.available.unlisted(ledger)
        return found

    def parameter(self, name: str) -> bool:
        """Whether the parameter has a value for some place and year of the run."""
        self.asked.add(("parameter", (name,)))
        found = self.answers["parameter", (name,)] = self.available.parameter(name)
        return found

    def gap(self, relation: Relation) -> str:
        """Why the relation leads nowhere in this run; empty where it leads somewhere."""
        self.asked.add(("gap", (relation,)))
        found = self.answers["gap", (relation,)] = self.available.gap(relation)
        return found

    def incomplete(self, ledger: str) -> str:
        """Why a list lacks people in a county of the run."""
        self.asked.add(("incomplete", (ledger,)))
        found = self.answers["incomplete", (ledger,)] = self.available.incomplete(ledger)
        return found

    def computed(self, ledger: str, name: str) -> Computed | None:
        """The derived field as a column of the ledger's table."""
        found = self.answers["computed", (ledger, name)] = self.available.computed(ledger, name)
        self.asked.update(found.asked if found else ())
        return found


@dataclass(frozen=True)
class AreaView:
    """A run as one of its areas sees it (vocabulary.Available)."""

    session: Session
    area: int

    @property
    def as_of(self) -> date:
        """The date ages and years are counted at."""
        return self.session.as_of

    def has(self, ledger: str, field: str) -> bool:
        """Whether a field of the ledger was delivered for the area."""
        return self._here(self.session.presence.fields.get((ledger, field))) and self.session.has(
            ledger, field
        )

    def lacks(self, ledger: str, field: str) -> str:
        """How it is told that a field was not delivered."""
        return self.session.lacks(ledger, field)

    def unlisted(self, ledger: str) -> str:
        """Why nobody can be missing in a ledger."""
        return self.session.unlisted(ledger)

    def parameter(self, name: str) -> bool:
        """Whether the parameter has a value there in some year of the run."""
        county = self.session.areas.names[self.area].county
        return self.session.parameter(name) and county not in self.session.figures.lacking(name)

    def gap(self, relation: Relation) -> str:
        """Why the relation leads nowhere for the area; empty where it leads somewhere."""
        target, presence = relation.target, self.session.presence
        if gap := self.session.gap(relation):
            return gap
        if not self._here(presence.ledgers.get(target)):
            return self.session.delivery.absent(target)
        if relation.where == THIS_YEAR and not self._here(presence.this_year.get(target)):
            return f"“{target}”没有{self.as_of.year}年度的数据"
        return ""

    def incomplete(self, ledger: str) -> str:
        """Why a list lacks people of the county the area lies in."""
        told, county = self.session.presence.partial.get(ledger, ()), self.session.areas.county_of[self.area]
        return told[county] if county < len(told) else ""

    def computed(self, ledger: str, name: str) -> Computed | None:
        """The derived field as a column, where it rests on nothing that the area lacks."""
        found = self.session.computed(ledger, name)
        return found if found and all(map(self._as_everywhere, found.asked)) else None

    def answers(self, question: Question) -> bool | str:
        """What the area says to a question."""
        name, about = question
        answer: bool | str = getattr(self, name)(*about)
        return answer

    def _as_everywhere(self, question: Question) -> bool:
        name, about = question
        return not may_differ(self.session, question) or self.answers(question) == getattr(
            self.session, name
        )(*about)

    def _here(self, areas: Mask | None) -> bool:
        return areas is None or bool(areas[self.area])


def may_differ(session: Session, question: Question) -> bool:
    """Whether some area may answer otherwise than the run."""
    name, (about, *more) = question
    presence = session.presence
    if name == "parameter":
        return str(about) in session.figures.partly
    if name == "incomplete":
        return str(about) in presence.partial
    if isinstance(about, Relation):
        return about.target in presence.ledgers or about.target in presence.this_year
    return (about, *more) in presence.fields


def alike(session: Session, questions: Collection[Question], areas: np.ndarray) -> Iterator[list[int]]:
    """Those of the areas that give the same answers, together."""
    found: dict[tuple[bool | str, ...], list[int]] = {}
    for area in areas.tolist():
        view = AreaView(session, area)
        found.setdefault(tuple(map(view.answers, questions)), []).append(area)
    yield from found.values()
