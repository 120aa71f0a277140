"""Where a sheet's header is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.sheet_facts import Range
from fupin_audit.workbook.recognising.header_text import keys
from fupin_audit.workbook.recognising.headers import Header, HeaderCell

_SEARCHED_ROWS = 15  # non-empty rows among which the header is looked for
_SCANNED_ROWS = 100  # sheet rows looked at for them
_DEEPEST = 4  # levels of a header
_FEWEST = 2  # known columns that make a header
_FAIR = 3  # a row with less than a third of the most known names is no level of a header by itself
_WHOLE_WIDTH = 0.8  # a merged cell wider than this part of the header is a title
_NEARLY_FULL = 0.6  # filled part of the widest row's cells that an unknown header has
_LONGEST_GROUP = 20  # characters of a group's name

Row = Sequence[str | None]
_VALUE = re.compile(r"[\d.,%/:\-\s]+|[是否√×有无]")


def find_header(grid: Grid, known: frozenset[str], first: int = 0) -> Header | None:
    """The block of one to three rows that names most known columns; None where no row names two.

    Args:
        grid: the sheet.
        known: header keys of all columns looked for.
        first: the row from which it is looked for.
    """
    rows = _first_rows(grid, first)
    spans = [
        (top - first, left, bottom - first, right)
        for top, left, bottom, right in grid.merged
        if first <= top < first + len(rows) and left < len(grid.columns)
    ]
    filled = [index for index, row in enumerate(rows) if any(row)][:_SEARCHED_ROWS]
    names = _rows_of_names(rows, known)
    reach = [_reach(rows, spans, index) for index in range(len(rows))]
    blocks = [
        _block(rows, spans, top, bottom)
        for top in filled
        for bottom in range(top, min(top + _DEEPEST, len(rows)))
        if any(names[top : bottom + 1]) and max(reach[top : bottom + 1]) <= bottom
    ]
    # Among equally good ones the flattest, then the topmost.
    ranked = [(_hits(block, known), block.top - block.bottom, -block.top, block) for block in blocks]
    hits, _, _, best = max(ranked, key=lambda entry: entry[:3], default=(0, 0, 0, None))
    if best is None or hits < _FEWEST:
        return None
    found = _with_groups(rows, spans, best)
    return replace(found, top=found.top + first, bottom=found.bottom + first)


def plain_header(grid: Grid) -> Header | None:
    """The header of a sheet whose columns nobody knows: the first row nearly as full as any, of different names."""
    rows = [row for row in _first_rows(grid, 0) if any(row)][:_SEARCHED_ROWS]
    widest = max((_width(row) for row in rows), default=0)
    for row in rows:
        names = [text for text in row if text]
        values = sum(bool(_VALUE.fullmatch(text)) for text in names)
        if (
            _width(row) >= widest * _NEARLY_FULL
            and len(set(names)) == len(names)
            and values * _FAIR < len(names)
        ):
            return find_header(grid, frozenset(keys(text)[0] for text in names if keys(text)))
    return None


def _width(row: Row) -> int:
    return sum(bool(text) for text in row)


def _first_rows(grid: Grid, first: int) -> list[Row]:
    heads = [column[first : first + _SCANNED_ROWS].to_pylist() for column in grid.columns]
    return [[text if text and text.strip() else None for text in row] for row in zip(*heads, strict=True)]


def _rows_of_names(rows: Sequence[Row], known: frozenset[str]) -> list[bool]:
    """Which rows a header may have: those with a fair part of the names of the row that has most."""
    counts = [sum(bool(_known_key(HeaderCell(0, (text,)), known)) for text in row if text) for row in rows]
    return [count > 0 and count * _FAIR >= max(counts) for count in counts]


def _hits(header: Header, known: frozenset[str]) -> int:
    return len({key for cell in header.cells if (key := _known_key(cell, known))})


def _known_key(cell: HeaderCell, known: frozenset[str]) -> str:
    return next((key for key in (*cell.keys, *cell.yes_no_keys) if key in known), "")


def _block(rows: Sequence[Row], spans: Sequence[Range], top: int, bottom: int) -> Header:
    block = [list(row) for row in rows[top : bottom + 1]]
    inside = [span for span in spans if span[0] >= top and span[0] <= bottom]
    for first, left, last, right in inside:
        for row in range(first, min(last, bottom) + 1):
            covered = slice(left, min(right + 1, len(rows[first])))
            block[row - top][covered] = [rows[first][left]] * (covered.stop - left)
    if not inside:
        _fill_right(block)
    columns = zip(*block, strict=True)
    cells = (
        (index, tuple(dict.fromkeys(text for text in column if text))) for index, column in enumerate(columns)
    )
    named = tuple(HeaderCell(index, levels) for index, levels in cells if levels)
    return Header(top, bottom, named, tuple(text for row in rows[:top] for text in row if text))


def _fill_right(block: list[list[str | None]]) -> None:
    """Spread a group's name over the columns below it, where the sheet has lost its merged cells."""
    for upper, lower in pairwise(block):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column] and upper[column - 1] and lower[column - 1]:
                upper[column] = upper[column - 1]


def _reach(rows: Sequence[Row], spans: Sequence[Range], index: int) -> int:
    """The lowest row that belongs to a header if row `index` does."""
    bottoms = [last for first, _, last, _ in spans if first == index and last - first < _DEEPEST]
    bottom = min(max(bottoms, default=index), len(rows) - 1)
    lower = index + 1
    if bottom == index and lower < len(rows) and _is_sublevel(rows[index], rows[lower]):
        return lower
    return bottom


def _is_sublevel(upper: Row, lower: Row) -> bool:
    """Whether `lower` only divides groups of `upper`: names below blank cells, none below a lone name."""
    grouped = [index for index, text in enumerate(lower) if text]
    open_right = [not text for text in (*upper[1:], "end")]
    divides = all(not upper[index] or open_right[index] for index in grouped)
    below_blank = any(not upper[index] for index in grouped)
    return divides and below_blank and not any(_VALUE.fullmatch(lower[index] or "") for index in grouped)


def _with_groups(rows: Sequence[Row], spans: Sequence[Range], header: Header) -> Header:
    """The header with the group names above it, so that equal lower names are told apart."""
    top = header.top
    while top and header.bottom - top + 1 < _DEEPEST and _names_groups(rows[top - 1], spans, top - 1, header):
        top -= 1
    # What looks like group names may be a title: what it says counts as such, too.
    return replace(_block(rows, spans, top, header.bottom), title=header.title)


def _names_groups(row: Row, spans: Sequence[Range], index: int, header: Header) -> bool:
    texts = [text for text in row if text]
    if any(
        len(text) > _LONGEST_GROUP or ":" in text or "：" in text or _VALUE.fullmatch(text) for text in texts
    ):
        return False
    widths = [right - left + 1 for first, left, _, right in spans if first == index and right > left]
    if widths:
        return max(widths) < _WHOLE_WIDTH * len(header.cells)
    return len(texts) > 1
