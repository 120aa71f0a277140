"""The tables of a sheet: two halves of a roster side by side, one table below the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.recognising.header_rows import find_header
from fupin_audit.workbook.recognising.header_text import keys
from fupin_audit.workbook.recognising.headers import Header

_FEWEST = 3  # columns of a half, and known names of a second header
_MOST = 0.6  # part of a second header's names that are known
_GLANCED = 4  # columns in which a second header is looked for first
_LONG_NUMBER = 6  # digits that no header has


@dataclass(frozen=True)
class OwnTable:
    """A table of a sheet: the grid up to its last row, and its header."""

    grid: Grid
    header: Header


def tables(grid: Grid, known: frozenset[str], below: frozenset[str]) -> list[OwnTable]:
    """The tables of a sheet from the top down and from left to right; empty where no header is found.

    Args:
        grid: the sheet.
        known: header keys of all columns looked for.
        below: those by which another table further down is seen.
    """
    found: list[OwnTable] = []
    header = find_header(grid, known)
    while header:
        start, following = _next_header(grid, header, below)
        found += [OwnTable(_up_to(grid, start), half) for half in halves(header)]
        header = following
    return found


def halves(header: Header) -> list[Header]:
    """The header of each of several equal tables side by side; the header itself where there is one table."""
    cells = header.cells
    texts = [cell.text for cell in cells]
    for times in (4, 3, 2):
        width, rest = divmod(len(cells), times)
        if not rest and width >= _FEWEST and texts == texts[:width] * times and len(set(texts)) == width:
            parts = [cells[at : at + width] for at in range(0, len(cells), width)]
            return [replace(header, cells=part, left=part[0].column) for part in parts]
    return [header]


def _next_header(grid: Grid, header: Header, known: frozenset[str]) -> tuple[int, Header | None]:
    """Where another table begins below, its titles included, and its header; the end and None where there is none."""
    own = {cell.column: cell.levels for cell in header.cells}
    for row in _perhaps_headers(grid, header.bottom + 1, known):
        texts = {column: text for column, text in enumerate(grid.row(row)) if text}
        again = all(text in own.get(column, ()) for column, text in texts.items())
        if not again and _names_columns(texts.values(), known):
            start = _first_line_above(grid, row, header.bottom)
            found = find_header(grid, known, first=start)
            if found and found.top <= row <= found.bottom:
                return start, found
    return grid.height, None


def _perhaps_headers(grid: Grid, start: int, known: frozenset[str]) -> Iterator[int]:
    """Rows with two names of columns among their first cells."""
    if start >= grid.height:
        return
    said = np.zeros(grid.height - start, dtype=np.int8)
    filled = [column for column in grid.columns if column.null_count < len(column)]
    for column in filled[:_GLANCED]:
        said += pc.is_in(column.slice(start), _known_texts(known)).to_numpy(zero_copy_only=False)
    yield from (start + np.flatnonzero(said > 1)).tolist()


@cache
def _known_texts(known: frozenset[str]) -> pa.Array:
    wide = {key.replace("(", "（").replace(")", "）") for key in known}
    return pa.array(sorted(known | wide), pa.string())


def _names_columns(texts: Collection[str], known: frozenset[str]) -> bool:
    if any(sum(map(str.isdecimal, text)) >= _LONG_NUMBER or text.strip().isdecimal() for text in texts):
        return False
    hits = sum(any(key in known for key in keys(text)) for text in texts)
    return hits >= _FEWEST and hits >= _MOST * len(texts)


def _first_line_above(grid: Grid, row: int, end: int) -> int:
    """The first of the blank rows and titles right above a header, after the row `end`."""
    while row - 1 > end and len({text for text in grid.row(row - 1) if text}) <= 1:
        row -= 1
    return row


def _up_to(grid: Grid, end: int) -> Grid:
    return (
        grid
        if end == grid.height
        else replace(grid, columns=tuple(column.slice(0, end) for column in grid.columns))
    )
