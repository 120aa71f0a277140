"""The same tables as other offices hand them in: under two-level headers, as text files, with blanks written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from county.records.record import Record
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
    """A text file a sheet, as a system exports it: nothing merged, in the encodings of two programs in turn."""
    pages = [(book, _unmerged(page)) for book in books for page in book.pages]
    return [
        Book(f"{book.name.rpartition('.')[0]}-{page.name}.csv", [page], ("utf-8-sig", "gb18030")[at % 2])
        for at, (book, page) in enumerate(pages)
    ]


def side_by_side(books: Sequence[Book]) -> list[Book]:
    """The 低保 roll has a row a household, its further members in pairs of columns."""
    return _each(books, lambda page: _members_beside(page) if _rolled(page) else page)


def dashed(books: Sequence[Book]) -> list[Book]:
    """What is blank is written as a dash or a stroke, in turn."""
    return _each(books, _with_dashes)


GUISES: Mapping[str, Guise] = MappingProxyType(
    {"plain": plain, "banded": banded, "csv": as_text, "dashed": dashed, "wide": side_by_side}
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


def _unmerged(page: Page) -> Page:
    """What stands once for several rows of data stands in each of them."""
    rows = [area for area in page.merges if area[0] >= _top(page)] if page.where else []
    filled = {
        (row, column): page.cells[top, left]
        for top, left, bottom, right in rows
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    merges = [area for area in page.merges if area not in rows]
    return replace(page, cells=page.cells | filled, merges=merges)


_ROLL = "低保"
_WHO = ("姓名", "证件号码")
_BESIDE = ("其他家庭成员姓名", "其他家庭成员身份证号")


def _rolled(page: Page) -> dict[int, Record]:
    """Row → who stands in it, of a 低保 roll."""
    found = {spots[0][0]: record for (record, _), spots in page.where.items() if record.ledger == _ROLL}
    return dict(sorted(found.items()))


def _members_beside(page: Page) -> Page:
    """Let who is covered with somebody above stand in that row."""
    rolled, width = _rolled(page), max(column for _, column in page.cells) + 1
    heads: dict[int, list[int]] = {}
    for row, record in rolled.items():
        head = next(reversed(heads), row)
        heads.setdefault(head if _covered_with(rolled[head], record) else row, []).append(row)
    place = {
        row: (head, width + len(_WHO) * (at - 1))
        for head, rows in heads.items()
        for at, row in enumerate(rows)
        if at
    }
    return _moved(page, place)


def _covered_with(head: Record, other: Record) -> bool:
    """Whether the sum on the head's row is for the other, too."""
    apart = {*_WHO, "月保障金"}
    alike = all(value == head.values.get(name) for name, value in other.values.items() if name not in apart)
    return other is not head and alike and not other.values["月保障金"]


def _moved(page: Page, place: Mapping[int, Spot]) -> Page:
    """Put names and numbers of these rows elsewhere, and let the others close up."""

    def closed(row: int) -> int:
        return row - sum(gone < row for gone in place)

    def new(spot: Spot, field: str) -> Spot:
        if spot[0] not in place:
            return closed(spot[0]), spot[1]
        head, first = place[spot[0]]
        return closed(head), first + _WHO.index(field) if field in _WHO else spot[1]

    where = {key: [new(spot, key[1]) for spot in spots] for key, spots in page.where.items()}
    moved = {
        new(spot, field): page.cells.get(spot)
        for (_, field), spots in page.where.items()
        for spot in spots
        if spot[0] in place and field in _WHO
    }
    kept = {(closed(row), column): cell for (row, column), cell in page.cells.items() if row not in place}
    header = _top(page) - 1
    pairs = sorted({first for _, first in place.values()})
    named: dict[Spot, Cell] = {
        (header, first + offset): f"{name}{at}"
        for at, first in enumerate(pairs, start=1)
        for offset, name in enumerate(_BESIDE)
    }
    merges = [(closed(a), b, closed(c), d) for a, b, c, d in page.merges]
    unknown = {name: (closed(row), column) for name, (row, column) in page.unknown.items()}
    return replace(page, cells=kept | moved | named, where=where, merges=merges, unknown=unknown)


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
