"""What a finding rests on: of the bases in force for its row, the most local first (D13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from fupin_audit.engine.judging.reaching_rows import told_day
from fupin_audit.engine.loaded.session import Session
from fupin_audit.rulepack.declared.entries import AnyRule, expressions
from fupin_audit.rulepack.declared.policies import Kind, citation, kind_of
from fupin_audit.rulepack.declared.rule import Basis
from fupin_audit.rulepack.packs.in_force import InForce
from fupin_audit.rulepack.packs.reach import cited, reaching, speaks
from fupin_audit.rulepack.showing.describe import named_parameters

_NATIONAL = "national"


class RestedOn(NamedTuple):
    """What a finding rests on: as text, and the kind of the most local."""

    basis: tuple[str, ...]
    kind: str


class Citations:
    """The basis of one rule's findings, county by county and day by day."""

    def __init__(self, session: Session, rule: AnyRule) -> None:
        self._session = session
        self._rule = rule
        self.of = cache(self._of)

    def _of(self, county: str, told: date | float | None = None) -> RestedOn:
        """For a row of that day or year; a local document that sets the figure comes first."""
        here, day = self._session.in_force(county), told_day(self._session, told)
        found = [*self._figures(here, day), *cited(reaching(here, self._rule, self._session.as_of), day)]
        kind = min(map(kind_of, found), key=tuple(Kind).index)
        return RestedOn(tuple(dict.fromkeys(map(citation, found))), kind)

    def _figures(self, here: InForce, day: date) -> Iterator[Basis]:
        """Where the figures in force come from, unless they are the nation's or were set for this run."""
        for name in self._parameters:
            given = None if name in here.catalogue.fixed else here.given(name, day)
            basis = given[1].basis if given and given[0].head.id != _NATIONAL else None
            if basis and speaks(basis, here.region, day, self._session.as_of):
                yield basis

    @cached_property
    def _parameters(self) -> list[str]:
        texts = list(expressions(self._rule))
        return sorted(named_parameters(self._session.catalogue, texts))
