"""The cells to the left and right of the cell to mend, for people who look for it in the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location
from fupin_audit.workbook.formats.references import cell_place, column_index

MOST = 1500
"""Cells to mend of which the row is shown, those of the gravest findings: a page with more would be too large to mail."""
_NEAR = 2  # columns on either side


class _Column(NamedTuple):
    """A column of a sheet, and the field of a ledger it feeds."""

    at: int
    ledger: str
    source: int
    field: str


def cells_beside(
    delivery: Delivery, subjects: Subjects, findings: Iterable[Finding]
) -> Mapping[Location, tuple[Location, ...]]:
    """The cell to mend → the cells near it in its row; a column that was not recognised is left out."""
    graded = sorted(findings, key=lambda finding: finding.severity.rank)
    wrong = dict.fromkeys(finding.locations[0] for finding in graded if finding.locations)

    @cache
    def columns(file: str, sheet: str) -> Sequence[_Column]:
        return list(_columns(delivery, file, sheet))

    return {at: tuple(_near(at, columns(at.file, at.sheet), delivery, subjects)) for at in list(wrong)[:MOST]}


def _columns(delivery: Delivery, file: str, sheet: str) -> Iterator[_Column]:
    """The columns of a sheet that were recognised, in their order, each once."""
    found: dict[int, _Column] = {}
    for title, table in delivery.tables.items():
        for number, source in enumerate(table.cells.sources):
            if (source.file, source.sheet) == (file, sheet):
                for field in filter(source.has, table.fields):
                    index = column_index(source.letters[field])
                    found.setdefault(index, _Column(index, title, number, field))
    for index in sorted(found):
        yield found[index]


def _near(
    at: Location, columns: Sequence[_Column], delivery: Delivery, subjects: Subjects
) -> Iterator[Location]:
    place = cell_place(at.cell)
    if place is None:
        return
    row, column = place
    for one in columns:
        if 0 < abs(one.at - column) <= _NEAR:
            position = _position(delivery.tables[one.ledger], one, row + 1)
            if position is not None:
                yield subjects.location(one.ledger, position, one.field)


def _position(table: LedgerTable, column: _Column, excel_row: int) -> int | None:
    """The row of a ledger whose value stands in this row of the sheet; None for none, or for several."""
    cells = table.cells
    standing = np.flatnonzero((cells.source == column.source) & (cells.excel_row == excel_row))
    if len(standing) != 1:
        return None
    if not table.origins:
        return int(standing[0])
    origin = table.origins.get(column.field, np.zeros(0, dtype=np.int32))
    rows = np.flatnonzero(origin == standing[0])
    return int(rows[0]) if len(rows) == 1 else None
