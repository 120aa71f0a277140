"""What a finding rests on: the documents that give its place the figures it was judged by, then the rule's own basis."""

from __future__ import annotations

from datetime import date
from functools import cache, cached_property

from fupin_audit.engine.loaded.parameters import day_of
from fupin_audit.engine.loaded.session import Session
from fupin_audit.results.finding import Place
from fupin_audit.rulepack.declared.policies import citation
from fupin_audit.rulepack.declared.rule import Basis
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.packs.in_force import InForce
from fupin_audit.rulepack.showing.describe import named_parameters

_NATIONAL = "national"


class Citations:
    """The basis of one rule's findings, place by place."""

    def __init__(self, session: Session, target: RuleTarget) -> None:
        self._session = session
        self._target = target
        self._general = tuple(citation(basis) for basis in target.rule.basis)
        self.of = cache(self._of)

    def _of(self, place: Place, year: int) -> tuple[str, ...]:
        """As text; a local document that sets the figure comes first."""
        here, day = self._session.in_force(place.county), day_of(year, self._session.as_of)
        local = [_local(here, name, day) for name in self._parameters]
        return tuple(dict.fromkeys([*(citation(basis) for basis in local if basis), *self._general]))

    @cached_property
    def _parameters(self) -> list[str]:
        rule = self._target.rule
        texts = [text for text in (rule.require, rule.when) if text]
        return sorted(named_parameters(self._session.catalogue, texts))


def _local(here: InForce, name: str, day: date) -> Basis | None:
    """Where the figure in force comes from, unless it is the nation's or was set for this run."""
    found = None if name in here.catalogue.fixed else here.given(name, day)
    return found[1].basis if found and found[0].head.id != _NATIONAL else None
