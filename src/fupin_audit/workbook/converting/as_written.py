"""What a sheet says in its own words: the headers of its columns, and the columns no ledger takes beside those it reads."""

from __future__ import annotations

from fupin_audit.delivery import AsWritten
from fupin_audit.memory import compact
from fupin_audit.workbook.converting.data_rows import DataRows
from fupin_audit.workbook.recognising.recognition import Recognition

NEAR = 2
"""Columns on either side of a cell that are shown with it."""


def as_written(rows: DataRows, found: Recognition) -> AsWritten:
    """The headers and columns that are read or stand near one that is."""
    grid, first = rows.grid, found.header.bottom + 1
    taken = frozenset[int]().union(*(match.places for match in found.matches))
    named = {cell.column: cell.text for cell in found.header.cells}
    near = {at for place in found.places for at in range(place - NEAR, place + NEAR + 1)}
    shown = sorted(near.intersection(range(len(grid.columns))))
    others = {at: compact(grid.columns[at].slice(first)) for at in shown if at not in taken}
    return AsWritten({at: named.get(at, "") for at in shown}, others, first)
