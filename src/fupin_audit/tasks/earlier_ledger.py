"""An earlier 整改台账 as people filled it in: what they typed, finding by finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fupin_audit.reports.findings import workbook
from fupin_audit.reports.findings.sheets.findings_sheet import (
    COLUMNS,
    DUE,
    FINGERPRINT,
    LINK,
    NUMBER,
    STATE,
    STATES,
    TYPED,
)
from fupin_audit.reports.findings.sheets.gone_sheet import WHY
from fupin_audit.reports.findings.three_books import BOOKS_TYPED, FIELD
from fupin_audit.results.carried import Written
from fupin_audit.workbook.formats.grid import Grid, letter
from fupin_audit.workbook.formats.open_grids import open_grids

OURS = {NUMBER, WHY, DUE, LINK, *(column.title for column in COLUMNS)}
_FIXED = OURS - set(TYPED)
_HEADER_WITHIN = 10  # rows
_MIDNIGHT = " 00:00:00"


@dataclass
class Earlier:
    """An earlier 整改台账, as it is being read.

    Attributes:
        rows: fingerprint → the row it had, merged from the sheets it stands in; rows without one by their place.
        books: household and field of 三本账 → what was typed beside them, and whose they are.
        headings: columns people have added.
        strange: sheets of somebody's own.
    """

    rows: dict[str, Written] = field(default_factory=dict)
    books: dict[tuple[str, str], Written] = field(default_factory=dict)
    headings: dict[str, None] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)


def read_book(path: Path) -> Earlier:
    """What a 整改台账 says.

    Raises:
        InputError: it can't be read.
    """
    earlier = Earlier()
    for grid in open_grids(path):
        _read_sheet(earlier, grid)
    return earlier


def _read_sheet(earlier: Earlier, grid: Grid) -> None:
    """Takes over the rows of a sheet we know."""
    at, header = _header(grid)
    if {FINGERPRINT, STATE} <= set(header):
        for number, row in _rows(grid, at, header):
            _add_row(earlier, row, f"{grid.sheet}:{number}")
    elif {FIELD, *BOOKS_TYPED} <= set(header):
        for _, row in _rows(grid, at, header):
            if any(row.get(title) for title in BOOKS_TYPED):
                earlier.books[row.get("户编号", ""), row.get(FIELD, "")] = row
    elif grid.sheet not in workbook.FOR_READING and any(
        column.null_count < len(column) for column in grid.columns
    ):
        earlier.strange.append(grid.sheet)


def _header(grid: Grid) -> tuple[int, list[str]]:
    """The row of headings, and the headings; none where the sheet is not one of ours."""
    for at in range(min(_HEADER_WITHIN, grid.height)):
        texts = [text or "" for text in grid.row(at)]
        if FINGERPRINT in texts or FIELD in texts:
            return at, _distinct(texts)
    return 0, []


def _distinct(texts: Sequence[str]) -> list[str]:
    """Headings, each once; a column without one is known by its letter."""
    headings: list[str] = []
    for column, text in enumerate(texts):
        taken = not text or text in headings
        headings.append(f"{text}（{letter(column)}列）" if taken else text)
    return headings


def _rows(grid: Grid, at: int, header: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the headings, those that say anything: number and texts by heading."""
    columns = [column.slice(at + 1).to_pylist() for column in grid.columns]
    for number, cells in enumerate(zip(*columns, strict=True), start=at + 2):
        row = {title: text.removesuffix(_MIDNIGHT) for title, text in zip(header, cells, strict=True) if text}
        if row:
            yield number, row


def _add_row(earlier: Earlier, row: Mapping[str, str], place: str) -> None:
    """Takes over a row; a finding stands in two sheets, and people fill in either."""
    key = row.get(FINGERPRINT, place)
    earlier.headings.update(dict.fromkeys(title for title in row if title not in OURS))
    other = earlier.rows.get(key, {})
    both = {title: _merged(title, other.get(title, ""), text) for title, text in typed(row).items()}
    earlier.rows[key] = {**other, **row, **both}


def typed(row: Written) -> Written:
    """What people wrote of a row: in the columns meant for it, and in their own."""
    return {title: text for title, text in row.items() if title not in _FIXED}


def _merged(title: str, one: str, other: str) -> str:
    """What two sheets say in one cell; of two states the further one, of two texts both."""
    if title == STATE and {one, other} <= {"", *STATES}:
        return max(one, other, key=lambda state: STATES.index(state) if state else -1)
    said = dict.fromkeys(filter(None, (one, other)))
    return "；".join(said)
