"""Columns named by a value (产业帮扶, 就业帮扶 …): each of their filled cells is a row of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.converting.conversion import Cells
from fupin_audit.workbook.converting.data_rows import DataRows
from fupin_audit.workbook.converting.sheet_rows import SheetRows
from fupin_audit.workbook.converting.typed_columns import typed
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.recognising.matching import FieldColumn, Match, SpreadColumn

_NO = pa.array(["否", "无", "0", "×", "未", "不", "-", "—", "/", "没有"])
_YES = pa.array(["是", "有", "1", "√", "✓", "已", "享受"])


def spread(match: Match, rows: DataRows, read: SheetRows) -> Iterator[SheetRows]:
    """Rows a column: one for each cell that says something.

    Args:
        match: the ledger, with such columns.
        rows: the sheet's data rows.
        read: they, read as the ledger.
    """
    for column in match.spread:
        texts = rows.columns[column.column]
        filled = pc.and_(pc.is_valid(texts), pc.invert(pc.is_in(texts, _NO)))
        at = np.flatnonzero(pc.fill_null(filled, False).to_numpy(zero_copy_only=False))
        if len(at):
            yield _named_by_value(match, column, rows, read).only(at)


def _named_by_value(match: Match, column: SpreadColumn, rows: DataRows, read: SheetRows) -> SheetRows:
    """All rows, with what the column's name says and what its cells hold beyond yes."""
    said = {name: Cells(pa.repeat(pa.scalar(label), rows.height), None) for name, label in column.said}
    held = {name: _beyond_yes(match, name, column, rows) for name in _held(match) if name not in said}
    letters = {**read.source.letters, **dict.fromkeys((*said, *held), letter(column.column))}
    return replace(read, cells={**read.cells, **held, **said}, source=replace(read.source, letters=letters))


def _held(match: Match) -> Iterator[str]:
    if match.ledger.spread:
        yield match.ledger.spread.cell


def _beyond_yes(match: Match, name: str, column: SpreadColumn, rows: DataRows) -> Cells:
    """The column's cells as that field; a plain yes holds nothing."""
    yes = pc.fill_null(pc.is_in(rows.columns[column.column], _YES), False)
    cells = typed(rows, FieldColumn(name, column.cell), match.ledger.columns()[name].type)
    return replace(cells, values=pc.if_else(yes, None, cells.values))
