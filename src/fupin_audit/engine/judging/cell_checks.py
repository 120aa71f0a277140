"""Checks that follow from the ledger models and the reading itself: CEL, ID-03, KEY-12 (D2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import LedgerTable, Problem
from fupin_audit.engine.judging.failures import CitedCell, Failure
from fupin_audit.engine.judging.verdicts import Verdicts
from fupin_audit.engine.judging.yearly_figures import ACCOUNT, HOUSEHOLD, unlike_figures
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Cell
from fupin_audit.ledgers.base import Column
from fupin_audit.ledgers.last_drop import read_as
from fupin_audit.ledgers.types.kinds import YEAR

# What the sentence of such a check says besides ledger, field and text.
SAID, HINT = "说明", "建议"

# A value 10⁴ too large or small is read in the wrong unit; the rest of the column must lie close together.
_UNIT_FACTOR, _SLACK, _SPREAD, _ENOUGH = 4.0, 1.0, 2.0, 5
_SLIPS, _SLIP_SHARE = 3, 0.01  # rows of a later year that are slips: fewer than that many, or than that part
# Found while reading; the cells that were judged are the column's cells that are not blank.
_UNLIKE = "KEY-12"
_FROM_READING = ("CEL-01", "CEL-04", "CEL-06", "CEL-09", "CEL-12", "ID-03", _UNLIKE)


def check(rule: str, session: Session) -> Iterator[Verdicts]:
    """Run one built-in check over every ledger that has columns for it."""
    for title, table in session.delivery.tables.items():
        if table.made or read_as(title):
            continue
        if rule in _FROM_READING:
            judged, problems = _from_reading(rule, table)
        else:
            judged, problems = _from_model(rule, table, session.as_of)
        failures = [_failure(title, problem) for problem in problems]
        if rule == _UNLIKE and title == HOUSEHOLD:
            failures += _against_account(session, problems)
        for failure in failures:
            judged[failure.row] -= 1
        numbers = session.place_numbers(title)
        passed = np.bincount(numbers, weights=judged, minlength=len(session.places)).astype(np.int64)
        yield Verdicts(passed=passed, undecided=np.zeros_like(passed), failures=tuple(failures))


def _failure(title: str, problem: Problem) -> Failure:
    """A wrong cell as the failure of its row."""
    cell = CitedCell(problem.field, Cell(title, problem.row, problem.field), None)
    said = {SAID: problem.message, HINT: problem.hint}
    return Failure(problem.row, (cell,), said, repeats=problem.others, instead=problem.cell)


def _against_account(session: Session, told: Sequence[Problem]) -> Iterator[Failure]:
    """What a household's account of the audit year says otherwise, unless its sheets contradict each other already."""
    known = {(problem.row, problem.field) for problem in told}
    for own, there in unlike_figures(session.delivery.tables, session.as_of.year):
        if (own.at.row, own.name) not in known:
            said = f"{ACCOUNT}{session.as_of.year}年为{there.value:g}"
            yield Failure(own.at.row, (own, there), {SAID: said, HINT: ""})


Looked = tuple[np.ndarray, Sequence[Problem]]
"""How many cells of each row were judged, and which of them are wrong."""


def _from_reading(rule: str, table: LedgerTable) -> Looked:
    judged = np.zeros(table.data.num_rows, dtype=np.int64)
    for name, column in table.ledger.columns().items():
        if name in table.fields and _concerns(rule, column):
            judged += _mask(pc.is_valid(table.data.column(name)))
    problems = [problem for problem in table.problems if problem.rule == rule]
    for problem in problems:
        judged[problem.row] += table.data.column(problem.field)[problem.row].as_py() is None
    return judged, problems


def _concerns(rule: str, column: Column) -> bool:
    if rule in {"CEL-04", "CEL-12"}:
        return bool(column.type.codes)
    return column.type.name == "身份证" if rule == "ID-03" else True


def _from_model(rule: str, table: LedgerTable, as_of: date) -> Looked:
    judged = np.zeros(table.data.num_rows, dtype=np.int64)
    problems: list[Problem] = []
    for name, column in table.ledger.columns().items():
        if name not in table.fields:
            continue
        found = _CHECKS[rule](table, column, table.data.column(name), as_of)
        if found is None:
            continue
        looked_at, wrong, message = found
        judged += looked_at
        problems += [Problem(rule, int(row), name, message) for row in np.flatnonzero(wrong)]
    return judged, problems


Found = tuple[np.ndarray, np.ndarray, str] | None


def _blank(table: LedgerTable, column: Column, values: pa.ChunkedArray, _: date) -> Found:
    """CEL-03, of rows whose sheet has the column; a cell that has a text that can't be read is not blank."""
    if not column.required:
        return None
    asked = table.has(column.name)
    wrong = _mask(pc.is_null(values)) & asked
    unread = [problem.row for problem in table.problems if problem.field == column.name]
    wrong[unread] = False
    return asked.astype(np.int32), wrong, ""


def _out_of_range(_: LedgerTable, column: Column, values: pa.ChunkedArray, __: date) -> Found:
    if column.low is None and column.high is None:
        return None
    low = column.low if column.low is not None else -np.inf
    high = column.high if column.high is not None else np.inf
    numbers = _numbers(values)
    with np.errstate(invalid="ignore"):
        wrong = (numbers < low) | (numbers > high)
    return ~np.isnan(numbers), wrong, _range(column)


def _range(column: Column) -> str:
    low, high = (None if end is None else f"{end:g}" for end in (column.low, column.high))
    if low is not None and high is not None:
        return f"应在{low}到{high}之间"
    return f"不应小于{low}" if low is not None else f"不应大于{high}"


def _in_future(table: LedgerTable, column: Column, values: pa.ChunkedArray, as_of: date) -> Found:
    """CEL-13; of the years of a household, those that only a few rows carry: more of them are later records."""
    if column.name in table.ledger.key and column.type.name == YEAR.name and table.ledger.merge:
        wrong = _mask(pc.greater(values, as_of.year))
        few = 0 < wrong.sum() < max(_SLIPS, _SLIP_SHARE * len(wrong))
        return _mask(pc.is_valid(values)), wrong & few, f"晚于截止日期{as_of.isoformat()}"
    if column.type.family != "date" or column.future:
        return None
    wrong = _mask(pc.greater(values, pa.scalar(as_of, pa.date32())))
    return _mask(pc.is_valid(values)), wrong, f"晚于截止日期{as_of.isoformat()}"


def _wrong_unit(_: LedgerTable, column: Column, values: pa.ChunkedArray, __: date) -> Found:
    """CEL-11: a few values 10⁴ away from a column whose other values lie within two orders of magnitude."""
    if column.type.sql != "DOUBLE":
        return None
    numbers = np.abs(_numbers(values))
    present = numbers > 0
    if present.sum() < _ENOUGH:
        return None
    distance = np.zeros(len(numbers))
    with np.errstate(all="ignore"):  # next to nothing is far from everything
        distance[present] = np.log10(numbers[present] / np.median(numbers[present]))
        far = present & (np.abs(np.abs(distance) - _UNIT_FACTOR) <= _SLACK)
        others = present & ~far
        tight = others.sum() >= _ENOUGH and np.ptp(distance[others]) <= _SPREAD
    return present, far & tight, "与同列其他值相差约一万倍，疑为单位弄错"


def _mask(array: pa.ChunkedArray) -> np.ndarray:
    return np.array(pc.fill_null(array, False).to_numpy(zero_copy_only=False), dtype=bool)


def _numbers(values: pa.ChunkedArray) -> np.ndarray:
    if not pa.types.is_integer(values.type) and not pa.types.is_floating(values.type):
        return np.full(len(values), np.nan)
    return np.asarray(pc.cast(values, pa.float64()).to_numpy(zero_copy_only=False), dtype=float)


_CHECKS = {"CEL-03": _blank, "CEL-05": _out_of_range, "CEL-11": _wrong_unit, "CEL-13": _in_future}
BUILT_IN = (*_FROM_READING, *_CHECKS)
