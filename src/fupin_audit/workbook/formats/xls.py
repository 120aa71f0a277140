"""Sheets of xls and et files.

A damaged xls file can make the bulk reader ask for more memory than there is, which ends the process. xlrd,
in plain Python, is slower and only ever raises; at 65,536 rows a sheet that is soon enough.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO, StringIO

import olefile
import xlrd
from xlrd import XL_CELL_BOOLEAN as _BOOLEAN
from xlrd import XL_CELL_DATE as _DATE
from xlrd import XL_CELL_ERROR as _ERROR
from xlrd import XL_CELL_NUMBER as _NUMBER
from xlrd import XL_CELL_TEXT as _TEXT
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet

from fupin_audit.errors import InputError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.files.refusal import TRUSTING, damaged_if_it_fails, of_sheet
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.formats.layout import lay_out
from fupin_audit.workbook.formats.sheet_facts import LONG
from fupin_audit.workbook.formats.stray_cells import within

_EOF, _FILEPASS = 0x000A, 0x002F
_HEADER = struct.Struct("<HH")
_FAILURES = (XLRDError, CompDocError, *TRUSTING)
_DECIMALS = 9  # as the bulk reader writes numbers


def is_encrypted(content: bytes) -> bool:
    """Whether the workbook needs a password: a record before the end of its first part says so.

    Raises:
        DamagedFileError: the records can't be taken out of the file.
    """
    stream = _record_stream(content)
    at = 0
    while at + _HEADER.size <= len(stream):
        kind, size = _HEADER.unpack_from(stream, at)
        if kind in (_EOF, _FILEPASS):
            return bool(kind == _FILEPASS)
        at += _HEADER.size + size
    return False


def _record_stream(content: bytes) -> bytes:
    """The records, without the compound file around them, in whose broken chains xlrd may go round for ever."""
    with damaged_if_it_fails(*TRUSTING), olefile.OleFileIO(BytesIO(content)) as compound:
        return bytes(compound.openstream("Workbook" if compound.exists("Workbook") else "Book").read())


def read_xls(content: bytes) -> Iterator[Grid]:
    """The sheets of a file that has no password; those that fail are raised after the others are given.

    Raises:
        DamagedFileError, OverLimitError: it can't be read.
    """
    stream = _record_stream(content)
    with damaged_if_it_fails(*_FAILURES):
        book = xlrd.open_workbook(
            file_contents=stream, logfile=StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
        )
    limits.check_sheets(book.nsheets)
    failure: InputError | None = None
    for index, name in enumerate(book.sheet_names()):
        try:
            with damaged_if_it_fails(*_FAILURES):
                sheet = book.sheet_by_index(index)
            grid = _grid(book, sheet)
        except InputError as error:
            failure = failure or of_sheet(name, error)
        else:
            yield grid
        book.unload_sheet(index)
    if failure:
        raise failure


def _grid(book: Book, sheet: Sheet) -> Grid:
    errors: dict[Cell, str] = {}
    long_numbers: set[Cell] = set()
    rows = []
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        rows.append([_text(kind, value, book) for kind, value in zip(kinds, values, strict=True)])
        for column, kind in enumerate(kinds):
            if kind == _ERROR:
                errors[row, column] = xlrd.error_text_from_code.get(int(values[column]), "#ERROR!")
            elif kind == _NUMBER and float(values[column]) >= LONG:
                long_numbers.add((row, column))
    laid = lay_out(rows)
    return Grid(
        sheet.name,
        laid.columns,
        errors={cell: errors[cell] for cell in within(errors, laid.bounds)},
        long_numbers=frozenset(within(long_numbers, laid.bounds)),
        merged=tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
        hidden=bool(sheet.visibility),
        hidden_rows=frozenset(
            row
            for row, info in sheet.rowinfo_map.items()
            if info.hidden and row < min(sheet.nrows, laid.bounds.height)
        ),
        hidden_columns=frozenset(
            column for column, info in sheet.colinfo_map.items() if info.hidden and column < len(laid.columns)
        ),
        caveats=laid.caveats,
    )


def _text(kind: int, value: str | float, book: Book) -> str | None:
    """A cell's text as the bulk reader would give it."""
    if kind == _TEXT:
        return str(value) or None
    if kind == _NUMBER:
        return number_text(float(value))
    if kind == _DATE:
        return _date_text(float(value), book)
    if kind == _BOOLEAN:
        return "TRUE" if value else "FALSE"
    return None


def number_text(value: float) -> str:
    """A number with up to nine decimals and no exponent.

    >>> number_text(12.0), number_text(2 / 3), number_text(1e-5), number_text(9.9e17)
    ('12', '0.666666667', '0.00001', '990000000000000000')
    """
    text = f"{value:.{_DECIMALS}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date_text(serial: float, book: Book) -> str:
    try:
        return xlrd.xldate_as_datetime(serial, book.datemode).isoformat(" ", "seconds")
    except (ValueError, OverflowError):
        return number_text(serial)
