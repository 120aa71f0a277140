"""Which rows a rule reaches: those whose county and day some basis of it covers (D13)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sqlglot import exp

from fupin_audit.engine.database.selects import column
from fupin_audit.engine.loaded.parameters import day_of
from fupin_audit.engine.loaded.session import Session
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.reserved_words import THIS_ROW
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.bound import Bound, cast_to
from fupin_audit.rulepack.language.expression import names_in
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.packs.reach import ALWAYS, Span, reaching

_YEAR = "年度"


def within_reach(session: Session, target: RuleTarget) -> exp.Expr | None:
    """The condition on a row that some basis of the rule covers it; None where every row is covered."""
    alike: dict[tuple[Span, ...], list[str]] = {}
    for county in session.local:
        alike.setdefault(_spans(session, target.rule, county), []).append(county)
    if all(ALWAYS in spans for spans in alike):
        return None
    parts = [
        exp.and_(_placed(session, counties), _dated(session, target, spans), copy=False)
        for spans, counties in alike.items()
        if spans
    ]
    return exp.or_(*parts, copy=False) if parts else exp.false()


def unreached(session: Session, entry: AnyRule) -> list[str]:
    """The counties of the run to which no basis brings an entry; rows nobody can place are under the empty name."""
    return [county for county in session.local if not _reaches(session, entry, county)]


def _reaches(session: Session, entry: AnyRule, county: str) -> bool:
    """Whether some basis covers rows of a county: of rows without a day of their own, those of the as-of date."""
    spans = _spans(session, entry, county)
    return any(span.since <= session.as_of <= span.until or _by_day(session, entry) for span in spans)


def _by_day(session: Session, entry: AnyRule) -> bool:
    """Whether rows of an entry may have a day of their own."""
    if not isinstance(entry, Rule) or entry.dated or entry.ledger == ("*",):
        return True
    return any(map(session.judged_by_own_year, entry.ledger))


def demanded_nowhere(session: Session, entry: AnyRule) -> bool:
    """Whether no basis brings the entry to any county of the run."""
    return len(unreached(session, entry)) == len(session.local)


def row_day(session: Session, target: RuleTarget) -> Bound | None:
    """The date or year of a row, as the rule says or the row names it; None where it is the as-of date."""
    own = _YEAR if session.judged_by_own_year(target.ledger) else ""
    if not (text := target.rule.dated or own):
        return None
    # Apart from what the rule needs: it neither stops a rule nor is it what a finding rests on.
    return replace(session.binder(target.ledger), blank=frozenset(names_in(text))).bind(text)


def told_day(session: Session, told: date | float | None) -> date:
    """The day of a row for which `row_day` gave a value; a year stands for the day its figures hold."""
    if told is None:
        return session.as_of
    return told if isinstance(told, date) else day_of(int(told), session.as_of)


def _spans(session: Session, entry: AnyRule, county: str) -> tuple[Span, ...]:
    asked = entry.id, entry.basis, county
    if asked not in session.spans:
        bases = reaching(session.in_force(county), entry, session.as_of)
        session.spans[asked] = tuple(dict.fromkeys(span for _, span in bases))
    return session.spans[asked]


def _placed(session: Session, counties: Collection[str]) -> exp.Expr:
    """The row's place is in one of the counties."""
    numbers = [at for at, place in enumerate(session.places) if place.county in counties]
    number = exp.func("COALESCE", column("_place", THIS_ROW), exp.Literal.number(0))
    return exp.In(this=number, expressions=[exp.Literal.number(at) for at in numbers])


def _dated(session: Session, target: RuleTarget, spans: Sequence[Span]) -> exp.Expr:
    """The row's day lies in one of the spans."""
    day, as_of = row_day(session, target), session.as_of
    if day is None or ALWAYS in spans:
        covered = any(span.since <= as_of <= span.until for span in spans)
        return exp.true() if covered else exp.false()
    if day.kind.family == "date":
        ends = [(_literal(span.since), _literal(span.until)) for span in spans]
        tree = exp.func("COALESCE", day.tree, _literal(as_of))
    else:
        years = [_years(span, as_of) for span in spans]
        ends = [(exp.Literal.number(first), exp.Literal.number(last)) for first, last in years]
        tree = exp.func("COALESCE", day.tree, exp.Literal.number(as_of.year))
    within = (exp.Between(this=tree.copy(), low=low, high=high) for low, high in ends)
    return exp.or_(*within, copy=False)


def _years(span: Span, as_of: date) -> tuple[int, int]:
    """The first and last year whose day lies in the span."""
    last = span.until.year
    return span.since.year, last if day_of(last, as_of) <= span.until else last - 1


def _literal(day: date) -> exp.Expr:
    return cast_to(exp.Literal.string(day.isoformat()), "DATE")
