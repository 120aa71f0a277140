"""What a rule asks of a row, as SQL: where it applies, and what must hold there."""

from __future__ import annotations

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


def rule_conditions(session: Session, binder: Binder, target: RuleTarget) -> tuple[exp.Expr | None, exp.Expr]:
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
        return None, require
    applies = exp.and_(*(exp.paren(item, copy=False) for item in conditions), copy=False)
    holds = exp.If(this=require, true=exp.true())
    # Mostly it holds; only where it does not is it asked whether the rule applies at all.
    return applies, exp.Case(ifs=[holds, exp.If(this=applies.copy(), true=require.copy())])


def applicable(rows: exp.Select, applies: exp.Expr | None) -> exp.Select:
    """Only the rows the rule applies to, or of which that can't be known."""
    if applies is None:
        return rows
    rejected = exp.Is(this=exp.paren(applies, copy=False), expression=exp.false())
    return rows.where(exp.not_(rejected, copy=False), copy=False)
