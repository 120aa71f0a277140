"""Judge a rule: one query for its verdicts, or one for each kind of delivery."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fupin_audit.engine.database.duckdb import ROW, UNKNOWN
from fupin_audit.engine.database.selects import column
from fupin_audit.engine.judging.conditions import applicable
from fupin_audit.engine.judging.covered_lists import asks_coverage, listed, uncovered
from fupin_audit.engine.judging.failures import Cited, Failure, cited_fields, explain, grounds
from fupin_audit.engine.judging.portions import Portion, portions
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.session import Session
from fupin_audit.rulepack.language.needs import Counted
from fupin_audit.rulepack.language.targets import RuleTarget

Numbers = npt.NDArray[np.int64]
_FEW, _SHARE = 5, 0.1  # rows, and the share of a ledger's rows, that are not yet a matter of the column


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
        unknown: the rows of which it can't be said, and those that were not judged as their list lacks too many.
        lacking: numbers of the areas whose rows were not judged.
        idle: of the rows that are judged here none was, as their lists lack too many; others may be judged elsewhere.
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
    unknown: Numbers = field(default_factory=_no_rows)
    lacking: frozenset[int] = frozenset()
    idle: bool = False
    failures: tuple[Failure, ...] = ()


def judge(linked: Linked, target: RuleTarget) -> Verdicts:
    """Judge every row of the target's ledger, and gather what the findings say.

    Where places lack something that others have, they are judged apart, as if they had been checked alone.
    """
    return _portion_by_portion(linked, target, _judged)


def _of_the_column(session: Session, target: RuleTarget, verdicts: Verdicts) -> np.ndarray:
    """Which failed rows are of a county of which a rule hits so many that it says something of the column."""
    counties, places = session.areas.county_of_place, session.place_numbers(target.ledger)
    most = len(session.areas.counties) + 1
    size = np.bincount(counties[places], minlength=most)
    passed = np.bincount(counties, weights=verdicts.passed, minlength=most)
    own = counties[places[verdicts.failed]]
    failed = np.bincount(own, minlength=most)
    return np.asarray((failed > np.maximum(np.maximum(passed, _FEW), size * _SHARE))[own])


def decide(linked: Linked, target: RuleTarget) -> Verdicts:
    """Judge every row of the target's ledger; which rows fail, but not what their findings say."""
    return _portion_by_portion(linked, target, _decided)


def _portion_by_portion(
    linked: Linked, target: RuleTarget, said: Callable[[Linked, Portion, bool], Verdicts]
) -> Verdicts:
    split = portions(linked.session, target)
    most = max(split, key=lambda portion: len(portion.rows))
    told = [said(linked, portion, portion is not most) for portion in split]
    return told[0] if len(told) == 1 else _together(linked.session, split, told)


def _judged(linked: Linked, portion: Portion, apart: bool) -> Verdicts:
    verdicts = _decided(linked, portion, apart)
    if not len(verdicts.failed):
        return verdicts
    of_column = _of_the_column(linked.session, portion.target, verdicts)
    told = [
        failure
        for grounds, failed in (
            (verdicts.grounds, verdicts.failed[~of_column]),
            ((), verdicts.failed[of_column]),
        )
        if len(failed)
        for failure in explain(linked, portion, verdicts.cited, grounds, failed)
    ]
    return replace(verdicts, failures=tuple(sorted(told, key=lambda failure: failure.row)))


def _together(session: Session, split: Sequence[Portion], told: Sequence[Verdicts]) -> Verdicts:
    """What was said of the parts as one; what some of them lack is told with their names."""
    lacking = _named(session, split, [said.missing for said in told])
    judged = [said for said in told if not said.missing]
    if not judged:
        return replace(told[0], missing=lacking)
    return Verdicts(
        passed_over=(*lacking, *_named(session, split, [said.passed_over for said in told])),
        passed=np.sum([said.passed for said in judged], axis=0),
        undecided=np.sum([said.undecided for said in judged], axis=0),
        cited=tuple(dict.fromkeys(item for said in judged for item in said.cited)),
        grounds=tuple(dict.fromkeys(item for said in judged for item in said.grounds)),
        counted=tuple(dict.fromkeys(item for said in judged for item in said.counted)),
        failed=np.sort(np.concatenate([said.failed for said in judged])),
        unknown=np.concatenate([said.unknown for said in judged]),
        lacking=frozenset(
            area for portion, said in zip(split, told, strict=True) if said.missing for area in portion.areas
        ),
        idle=any(said.idle for said in judged)
        and not any(_judges(session, split[0].target, said) for said in judged),
        failures=tuple(
            sorted((item for said in judged for item in said.failures), key=lambda item: item.row)
        ),
    )


def _judges(session: Session, target: RuleTarget, said: Verdicts) -> bool:
    """Whether there is a verdict on any row that is judged here, and not only seen."""
    failed = session.own[session.place_numbers(target.ledger)[said.failed]]
    return bool((said.passed + said.undecided)[session.own].any() or failed.any())


def _named(session: Session, split: Sequence[Portion], gaps_of: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Each gap once, with the places that have it, unless all have it."""
    among = np.isin(
        np.arange(len(session.areas.names)), [area for portion in split for area in portion.areas]
    )
    found: dict[str, list[int]] = {}
    for portion, gaps in zip(split, gaps_of, strict=True):
        for gap in gaps:
            found.setdefault(gap, []).extend(portion.areas)
    return tuple(
        gap if len(areas) == among.sum() else f"{session.areas.told(areas, among)}：{gap}"
        for gap, areas in found.items()
    )


def _decided(linked: Linked, portion: Portion, apart: bool) -> Verdicts:
    """What a portion's rows come to; asked for alone where they are few of many, else with all others."""
    session, target = linked.session, portion.target
    asked = portion.conditions(session)
    binder, frame = asked.binder, asked.binder.frame
    verdicts = Verdicts(
        missing=tuple(dict.fromkeys(frame.missing)),
        cited=cited_fields(binder, target),
        grounds=grounds(binder),
        counted=tuple(dict.fromkeys(frame.counted)),
    )
    if verdicts.missing:
        return verdicts
    columns = {"row": column(ROW, frame.alias), "holds": asked.require}
    if asked.applies:
        columns["applies"] = asked.applies.copy()
    if asks_coverage(target, binder.vocabulary.ledgers):
        columns["listed"] = listed(binder, target)
    with session.database.lent(pa.table({ROW: portion.rows})) if apart else nullcontext("") as only:
        found = session.database.arrays(applicable(linked.select(frame, columns, only=only), asked.applies))
    if portion.areas and not apart:
        here = np.isin(found["row"], portion.rows)
        found = {name: values[here] for name, values in found.items()}
    verdicts = replace(verdicts, passed_over=tuple(dict.fromkeys(frame.passed_over)))
    return _counted(session, target, verdicts, found)


def _counted(
    session: Session, target: RuleTarget, verdicts: Verdicts, found: Mapping[str, np.ndarray]
) -> Verdicts:
    """The verdicts row by row as numbers by place; without those that rest on a list which lacks too many."""
    rows, holds = found["row"], found["holds"]
    if "applies" in found:  # where that can't be known, nothing is broken
        holds = np.where((holds == 0) & (found["applies"] == UNKNOWN), UNKNOWN, holds)
    unlisted = _no_rows()
    if "listed" in found:
        stands = np.where(found["listed"] == 1, 1, holds)
        short = uncovered(session, target, rows, stands)
        if short.all_rows and not session.shard:
            return replace(verdicts, missing=short.told)
        verdicts = replace(verdicts, idle=short.all_rows)
        unlisted = rows[short.rows]
        rows, holds = rows[~short.rows], holds[~short.rows]
        verdicts = replace(verdicts, passed_over=(*verdicts.passed_over, *short.told))
    holds = np.where((holds == 0) & _lacking_column(session, target, verdicts.cited)[rows], UNKNOWN, holds)
    counts = _by_place(session.place_numbers(target.ledger)[rows], holds, len(session.places))
    failed = np.sort(rows[holds == 0])
    unknown = np.concatenate([rows[holds == UNKNOWN], unlisted])
    return replace(verdicts, passed=counts[1], undecided=counts[UNKNOWN], failed=failed, unknown=unknown)


def _lacking_column(session: Session, target: RuleTarget, cited: Sequence[Cited]) -> np.ndarray:
    """Which rows have no cell to mend, as their sheets lack its column: what is blank there says nothing."""
    table = session.delivery.tables[target.ledger]
    if not cited or cited[0].path:
        return np.zeros(table.data.num_rows, dtype=bool)
    name = cited[0].field
    blank = table.data.column(name).is_null().to_numpy()
    return np.asarray(blank & ~table.has(name))


def holding(linked: Linked, target: RuleTarget, rows: Collection[int]) -> Collection[int]:
    """Those of the rows the rule applies to and holds for."""
    asked = np.array(sorted(rows), dtype=np.int32)
    split = portions(linked.session, target)
    return [row for portion in split for row in _holding(linked, portion, _of_part(portion, asked))]


def _of_part(portion: Portion, rows: np.ndarray) -> np.ndarray:
    return np.intersect1d(rows, portion.rows) if portion.areas else rows


def _holding(linked: Linked, portion: Portion, rows: np.ndarray) -> Collection[int]:
    database, asked = linked.session.database, portion.conditions(linked.session)
    frame = asked.binder.frame
    if frame.missing or not len(rows):
        return []
    columns = {"row": column(ROW, frame.alias)}
    with database.lent(pa.table({ROW: rows})) as wanted:
        held = applicable(linked.select(frame, columns, only=wanted), asked.applies)
        return [number for (number,) in database.run(held.where(asked.require, copy=False))]


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
