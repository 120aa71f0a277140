"""What earlier years' exports say of persons whom a later one has too: rows that merging leaves unspoken."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import CellRows, LedgerTable
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.assembling.grouping import group
from fupin_audit.workbook.assembling.stacking import Stack
from fupin_audit.workbook.converting.conversion import Ints
from fupin_audit.workbook.converting.sheet_rows import SheetRows
from fupin_audit.writing.column_files import Keep, in_memory

_YEAR = "年度"


def earlier_rows(
    ledger: type[Ledger], parts: Sequence[SheetRows], keep: Keep = in_memory
) -> LedgerTable | None:
    """The superseded rows of a merged ledger as a ledger of their own; None where all speak of one year.

    Args:
        ledger: the model, whose fields are some of the merged ledger's, and 年度.
        parts: rows of the merged ledger, sheet by sheet.
        keep: where the columns are kept.
    """
    if len({int(year) for part in parts for year in np.unique(part.years) if year}) <= 1:
        return None
    stack = Stack(parts[0].ledger, parts, keep)
    groups = group(stack)
    if groups is None or not groups.older.any():
        return None
    return _table(ledger, stack, np.sort(groups.order[groups.older]))


def _table(ledger: type[Ledger], stack: Stack, rows: Ints) -> LedgerTable:
    at = pa.array(rows)
    names = [name for name in ledger.columns() if name in stack.fields]
    data = {name: stack.kept(stack.values(name).take(at)) for name in names}
    data[_YEAR] = pa.array(stack.years[rows])
    texts = {name: stack.kept(found.take(at)) for name in names if (found := stack.texts(name)) is not None}
    cells = stack.cell_rows()
    own = CellRows(cells.sources, cells.source[rows], cells.excel_row[rows], texts)
    return LedgerTable(ledger, pa.table(data), own)
