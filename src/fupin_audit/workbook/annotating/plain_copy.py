"""A workbook of the texts of tables that are no package to be patched, their wrong cells filled and noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import BinaryIO

from fupin_audit.results.cell_note import CellNote, CellNotes, FileNotes
from fupin_audit.results.finding import Severity
from fupin_audit.workbook.annotating.bulk_rows import LONGEST
from fupin_audit.workbook.annotating.sheet_look import fitting_width
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.formats.references import cell_place
from fupin_audit.writing.excel import Format, Workbook, Worksheet, new_workbook
from fupin_audit.writing.sheet_names import SheetNames
from fupin_audit.writing.workbook_style import FILLS

TITLE = "标注件"
_UNNAMED = "表"  # the sheet of a text file
NO_DAY = date(1980, 1, 1)
_LOOK = {"font_name": "宋体", "font_size": 10, "num_format": "@", "border": 1, "border_color": "#D9D9D9"}
BOX = {"author": "fupin-audit", "x_scale": 2.6, "y_scale": 1.8}
Looks = dict[Severity | None, Format]


def write_plain_copy(grids: Iterable[Grid], notes: FileNotes, sink: BinaryIO) -> None:
    """Write the copy: every text at the place it has, as text, so that no number loses a digit."""
    names = SheetNames()
    with new_workbook(sink, TITLE, NO_DAY, {"constant_memory": True}) as book:
        looks = _looks(book)
        for grid in grids:
            sheet = book.add_worksheet(names.new(grid.sheet or _UNNAMED))
            _write_sheet(sheet, grid, notes.get(grid.sheet, {}), looks)


def _looks(book: Workbook) -> Looks:
    looks: Looks = {None: book.add_format(_LOOK)}
    for severity, fill in FILLS.items():
        looks[severity] = book.add_format({**_LOOK, "bg_color": fill})
    return looks


def _write_sheet(sheet: Worksheet, grid: Grid, notes: CellNotes, looks: Looks) -> None:
    for at, column in enumerate(grid.columns):
        sheet.set_column(at, at, fitting_width(column))
    for cell, text, note in _cells(grid, notes):
        look = looks[note.severity if note else None]
        if text:
            sheet.write_string(*cell, text[:LONGEST], look)
        else:
            sheet.write_blank(*cell, None, look)
        if note:
            sheet.write_comment(*cell, note.text, BOX)


def by_row(notes: CellNotes) -> Mapping[int, Mapping[int, CellNote]]:
    """Row → column → note; both from 0."""
    found: dict[int, dict[int, CellNote]] = {}
    for name, note in notes.items():
        if place := cell_place(name):
            found.setdefault(place[0], {})[place[1]] = note
    return found


def _cells(grid: Grid, notes: CellNotes) -> Iterator[tuple[Cell, str | None, CellNote | None]]:
    """Row by row the cells that hold something or are to be noted."""
    noted = by_row(notes)
    errors: dict[int, dict[int, str]] = {}
    for (row, column), error in grid.errors.items():
        errors.setdefault(row, {})[column] = error
    for number in range(max(grid.height, max(noted, default=-1) + 1)):
        texts = (
            {column: text for column, text in enumerate(grid.row(number)) if text}
            if number < grid.height
            else {}
        )
        texts |= errors.get(number, {})
        said = noted.get(number, {})
        for column in sorted(texts.keys() | said.keys()):
            yield (number, column), texts.get(column), said.get(column)
