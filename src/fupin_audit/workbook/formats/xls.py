"""Sheets of xls and et files.

A damaged xls file can make the bulk reader ask for more memory than there is, which ends the process. xlrd,
in plain Python, is slower and only ever raises; at 65,536 rows a sheet that is soon enough.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
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
from fupin_audit.workbook.formats.stray_cells import place_name, within
from fupin_audit.workbook.formats.whole_sheet import TakenPlaces

_EOF, _FILEPASS, _BOUNDSHEET, _BOF = 0x000A, 0x002F, 0x0085, 0x0809
# Of cells with content: a formula, a number, a text in three ways, a truth value or error, a short number.
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x00D6, 0x00FD, 0x0205, 0x027E})
_SHORT_NUMBERS = 0x00BD  # a row of them
_SHORT_NUMBER, _AROUND = 6, 6  # bytes of one, and of what stands around them
_HEADER, _PLACE, _SHEET = struct.Struct("<HH"), struct.Struct("<HH"), struct.Struct("<IBB")
_NAMED = 5
_FAILURES = (XLRDError, CompDocError, *TRUSTING)
_DECIMALS = 9  # as the bulk reader writes numbers


def is_encrypted(content: bytes) -> bool:
    """Whether the workbook needs a password: a record before the end of its first part says so.

    Raises:
        DamagedFileError: the records can't be taken out of the file.
    """
    kinds = (kind for kind, _, _ in _records(_record_stream(content)))
    return next((kind for kind in kinds if kind in (_EOF, _FILEPASS)), _EOF) == _FILEPASS


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, int, int]]:
    """What each is, where its content begins, how long that is."""
    while at + _HEADER.size <= len(stream):
        kind, size = _HEADER.unpack_from(stream, at)
        at += _HEADER.size
        yield kind, at, size
        at += size


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
        starts = _sheet_starts(stream)
    limits.check_sheets(book.nsheets)
    failure: InputError | None = None
    for index, name in enumerate(book.sheet_names()):
        try:
            with damaged_if_it_fails(*_FAILURES):
                sheet = book.sheet_by_index(index)
                twice = _written_twice(stream, starts[index]) if len(starts) == book.nsheets else ()
            grid = _grid(book, sheet, twice)
        except InputError as error:
            failure = failure or of_sheet(name, error)
        else:
            yield grid
        book.unload_sheet(index)
    if failure:
        raise failure


def _sheet_starts(stream: bytes) -> list[int]:
    """Where each worksheet's records begin; charts and macros are none."""
    found = []
    for kind, at, size in _records(stream):
        if kind == _EOF:
            break
        if kind == _BOUNDSHEET and size >= _SHEET.size:
            start, _, sort = _SHEET.unpack_from(stream, at)
            found += [] if sort else [start]
    return found


def _written_twice(stream: bytes, start: int) -> Sequence[str]:
    """Cells of a sheet that are there more than once; old programs add a record where a cell is changed."""
    taken, twice, depth = TakenPlaces(), [], 0
    for kind, at, size in _records(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            break
        if depth == 1 and (kind in _CELLS or kind == _SHORT_NUMBERS):
            row, first = _PLACE.unpack_from(stream, at)
            count = (size - _AROUND) // _SHORT_NUMBER if kind == _SHORT_NUMBERS else 1
            places = ((row, column) for column in range(first, first + count))
            twice += [place_name(place) for place in places if not taken.take(place)]
    return twice


def _grid(book: Book, sheet: Sheet, twice: Sequence[str] = ()) -> Grid:
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
        caveats=(*laid.caveats, *_told_twice(twice)),
    )


def _told_twice(cells: Sequence[str]) -> Iterator[str]:
    if cells:
        named = "、".join(dict.fromkeys(cells[:_NAMED]))
        yield f"{named}{f'等{len(cells)}格' if len(cells) > _NAMED else ''} 写了两次，只读到后一次写的"


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
