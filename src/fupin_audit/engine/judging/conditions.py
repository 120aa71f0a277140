"""What a rule asks of a row, as SQL: where it applies, and what must hold there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from fupin_audit.engine.judging.reaching_rows import within_reach
from fupin_audit.engine.loaded.session import Session
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.language.vocabulary import Available


def bound_to(session: Session, target: RuleTarget, available: Available) -> Binder:
    """A binder for the target's expressions, by what is available where its rows lie."""
    vocabulary, tolerated = session.catalogue.vocabulary, target.rule.optional
    return Binder.on(vocabulary, available, target.ledger, this_column=target.column, tolerated=tolerated)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a rule asks of a row, and the binder it was bound by.

    Attributes:
        binder: knows what the two need.
        applies: where the rule applies; None where everywhere.
        verdict: whether the row keeps it; null where that can't be known.
    """

    binder: Binder
    applies: exp.Expr | None
    verdict: exp.Expr


def rule_conditions(session: Session, binder: Binder, target: RuleTarget) -> Conditions:
    """Where the rule applies, and its verdict there."""
    rule, reach = target.rule, within_reach(session, target)
    require = binder.condition(rule.require)
    binder.frame.missing += filter(None, map(binder.available.incomplete, rule.complete))
    conditions = [binder.condition(rule.when)] if rule.when else []
    if reach is not None:
        conditions.append(reach)
    if target.ledger == "人口" and rule.scope == "在册":
        conditions.append(binder.field("在册").tree)
    if not conditions:
        return Conditions(binder, None, require)
    applies = exp.and_(*(exp.paren(item, copy=False) for item in conditions), copy=False)
    holds = exp.If(this=require, true=exp.true())
    # Mostly it holds; only where it does not is it asked whether the rule applies at all.
    asked = exp.Case(ifs=[holds, exp.If(this=applies.copy(), true=require.copy())])
    return Conditions(binder, applies, asked)


def applicable(rows: exp.Select, applies: exp.Expr | None) -> exp.Select:
    """Only the rows the rule applies to, or of which that can't be known."""
    if applies is None:
        return rows
    rejected = exp.Is(this=exp.paren(applies, copy=False), expression=exp.false())
    return rows.where(exp.not_(rejected, copy=False), copy=False)
