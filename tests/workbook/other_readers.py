"""What openpyxl and xlrd read at every address of a workbook, and where the program reads something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import singledispatch
from io import StringIO
from math import isclose
from pathlib import Path

import openpyxl
import xlrd

from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.formats.open_grids import open_grids

Cells = Mapping[Cell, object]
Sheets = Mapping[str, Cells]
# Of what only says how long: day 0 as Excel counts, as others do, and on a Mac.
_BEGINNINGS = (datetime(1899, 12, 30), datetime(1899, 12, 31), datetime(1904, 1, 1))
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)(?:\.\d+)?")
_DAYS_OF_TRUTH = {"FALSE": timedelta(), "TRUE": timedelta(days=1)}
_COUNTED_ALIKE = datetime(1900, 3, 1)  # Excel has a 29th of February before it, others have not
_SECOND = timedelta(seconds=1)


class UnreadableElsewhereError(Exception):
    """The other library can't read it."""


def read_elsewhere(path: Path) -> Sheets:
    """Sheet → row and column, from 0 → what stands there.

    Raises:
        UnreadableElsewhereError: the library stumbles over it.
    """
    try:
        return dict(_by_xlrd(path) if path.suffix in (".xls", ".et") else _by_openpyxl(path))
    except Exception as error:
        raise UnreadableElsewhereError(path.name) from error


def _by_openpyxl(path: Path) -> Iterator[tuple[str, Cells]]:
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        there = sheet._cells.items()  # not all that might be: there may be millions of blanks between them
        yield (
            sheet.title,
            {(row - 1, column - 1): cell.value for (row, column), cell in there if _says(cell.value)},
        )
    book.close()


def _by_xlrd(path: Path) -> Iterator[tuple[str, Cells]]:
    book = xlrd.open_workbook(str(path), logfile=StringIO(), ragged_rows=True)
    for sheet in book.sheets():
        places = ((row, column) for row in range(sheet.nrows) for column in range(sheet.row_len(row)))
        values = {place: _value(book, sheet.cell(*place)) for place in places}
        yield sheet.name, {place: value for place, value in values.items() if _says(value)}


def _value(book: xlrd.book.Book, cell: xlrd.sheet.Cell) -> object:
    if isinstance(cell.value, str):
        return cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return xlrd.error_text_from_code[int(cell.value)] if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def _says(value: object) -> bool:
    return value is not None and bool(str(value).strip())


def read_here(path: Path) -> Mapping[str, Grid]:
    """Sheet → what the program reads."""
    return {grid.sheet: grid for grid in open_grids(path)}


def texts(grid: Grid) -> Cells:
    """What stands where: a text, or an error's."""
    columns = enumerate(column.to_pylist() for column in grid.columns)
    shown = {(row, at): text for at, column in columns for row, text in enumerate(column) if _says(text)}
    return {**shown, **grid.errors}


def differences(path: Path, there: Sheets, *, computed_anew: bool = False) -> list[tuple[object, ...]]:
    """Where a sheet is lost, a cell stands elsewhere, or says something else than the other library reads.

    Args:
        path: the workbook.
        there: what the other library reads.
        computed_anew: it reads it in a copy whose formulas have been computed anew: numbers and errors may be others.
    """
    here = read_here(path)
    found: list[tuple[object, ...]] = [
        (name,) for name in here.keys() ^ there.keys() if there.get(name) or name in here
    ]
    for name in here.keys() & there.keys():
        covered = _covered(here[name])
        ours, theirs = texts(here[name]), there[name]
        for place in sorted(ours.keys() | theirs.keys()):
            text, value = ours.get(place), theirs.get(place)
            if value is None and place in covered:  # openpyxl drops what a merged range hides
                continue
            both = text is not None and value is not None
            if not both or not (agrees(value, str(text)) or (computed_anew and _is_result(value))):
                found.append((name, place, text, value))
    return found


def _covered(grid: Grid) -> set[Cell]:
    return {
        (row, column)
        for top, left, bottom, right in grid.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - {(top, left) for top, left, *_ in grid.merged}


def _is_result(value: object) -> bool:
    return isinstance(value, int | float) or str(value).startswith("#")


@singledispatch
def agrees(value: object, text: str) -> bool:
    """Whether a text of ours says a value; blanks at its ends and an error's kind do not matter."""
    said, ours = str(value).replace("_x000D_", ""), text
    if said.startswith(("#", "Err:")) and ours.startswith(("#", "Err:")):
        return True
    return said.split() == ours.split()


@agrees.register(int)
@agrees.register(float)
def _(value: float, text: str) -> bool:
    truth = {"TRUE": "1", "FALSE": "0"}.get(text, text)
    try:
        return isclose(float(truth), value, rel_tol=1e-9, abs_tol=1e-9)
    except ValueError:
        return False


@agrees.register
def _(value: date, text: str) -> bool:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return moment < _COUNTED_ALIKE or abs(_moment(text) - moment) < _SECOND


@agrees.register
def _(value: time, text: str) -> bool:
    return any(abs(length - _length(value)) < _SECOND for length in _lengths(text))


@agrees.register
def _(value: timedelta, text: str) -> bool:
    return any(abs(length - value) < _SECOND for length in _lengths(text))


def _length(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


def _lengths(text: str) -> list[timedelta]:
    """What a text may say as a time of day, or as a time taken; a truth value saved as a time is a day, or none."""
    if text in _DAYS_OF_TRUTH:
        return [_DAYS_OF_TRUTH[text]]
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = map(int, clock.groups())
        return [timedelta(hours=hours, minutes=minutes, seconds=seconds)]
    return [_moment(text) - beginning for beginning in _BEGINNINGS]


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.max
