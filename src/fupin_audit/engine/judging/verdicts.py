"""Judge a rule: one query for its verdicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fupin_audit.engine.database.duckdb import ROW, UNKNOWN
from fupin_audit.engine.database.selects import column
from fupin_audit.engine.judging.conditions import applicable, bound_to, rule_conditions
from fupin_audit.engine.judging.failures import Cited, Failure, cited_fields, explain, grounds
from fupin_audit.engine.linking.linked import Linked
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
        passed: number of rows, or of cells, by place number.
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


def judge(linked: Linked, target: RuleTarget) -> Verdicts:
    """Judge every row of the target's ledger, and gather what the findings say."""
    verdicts = decide(linked, target)
    if not len(verdicts.failed):
        return verdicts
    # A rule that hits most rows says something of the column, nothing of a row.
    grounds = () if len(verdicts.failed) > int(verdicts.passed.sum()) else verdicts.grounds
    told = explain(linked, target, verdicts.cited, grounds, verdicts.failed)
    return replace(verdicts, failures=tuple(told))


def decide(linked: Linked, target: RuleTarget) -> Verdicts:
    """Judge every row of the target's ledger; which rows fail, but not what their findings say."""
    session = linked.session
    binder = bound_to(session, target)
    applies, verdict = rule_conditions(session, binder, target)
    frame = binder.frame
    verdicts = Verdicts(
        missing=tuple(dict.fromkeys(frame.missing)),
        cited=cited_fields(binder, target),
        grounds=grounds(binder),
        counted=tuple(dict.fromkeys(frame.counted)),
    )
    if verdicts.missing:
        return verdicts
    columns = {"row": column(ROW, frame.alias), "holds": verdict.copy()}
    found = session.database.arrays(applicable(linked.select(frame, columns), applies))
    rows, holds = found["row"], found["holds"]
    counts = _by_place(session.place_numbers(target.ledger)[rows], holds, len(session.places))
    return replace(
        verdicts,
        passed_over=tuple(dict.fromkeys(frame.passed_over)),
        passed=counts[1],
        undecided=counts[UNKNOWN],
        failed=np.sort(rows[holds == 0]),
    )


def holding(linked: Linked, target: RuleTarget, rows: Collection[int]) -> Collection[int]:
    """Those of the rows the rule applies to and holds for."""
    database, binder = linked.session.database, bound_to(linked.session, target)
    applies, verdict = rule_conditions(linked.session, binder, target)
    columns = {"row": column(ROW, binder.frame.alias)}
    with database.lent(pa.table({ROW: pa.array(sorted(rows), pa.int32())})) as asked:
        held = applicable(linked.select(binder.frame, columns, only=asked), applies)
        return [number for (number,) in database.run(held.where(verdict, copy=False))]


def _by_place(places: np.ndarray, holds: np.ndarray, size: int) -> Mapping[int, Numbers]:
    """Verdict → how many rows have it, by place number."""
    verdicts = (UNKNOWN, 0, 1)
    cells = places * len(verdicts) + (holds + 1)
    counts = np.bincount(cells, minlength=size * len(verdicts)).reshape(size, len(verdicts))
    return dict(zip(verdicts, counts.T, strict=True))


def without_repeats(verdicts: Verdicts, keys: Sequence[str]) -> Verdicts:
    """One failure for each combination of these values, the same one whatever the order of rows."""
    first: dict[tuple[Any, ...], Failure] = {}
    for failure in sorted(verdicts.failures, key=lambda item: str(sorted(item.values.items()))):
        first.setdefault(tuple(failure.values[name] for name in keys), failure)
    return replace(verdicts, failures=tuple(first.values()))
