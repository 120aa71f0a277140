"""What other programs' libraries read at every address of a workbook, and whether a text says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from io import StringIO
from math import isclose
from pathlib import Path

import openpyxl
import xlrd
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.formula import ArrayFormula

from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids

Cells = Mapping[tuple[int, int], object]
_SECONDS = 1.0


def read_elsewhere(path: Path) -> Mapping[str, Cells]:
    """Sheet → row and column, from 0 → what stands there."""
    return dict(_by_xlrd(path) if path.suffix == ".xls" else _by_openpyxl(path))


def _by_openpyxl(path: Path) -> Iterator[tuple[str, Cells]]:
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        cells = sheet._cells.values()
        yield sheet.title, {(c.row - 1, c.column - 1): c.value for c in cells if c.value not in (None, "")}
    book.close()


def _by_xlrd(path: Path) -> Iterator[tuple[str, Cells]]:
    book = xlrd.open_workbook(path, logfile=StringIO(), ragged_rows=True)
    for sheet in book.sheets():
        found = ((row, column) for row in range(sheet.nrows) for column in range(sheet.row_len(row)))
        values = {(row, column): _value(book, sheet.cell(row, column)) for row, column in found}
        yield sheet.name, {place: value for place, value in values.items() if value not in (None, "")}


def _value(book: xlrd.book.Book, cell: xlrd.sheet.Cell) -> object:
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code[cell.value]
    return cell.value


def read_here(path: Path) -> Mapping[str, Grid]:
    """Sheet → what the program reads."""
    return {grid.sheet: grid for grid in open_grids(path)}


def texts(grid: Grid) -> Cells:
    """Row and column → text, or the error that stands there."""
    shown = {
        (row, index): text
        for index, column in enumerate(grid.columns)
        for row, text in enumerate(column.to_pylist())
        if text
    }
    return {**shown, **grid.errors}
