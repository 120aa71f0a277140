"""From the rows of all sheets to one table a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import LedgerTable, Problem
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.assembling.grouping import Groups, group
from fupin_audit.workbook.assembling.merging import MergedColumn
from fupin_audit.workbook.assembling.stacking import Stack
from fupin_audit.workbook.converting.fragments import Fragment


def assemble(ledger: type[Ledger], fragments: Sequence[Fragment], yearly: frozenset[str]) -> LedgerTable:
    """One table of all rows that were read for a ledger.

    Args:
        ledger: the model.
        fragments: its rows, sheet by sheet.
        yearly: fields that change from year to year, so that only the latest year speaks.
    """
    stack = Stack(ledger, fragments)
    groups = group(stack)
    return _as_they_stand(stack) if groups is None else _merged(stack, groups, yearly)


def yearly_fields(ledgers: Iterable[type[Ledger]]) -> frozenset[str]:
    """Fields that the system also keeps year by year (家庭人口, 人均纯收入)."""
    return frozenset(
        name
        for ledger in ledgers
        if ledger.merge and "年度" in ledger.key
        for name in ledger.columns()
        if name not in ledger.key
    )


def _as_they_stand(stack: Stack) -> LedgerTable:
    problems = [
        Problem(fault.rule, row, name, fault.message, fault.hint)
        for name in stack.fields
        for fault in stack.faults(name)
        for row in fault.rows.tolist()
    ]
    data = pa.table({name: stack.values(name) for name in stack.fields})
    return LedgerTable(stack.ledger, data, stack.cell_rows(), problems=tuple(problems))


def _merged(stack: Stack, groups: Groups, yearly: frozenset[str]) -> LedgerTable:
    columns, origins = {}, {}
    problems: list[Problem] = []
    for name in stack.fields:
        column = MergedColumn(stack, groups, name, yearly=name in yearly)
        columns[name], origins[name] = column.values, column.origin.astype(np.int32)
        problems += column.problems()
    return LedgerTable(stack.ledger, pa.table(columns), stack.cell_rows(), origins, tuple(problems))
