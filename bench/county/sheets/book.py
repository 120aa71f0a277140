"""Writing pages as files; the same pages give the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from county.records.record import ErrorCell
from county.sheets.forms import Cell
from county.sheets.page import Page

_CREATED = datetime(2021, 1, 4)  # a constant in place of the clock


@dataclass(frozen=True, slots=True)
class Book:
    """A file to write.

    Attributes:
        name: file name; its suffix tells the kind.
        pages: its sheets; a CSV has one.
        encoding: of a CSV.
    """

    name: str
    pages: Sequence[Page]
    encoding: str = "utf-8"

    @property
    def has_sheets(self) -> bool:
        """Whether sheets have names in this kind of file."""
        return not self.name.endswith(".csv")


def write(book: Book, folder: Path) -> None:
    """Write a file into a folder."""
    _WRITERS[book.name.rpartition(".")[2]](book, folder / book.name)


def new_workbook(path: Path, *, streaming: bool = False) -> xlsxwriter.Workbook:
    """An empty workbook with a fixed date and no guessing at texts."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": streaming,
    }
    workbook = xlsxwriter.Workbook(str(path), options)
    workbook.set_properties({"created": _CREATED})
    return workbook


def _write_xlsx(book: Book, path: Path) -> None:
    workbook = new_workbook(path)
    day = workbook.add_format({"num_format": "yyyy/m/d"})
    middle = workbook.add_format({"align": "center", "valign": "vcenter", "text_wrap": True})
    for page in book.pages:
        sheet = workbook.add_worksheet(page.name)
        if page.hidden:
            sheet.hide()
        for column in page.hidden_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        for area in page.merges:
            sheet.merge_range(*area, "", middle)
        for (row, column), cell in page.cells.items():
            if cell is not None:
                put(sheet, (row, column), cell, day)
    workbook.close()


def put(sheet: Worksheet, at: tuple[int, int], cell: Cell, day: object = None) -> None:
    """Write one cell as what it is, so that a text stays a text."""
    if isinstance(cell, str):
        sheet.write_string(*at, cell)
    elif isinstance(cell, ErrorCell):
        sheet.write_formula(*at, cell.formula, None, cell.shown)
    elif isinstance(cell, date):
        sheet.write_datetime(*at, cell, day)
    elif cell is not None:
        sheet.write_number(*at, cell)


def _write_csv(book: Book, path: Path) -> None:
    page = book.pages[0]
    width = max(column for _, column in page.cells) + 1
    text = io.StringIO()
    writer = csv.writer(text)
    for row in range(page.height):
        writer.writerow([_shown(page.cells.get((row, column))) for column in range(width)])
    path.write_bytes(text.getvalue().encode(book.encoding))


def _shown(cell: Cell) -> str:
    if isinstance(cell, ErrorCell):
        return cell.shown
    return "" if cell is None else str(cell)


_WRITERS: Mapping[str, Callable[[Book, Path], None]] = MappingProxyType(
    {"xlsx": _write_xlsx, "csv": _write_csv}
)
