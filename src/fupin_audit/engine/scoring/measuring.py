"""Count or sum what an indicator speaks of, village by village: one query an indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlglot import exp

from fupin_audit.engine.database.selects import column
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.places import PERSONS
from fupin_audit.engine.loaded.session import Session
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import Sums
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.language.binding import Binder

# Decimals add up to the same sum in whatever order the engine meets them.
_EXACT = "DECIMAL(24, 6)"
_REGISTERED = "在册"


@dataclass(frozen=True)
class Measured:
    """What an indicator counted.

    Attributes:
        missing: what was not delivered; when not empty, nothing was counted.
        absent: optional ledgers taken for empty.
        sums: place as the rows name it → what was counted there; rows that name none are at the empty place.
    """

    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    sums: Mapping[Place, Sums] = field(default_factory=dict)


def measure(linked: Linked, indicator: Indicator) -> Measured:
    """Count every row of the indicator's ledger."""
    session = linked.session
    if session.columns(indicator.ledger) is None:
        return Measured((session.delivery.absent(indicator.ledger),))
    binder = session.binder(indicator.ledger, tolerated=indicator.optional)
    applies = _applies(binder, indicator)
    part, whole = (
        _counted(binder, indicator, applies) if indicator.count else _summed(binder, indicator, applies)
    )
    if binder.frame.missing:
        return Measured(tuple(dict.fromkeys(binder.frame.missing)))
    columns = {"place": column("_place", binder.frame.alias), "part": part, "whole": whole}
    rows = linked.select(binder.frame, columns)
    if applies is not None:
        rows = rows.where(exp.not_(exp.Is(this=exp.paren(applies), expression=exp.false())))
    absent = tuple(title for title in indicator.optional if session.columns(title) is None)
    return Measured((), absent, dict(_by_place(session, rows)))


def _applies(binder: Binder, indicator: Indicator) -> exp.Expr | None:
    """Which rows the indicator speaks of; None for all."""
    conditions = [binder.condition(indicator.when)] if indicator.when else []
    if indicator.ledger == PERSONS:
        conditions.append(binder.field(_REGISTERED).tree)
    return exp.and_(*map(exp.paren, conditions)) if conditions else None


def _counted(binder: Binder, indicator: Indicator, applies: exp.Expr | None) -> tuple[exp.Expr, exp.Expr]:
    """1 for a row that counts, 0 for one that doesn't; 1 for each that could be decided."""
    holds = exp.paren(binder.condition(indicator.count))
    one, zero = exp.Literal.number(1), exp.Literal.number(0)
    part = exp.Case(ifs=[exp.If(this=holds, true=one), exp.If(this=exp.not_(holds), true=zero)])
    return _within(part, applies), one.copy()


def _summed(binder: Binder, indicator: Indicator, applies: exp.Expr | None) -> tuple[exp.Expr, exp.Expr]:
    """The numbers above and below the line; where there is none below, 1 for each that could be decided."""
    above = _exact(binder, indicator.sum)
    return _within(above, applies), _exact(binder, indicator.of) if indicator.of else exp.Literal.number(1)


def _exact(binder: Binder, text: str) -> exp.Expr:
    return exp.TryCast(this=exp.paren(binder.bind(text).tree), to=exp.DataType.build(_EXACT))


def _within(part: exp.Expr, applies: exp.Expr | None) -> exp.Expr:
    """Null where it can't be said whether the indicator speaks of the row at all."""
    return part if applies is None else exp.Case(ifs=[exp.If(this=exp.paren(applies.copy()), true=part)])


def _by_place(session: Session, rows: exp.Select) -> Iterator[tuple[Place, Sums]]:
    decided = exp.and_(*(exp.column(name, quoted=True).is_(exp.null()).not_() for name in ("part", "whole")))
    sums = [exp.Filter(this=exp.Sum(this=exp.column(name, quoted=True)), expression=exp.Where(this=decided.copy()))
            for name in ("part", "whole")]  # fmt: skip
    undecided = exp.Filter(
        this=exp.Count(this=exp.Star()), expression=exp.Where(this=exp.not_(exp.paren(decided)))
    )
    counted = exp.select(exp.column("place", quoted=True), *sums, undecided).from_(rows.subquery("counted"))
    found: dict[Place, Sums] = {}
    for number, part, whole, unknown in session.database.run(
        counted.group_by(exp.column("place", quoted=True))
    ):
        place = session.places[max(number or 0, 0)]
        found[place] = found.get(place, Sums()) + Sums(_number(part), _number(whole), unknown)
    yield from sorted(found.items(), key=lambda item: str(item[0]))


def _number(value: Decimal | int | None) -> float:
    """The value, whole numbers as such."""
    if value is None:
        return 0
    return int(value) if value == int(value) else float(value)
