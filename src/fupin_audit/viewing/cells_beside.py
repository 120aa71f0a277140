"""The cells to the left and right of the cell to mend, under the sheet's own headers, for people who look for it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from fupin_audit.delivery import AsWritten, Delivery, LedgerTable
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Location
from fupin_audit.workbook.converting.as_written import NEAR
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.formats.references import cell_place, column_index
from fupin_audit.writing.one_line import shorten

MOST = 1500
"""Cells to mend of which the row is shown, those of the gravest findings: a page with more would be too large to mail."""
_MIDNIGHT = " 00:00:00"  # how a cell that holds a date is read
_LONGEST = 40  # characters of a remark that happens to stand beside the cell


class Excerpts(NamedTuple):
    """What is shown of the sheets around the cells of findings.

    Attributes:
        beside: the cell to mend → the cells near it in its row.
        headings: any of these cells, or of those a finding quotes → the header of its column as it is written.
    """

    beside: Mapping[Location, tuple[Location, ...]]
    headings: Mapping[Location, str]


class _Feed(NamedTuple):
    """A field of a ledger that a column of a sheet feeds."""

    ledger: str
    source: int
    field: str


def excerpts(delivery: Delivery, subjects: Subjects, findings: Sequence[Finding]) -> Excerpts:
    """What the sheets say around the cells of findings, masked like them."""
    graded = sorted(findings, key=lambda finding: finding.severity.rank)
    wrong = dict.fromkeys(finding.locations[0] for finding in graded if finding.locations)
    sheets = _Sheets(delivery, subjects)
    beside = {at: tuple(sheets.near(at)) for at in list(wrong)[:MOST]}
    shown = {at for finding in findings for at in finding.locations}.union(*beside.values())
    return Excerpts(beside, {at: heading for at in shown if (heading := sheets.heading(at))})


class _Sheets:
    """The sheets of a delivery, each looked through when it is first asked for."""

    def __init__(self, delivery: Delivery, subjects: Subjects) -> None:
        self._delivery = delivery
        self._subjects = subjects
        self._tables = cache(self._tables_of)
        self._feeds = cache(self._feeds_of)

    def near(self, at: Location) -> Iterator[Location]:
        """The cells beside one in its row; none beside a cell that is of no row."""
        if (place := cell_place(at.cell)) is None:
            return
        row, column = place
        for other in range(column - NEAR, column + NEAR + 1):
            written = self._written(at.file, at.sheet, row, other)
            if other != column and written is not None:
                yield from self._cell(at, written, row + 1, other)

    def heading(self, at: Location) -> str:
        """The header of a cell's column as it is written, masked; empty where it has none."""
        place = cell_place(at.cell)
        written = self._written(at.file, at.sheet, *place) if place else None
        return self._subjects.quoted(written.headings[place[1]]) if place and written else ""

    def _cell(self, at: Location, written: AsWritten, excel_row: int, column: int) -> Iterator[Location]:
        """A cell of the row `at` is in; none where what was read of it stands in no row of its own."""
        if column in written.others:
            text = (written.text(column, excel_row) or "").removesuffix(_MIDNIGHT)
            value = shorten(self._subjects.quoted(text), _LONGEST) or None
            yield Location(at.file, at.sheet, f"{letter(column)}{excel_row}", value)
            return
        for feed in self._feeds(at.file, at.sheet).get(column, ()):
            position = _position(self._delivery.tables[feed.ledger], feed, excel_row)
            if position is not None:
                yield self._subjects.location(feed.ledger, position, feed.field)
                return

    def _written(self, file: str, sheet: str, row: int, column: int) -> AsWritten | None:
        """What is written in the table of a sheet that a cell is in: the lowest that begins above, and reads the column."""
        holding = [one for one in self._tables(file, sheet) if one.first <= row and column in one.headings]
        return max(holding, key=lambda one: (one.first, column not in one.others), default=None)

    def _tables_of(self, file: str, sheet: str) -> Sequence[AsWritten]:
        found = {
            id(source.written): source.written
            for table in self._delivery.tables.values()
            for source in table.cells.sources
            if (source.file, source.sheet) == (file, sheet)
        }
        return list(found.values())

    def _feeds_of(self, file: str, sheet: str) -> Mapping[int, Sequence[_Feed]]:
        """Column → what it feeds."""
        found: dict[int, list[_Feed]] = {}
        for title, table in self._delivery.tables.items():
            for number, source in enumerate(table.cells.sources):
                if (source.file, source.sheet) == (file, sheet):
                    for field in filter(source.has, table.fields):
                        index = column_index(source.letters[field])
                        found.setdefault(index, []).append(_Feed(title, number, field))
        return found


def _position(table: LedgerTable, feed: _Feed, excel_row: int) -> int | None:
    """The row of a ledger whose value stands in this row of the sheet; None for none, or for several."""
    cells = table.cells
    standing = np.flatnonzero((cells.source == feed.source) & (cells.excel_row == excel_row))
    if len(standing) != 1:
        return None
    if not table.origins:
        return int(standing[0])
    origin = table.origins.get(feed.field, np.zeros(0, dtype=np.int32))
    rows = np.flatnonzero(origin == standing[0])
    return int(rows[0]) if len(rows) == 1 else None
