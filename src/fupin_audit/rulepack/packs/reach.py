"""Basis is scope (D13): which bases bring a rule to a region, and to rows of which days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from fupin_audit.rulepack.declared.policies import Kind, kind_of, policies
from fupin_audit.rulepack.declared.rule import Basis
from fupin_audit.rulepack.declared.territory import Region
from fupin_audit.rulepack.packs.in_force import InForce

ADOPTED = Basis(standard="本次启用")
OWN = Basis(standard="自定规则")


class Grounded(Protocol):
    """A rule or indicator: what has an id and bases."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def basis(self) -> tuple[Basis, ...]:
        """What it rests on."""
        ...


class Span(NamedTuple):
    """From a day to a day, both included."""

    since: date
    until: date


class Reaching(NamedTuple):
    """A basis in force in a region, and the days of the rows it speaks of."""

    basis: Basis
    span: Span


ALWAYS = Span(date.min, date.max)


def reaching(here: InForce, rule: Grounded, as_of: date) -> list[Reaching]:
    """The bases that bring a rule to a region, the most local first; none where nothing asks for it there.

    What a run switches on is asked for, though no document asks for it or the last one that did has run out.
    """
    own = here.override(rule.id).basis
    found = sorted(
        _reaching(here, rule, as_of), key=lambda item: (item.basis not in own, _distance(item.basis))
    )
    now = any(span.since <= as_of <= span.until for _, span in found)
    adopted = rule.id in here.catalogue.enabled and not now
    return [*found, Reaching(ADOPTED, ALWAYS)] if adopted else found


def cited(bases: Sequence[Reaching], day: date) -> list[Basis]:
    """Those in force for a row of that day; what is merely usual only where nothing else is."""
    found = [basis for basis, span in bases if span.since <= day <= span.until]
    return [basis for basis in found if kind_of(basis) is not Kind.CONVENTION] or found


def speaks(basis: Basis, region: Region, day: date, as_of: date) -> bool:
    """Whether a basis is in force in a region for a row of that day."""
    span = _span(basis, region, as_of)
    return span is not None and span.since <= day <= span.until


def _reaching(here: InForce, rule: Grounded, as_of: date) -> Iterator[Reaching]:
    own = here.override(rule.id).basis
    for basis in (*own, *(rule.basis or (OWN,))):
        if here.catalogue.unbounded:
            yield Reaching(basis, ALWAYS)
        elif span := _span(basis, here.region, as_of):
            yield Reaching(basis, span)


def _span(basis: Basis, region: Region, as_of: date) -> Span | None:
    """A document speaks of the whole year it was issued in, but to nobody before its own date."""
    document = policies().get(basis.policy)
    if document is None:
        return ALWAYS
    since, until = document.period.since, document.period.until
    if as_of < since or not document.place.covers(region):
        return None
    return Span(date(since.year, 1, 1), until)


_ORDER = tuple(Kind)


def _distance(basis: Basis) -> tuple[int, int]:
    document = policies().get(basis.policy)
    return _ORDER.index(kind_of(basis)), -document.place.depth if document else 0
