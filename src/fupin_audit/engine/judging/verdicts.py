"""Judge a rule: one query for its verdicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlglot import exp

from fupin_audit.engine.database import selects
from fupin_audit.engine.database.duckdb import UNKNOWN
from fupin_audit.engine.database.selects import column
from fupin_audit.engine.judging.failures import Cited, Failure, cited_fields, explain, grounds
from fupin_audit.engine.loaded.session import Session
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.needs import Counted
from fupin_audit.rulepack.language.targets import RuleTarget

Numbers = npt.NDArray[np.int64]


def _no_rows() -> Numbers:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Verdicts:
    """What a rule said of one ledger.

    Attributes:
        missing: what was not delivered; when not empty, nothing was judged.
        passed_over: what was not delivered of a part that could be left out.
        passed: number of rows by place number.
        undecided: number of rows by place number.
        cited: the implicated fields, the one to mend first.
        grounds: the fields the verdict rests on, of the row and of rows it leads to one to one.
        counted: what the verdict's statistics look at.
        failed: the rows that broke it, ascending.
        failures: what is to be said of them.
    """

    missing: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    passed: Numbers = field(default_factory=_no_rows)
    undecided: Numbers = field(default_factory=_no_rows)
    cited: tuple[Cited, ...] = ()
    grounds: tuple[Cited, ...] = ()
    counted: tuple[Counted, ...] = ()
    failed: Numbers = field(default_factory=_no_rows)
    failures: tuple[Failure, ...] = ()


def judge(session: Session, target: RuleTarget) -> Verdicts:
    """Judge every row of the target's ledger, and gather what the findings say."""
    verdicts = decide(session, target)
    if not len(verdicts.failed):
        return verdicts
    # A rule that hits most rows says something of the column, nothing of a row.
    grounds = () if len(verdicts.failed) > int(verdicts.passed.sum()) else verdicts.grounds
    told = explain(session, target, verdicts.cited, grounds, verdicts.failed)
    return replace(verdicts, failures=tuple(told))


def decide(session: Session, target: RuleTarget) -> Verdicts:
    """Judge every row of the target's ledger; which rows fail, but not what their findings say."""
    binder = session.binder(target.ledger, tolerated=target.rule.optional, this_column=target.column)
    applies, verdict = rule_conditions(binder, target)
    frame = binder.frame
    verdicts = Verdicts(
        missing=tuple(dict.fromkeys(frame.missing)),
        cited=cited_fields(binder, target),
        grounds=grounds(binder),
        counted=tuple(dict.fromkeys(frame.counted)),
    )
    if verdicts.missing:
        return verdicts
    session.link_all(frame)
    places = session.place_numbers(target.ledger)
    columns = {"row": column("_row", frame.alias), "holds": verdict.copy()}
    judged = applicable(selects.select(frame, columns, year=session.year_of(target.ledger)), applies)
    found = session.database.arrays(judged)
    rows, holds = found["row"], found["holds"]
    counts = _by_place(places[rows], holds, len(session.places))
    return replace(
        verdicts,
        passed_over=tuple(dict.fromkeys(frame.passed_over)),
        passed=counts[1],
        undecided=counts[UNKNOWN],
        failed=np.sort(rows[holds == 0]),
    )


def holding(session: Session, target: RuleTarget, rows: Collection[int]) -> Collection[int]:
    """Those of the rows the rule applies to and holds for."""
    binder = session.binder(target.ledger, tolerated=target.rule.optional, this_column=target.column)
    applies, verdict = rule_conditions(binder, target)
    session.link_all(binder.frame)
    columns = {"row": column("_row", binder.frame.alias)}
    with session.database.lent(pa.table({"_row": pa.array(sorted(rows), pa.int32())})) as asked:
        selected = selects.select(binder.frame, columns, year=session.year_of(target.ledger), only=asked)
        held = applicable(selected, applies).where(verdict, copy=False)
        return [number for (number,) in session.database.run(held)]


def _by_place(places: np.ndarray, holds: np.ndarray, size: int) -> Mapping[int, Numbers]:
    """Verdict → how many rows have it, by place number."""
    verdicts = (UNKNOWN, 0, 1)
    cells = places * len(verdicts) + (holds + 1)
    counts = np.bincount(cells, minlength=size * len(verdicts)).reshape(size, len(verdicts))
    return dict(zip(verdicts, counts.T, strict=True))


def rule_conditions(binder: Binder, target: RuleTarget) -> tuple[exp.Expr | None, exp.Expr]:
    """Where the rule applies, and its verdict there."""
    rule = target.rule
    require = binder.condition(rule.require)
    conditions = [binder.condition(rule.when)] if rule.when else []
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
    rejected = exp.Is(this=exp.paren(applies), expression=exp.false())
    return rows.where(exp.not_(rejected, copy=False), copy=False)


def without_repeats(verdicts: Verdicts, keys: Sequence[str]) -> Verdicts:
    """One failure for each combination of these values, the same one whatever the order of rows."""
    first: dict[tuple[Any, ...], Failure] = {}
    for failure in sorted(verdicts.failures, key=lambda item: str(sorted(item.values.items()))):
        first.setdefault(tuple(failure.values[name] for name in keys), failure)
    return replace(verdicts, failures=tuple(first.values()))
