"""The same tables as other offices hand them in: under two-level headers, as text files, with blanks written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from county.sheets.book import Book
from county.sheets.forms import Cell
from county.sheets.page import Page, Spot

Guise: TypeAlias = Callable[[Sequence[Book]], list[Book]]
_BANDS = ("基本情况", "详细情况", "登记情况", "其他情况")
_WIDTH = 5  # columns under one upper header
_BLANKS = ("—", "/", "-", "－", None)


def plain(books: Sequence[Book]) -> list[Book]:
    """As they are."""
    return list(books)


def banded(books: Sequence[Book]) -> list[Book]:
    """Every header of one row gets another over it, merged over some columns."""
    return _each(books, lambda page: page if _deep(page) or not page.where else _with_band(page))


def as_text(books: Sequence[Book]) -> list[Book]:
    """A text file a sheet, in the encodings of two programs in turn."""
    pages = [(book, page) for book in books for page in book.pages]
    return [
        Book(f"{book.name.rpartition('.')[0]}-{page.name}.csv", [page], ("utf-8-sig", "gb18030")[at % 2])
        for at, (book, page) in enumerate(pages)
    ]


def dashed(books: Sequence[Book]) -> list[Book]:
    """What is blank is written as a dash or a stroke, in turn."""
    return _each(books, _with_dashes)


GUISES: Mapping[str, Guise] = MappingProxyType(
    {"plain": plain, "banded": banded, "csv": as_text, "dashed": dashed}
)


def _each(books: Sequence[Book], change: Callable[[Page], Page]) -> list[Book]:
    return [replace(book, pages=[change(page) for page in book.pages]) for book in books]


def _top(page: Page) -> int:
    """The first row of data."""
    return min(row for spots in page.where.values() for row, _ in spots)


def _deep(page: Page) -> bool:
    """Whether the header has two rows already."""
    return any(top < _top(page) - 1 and bottom == _top(page) - 1 for top, _, bottom, _ in page.merges)


def _with_band(page: Page) -> Page:
    header = _top(page) - 1 if page.where else 0

    def moved(spot: Spot) -> Spot:
        return spot[0] + (spot[0] >= header), spot[1]

    columns = sorted(column for row, column in page.cells if row == header)
    groups = [columns[at : at + _WIDTH] for at in range(0, len(columns), _WIDTH)]
    bands: dict[Spot, Cell] = {
        (header, group[0]): _BANDS[at % len(_BANDS)] for at, group in enumerate(groups)
    }
    over = [(header, group[0], header, group[-1]) for group in groups if len(group) > 1]
    return replace(
        page,
        cells={moved(spot): cell for spot, cell in page.cells.items()} | bands,
        merges=[(*moved((a, b)), *moved((c, d))) for a, b, c, d in page.merges] + over,
        where={key: [moved(spot) for spot in spots] for key, spots in page.where.items()},
        unknown={header: moved(spot) for header, spot in page.unknown.items()},
    )


def _with_dashes(page: Page) -> Page:
    covered = {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    data = dict.fromkeys(spot for spots in page.where.values() for spot in spots if spot not in covered)
    blank = [spot for spot in data if page.cells.get(spot) is None]
    return replace(
        page, cells=page.cells | {spot: _BLANKS[at % len(_BLANKS)] for at, spot in enumerate(blank)}
    )
