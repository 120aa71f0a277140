"""Workbooks read in bulk: xlsx, xlsm, xlsb and ods."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import repeat

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.errors import DamagedFileError, InputError
from fupin_audit.workbook.files.refusal import RESAVE, damaged_if_it_fails, damaged_if_malformed, of_sheet
from fupin_audit.workbook.formats import ods, xlsb, xlsx
from fupin_audit.workbook.formats.glance import run_together
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.formats.sheet_facts import UNKNOWN_ERROR, SheetPart, check_together

# What the bulk reader remarks in English is for its authors; what it can't read, its errors say.
logging.getLogger("calamine").addHandler(logging.NullHandler())
logging.getLogger("calamine").propagate = False

_ERROR = re.compile(r"Error\((\w+)\)")
_DURATION = re.compile(r'DurationIso\("([^"]*)"\)')
_CLOCK = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?")
_ERROR_TEXTS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
}
# Days after 9999 come with a sign; days begin at Excel's 0.
_LATE_DAY = r"^\+[0-9]{5,}-[0-9]{2}-[0-9]{2} 00:00:00$"
_EPOCH = date(1899, 12, 30)
_CYCLE, _DAYS_OF_CYCLE = 400, 146097
_TRUTH = (("true", "TRUE"), ("false", "FALSE"))
# ods files keep times in ISO form, which the bulk reader passes on.
_ISO_TIME = (r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?$", r"\1 \2")


def read_xlsx(content: bytes) -> Iterator[Grid]:
    """The sheets of an xlsx or xlsm file."""
    parts = xlsx.sheet_parts(content)
    near = _near(content, parts, xlsx.without_far_cells)
    return _read(xlsx.in_one_date_system(near), parts)


def read_xlsb(content: bytes) -> Iterator[Grid]:
    """The sheets of an xlsb file."""
    parts = xlsb.sheet_parts(content)
    return _read(_near(content, parts, xlsb.without_far_cells), parts)


def read_ods(content: bytes) -> Iterator[Grid]:
    """The sheets of an ods file."""
    parts = ods.sheet_parts(content)
    check_together(parts)
    content = _near(content, parts, ods.without_far_cells)
    for grid in _read(content, parts):
        yield replace(grid, columns=tuple(pc.replace_substring_regex(c, *_ISO_TIME) for c in grid.columns))


def _near(
    content: bytes, parts: Sequence[SheetPart], without: Callable[[bytes, Sequence[SheetPart]], bytes]
) -> bytes:
    """The workbook as the bulk reader may be given it: it makes room for every cell up to the farthest one."""
    if not any(part.evidence.far for part in parts):
        return content
    with damaged_if_malformed():
        return without(content, parts)


def _read(content: bytes, parts: Iterable[SheetPart]) -> Iterator[Grid]:
    """The sheets that can be read, and then what kept the first of the others from it."""
    with damaged_if_it_fails(fastexcel.FastExcelError):
        reader = fastexcel.read_excel(content)
    del content  # the reader has its own
    names = reader.sheet_names
    failure: InputError | None = None
    for part in parts:
        try:
            part.evidence.check()
            if names[part.index : part.index + 1] != [part.name]:
                raise DamagedFileError("工作表目录前后不一致", RESAVE)
            grid = _grid(reader, part)
        except InputError as error:
            failure = failure or of_sheet(part.name, error)
        else:
            yield grid
    if failure:
        raise failure


def _grid(reader: fastexcel.ExcelReader, part: SheetPart) -> Grid:
    with damaged_if_it_fails(fastexcel.FastExcelError):
        sheet = reader.load_sheet(part.index, header_row=None, skip_rows=0, dtypes="string")
        batch, errors = sheet.to_arrow_with_errors()
    available = sheet.available_columns()
    left = available[0].absolute_index if available else 0
    blank = pa.nulls(batch.num_rows, pa.string())
    columns = [*repeat(blank, left), *(_as_excel_shows(column) for column in batch.columns)]
    seen = part.evidence
    told = {
        (row, at): text
        for (row, at), text in seen.errors.items()
        if row < batch.num_rows and at < len(columns)
    }
    times = _times(errors, left) if errors else {}
    columns = _with(columns, dict.fromkeys(told) | times)
    return Grid(
        sheet=part.name,
        columns=tuple(columns),
        errors=told | (_error_texts(errors, left) if errors else {}),
        long_numbers=frozenset(seen.long_numbers),
        uncomputed=frozenset(seen.uncomputed),
        merged=tuple(seen.merged),
        hidden=sheet.visible != "visible",
        hidden_rows=frozenset(row for row in seen.hidden_rows if row < batch.num_rows),
        hidden_columns=frozenset(column for column in seen.hidden_columns if column < len(columns)),
        caveats=seen.caveats,
    )


def _as_excel_shows(column: pa.Array) -> pa.Array:
    """Truth values in capitals, which the bulk reader writes in lower case; numbers that are no days as numbers."""
    raw = run_together(column)
    for found, shown in _TRUTH:
        if found.encode() in raw:
            column = pc.if_else(pc.equal(column, found), shown, column)
    return _without_late_days(column) if b"+" in raw else column


def _without_late_days(column: pa.Array) -> pa.Array:
    """20200229 typed into a cell that shows dates would be a day beyond the calendar: it is that number."""
    late = pc.fill_null(pc.match_substring_regex(column, _LATE_DAY), False)
    if not pc.any(late, min_count=0).as_py():
        return column
    numbers = [str(_serial(text)) for text in column.filter(late).to_pylist()]
    return pc.replace_with_mask(column, late, pa.array(numbers, pa.string()))


def _serial(text: str) -> int:
    """The number Excel keeps for a day, however late: those of 400 years are always as many."""
    year, month, day = map(int, text[1:].partition(" ")[0].split("-"))
    cycles, year_within = divmod(year - _CYCLE, _CYCLE)
    return cycles * _DAYS_OF_CYCLE + (date(year_within + _CYCLE, month, day) - _EPOCH).days


def _error_texts(errors: fastexcel.CellErrors, left: int) -> dict[Cell, str]:
    texts = {}
    for error in errors.errors:
        row, column = error.position
        kind = _ERROR.search(error.detail)
        if kind or not _DURATION.search(error.detail):
            texts[row, left + column] = _ERROR_TEXTS.get(kind[1], UNKNOWN_ERROR) if kind else UNKNOWN_ERROR
    return texts


def _times(errors: fastexcel.CellErrors, left: int) -> dict[Cell, str]:
    """Times of day of an ods file, which the bulk reader takes for no text, as they are shown."""
    found = ((error.position, _DURATION.search(error.detail)) for error in errors.errors)
    return {(row, left + column): _clock(time[1]) for (row, column), time in found if time}


def _clock(duration: str) -> str:
    """`PT8H5M3S` as 08:05:03."""
    parts = _CLOCK.fullmatch(duration)
    return ":".join(part.zfill(2) for part in parts.groups("0")) if parts else duration


def _with(columns: list[pa.Array], changes: Mapping[Cell, str | None]) -> list[pa.Array]:
    """The columns with other texts in some cells."""
    by_column: dict[int, dict[int, str | None]] = {}
    for row, at in sorted(changes):
        by_column.setdefault(at, {})[row] = changes[row, at]
    for at, texts in by_column.items():
        mask = pa.array([row in texts for row in range(len(columns[at]))])
        columns[at] = pc.replace_with_mask(columns[at], mask, pa.array(list(texts.values()), pa.string()))
    return columns
