"""From the rows of all sheets to one table a ledger: stacked, grouped, merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import LedgerTable, Problem
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.assembling.earlier_years import earlier_rows
from fupin_audit.workbook.assembling.grouping import Groups, group
from fupin_audit.workbook.assembling.merging import MergedColumn
from fupin_audit.workbook.assembling.stacking import Stack
from fupin_audit.workbook.converting.sheet_rows import CountsAs, SheetRows
from fupin_audit.writing.column_files import Keep, in_memory


def assemble_all(
    parts: Sequence[SheetRows], ledgers: Sequence[type[Ledger]], keep: Keep = in_memory
) -> dict[str, LedgerTable]:
    """Ledger title → table, of those ledgers that any sheet feeds.

    Args:
        parts: what every sheet gives every ledger, in the order of the files.
        ledgers: those there are.
        keep: where the columns of the tables are kept.
    """
    yearly = _yearly_fields(ledgers)
    tables = {ledger.title: _table(ledger, parts, yearly, keep) for ledger in ledgers}
    return {title: table for title, table in tables.items() if table is not None}


def _table(
    ledger: type[Ledger], parts: Sequence[SheetRows], yearly: frozenset[str], keep: Keep
) -> LedgerTable | None:
    """A ledger's table: of its own sheets, else of the earlier years of the ledger it is made from."""
    own = [part for part in parts if part.ledger is ledger]
    if any(part.counts_as < CountsAs.LISTED for part in own):
        return _assembled(Stack(ledger, own, keep), yearly)
    return earlier_rows(ledger, [part for part in parts if part.ledger.title == ledger.earlier_of], keep)


def _assembled(stack: Stack, yearly: frozenset[str]) -> LedgerTable:
    groups = group(stack)
    return _as_they_stand(stack) if groups is None else _merged(stack, groups, yearly)


def _yearly_fields(ledgers: Iterable[type[Ledger]]) -> frozenset[str]:
    """Fields that the system also keeps year by year (家庭人口, 人均纯收入): only the latest year speaks."""
    return frozenset(
        name
        for ledger in ledgers
        if ledger.merge and "年度" in ledger.key
        for name in ledger.columns()
        if name not in ledger.key
    )


def _as_they_stand(stack: Stack) -> LedgerTable:
    problems = [
        Problem(fault.rule, row, name, fault.message, fault.hint, cell=stack.cell_of(fault, row, name))
        for name in stack.fields
        for fault in stack.faults(name)
        for row in fault.rows.tolist()
    ]
    data = pa.table({name: stack.kept(stack.values(name)) for name in stack.fields})
    return LedgerTable(stack.ledger, data, stack.cell_rows(), problems=tuple(problems))


def _merged(stack: Stack, groups: Groups, yearly: frozenset[str]) -> LedgerTable:
    columns, origins = {}, {}
    problems: list[Problem] = []
    for name in stack.fields:
        column = MergedColumn(stack, groups, name, yearly=name in yearly)
        columns[name], origins[name] = (
            stack.kept(column.values),
            stack.numbers(column.origin.astype(np.int32)),
        )
        problems += column.problems()
    return LedgerTable(stack.ledger, pa.table(columns), stack.cell_rows(), origins, tuple(problems))
