"""What a rule asks of a row, as SQL: where it applies, and what must hold there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from fupin_audit.engine.judging.bound_before import bound_rule
from fupin_audit.engine.judging.reaching_rows import within_reach
from fupin_audit.engine.loaded.session import Session
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.language.vocabulary import Available


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a rule asks of a row, and the binder it was bound by.

    Attributes:
        binder: knows what the two need.
        applies: where the rule applies; None where everywhere.
        require: what must hold there.
    """

    binder: Binder
    applies: exp.Expr | None
    require: exp.Expr


def rule_conditions(session: Session, target: RuleTarget, available: Available) -> Conditions:
    """Where the rule applies, and what must hold there, by what is available where its rows lie."""
    bound = bound_rule(session.catalogue.vocabulary, target, available)
    conditions = list(filter(None, (bound.when, within_reach(session, target), bound.registered)))
    applies = (
        exp.and_(*(exp.paren(item, copy=False) for item in conditions), copy=False) if conditions else None
    )
    return Conditions(bound.binder, applies, bound.require)


def applicable(rows: exp.Select, applies: exp.Expr | None) -> exp.Select:
    """Only the rows the rule applies to, or of which that can't be known."""
    if applies is None:
        return rows
    rejected = exp.Is(this=exp.paren(applies, copy=False), expression=exp.false())
    return rows.where(exp.not_(rejected, copy=False), copy=False)
