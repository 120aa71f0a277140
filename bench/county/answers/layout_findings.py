"""What layout alone brings: unknown columns, strange sheets, wrapped cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from county.answers.answer_key import Answer, cell_name
from county.records.record import Record
from county.sheets.book import Book
from county.sheets.page import Page, Spot


def of_layout(books: Sequence[Book]) -> list[Answer]:
    """What layout alone brings: unknown columns (CEL-07), strange sheets (CEL-08), wrapped cells (CEL-06)."""
    return [
        found
        for book in books
        for page in book.pages
        for found in _of_page(book.name, page.name if book.has_sheets else "", page)
    ]


def _of_page(file: str, sheet: str, page: Page) -> Iterator[Answer]:
    if not page.where:
        yield Answer("CEL-08", (file, sheet, ""))
    for spot in page.unknown.values():
        yield Answer("CEL-07", (file, sheet, cell_name(spot)))
    for (record, name), spot in _first_wrapped(page).values():
        household, person = (str(record.values.get(key, "")) for key in ("户编号", "姓名"))
        yield Answer("CEL-06", (file, sheet, cell_name(spot)), household, person, name)


def _first_wrapped(page: Page) -> dict[int, tuple[tuple[Record, str], Spot]]:
    """Column → its first cell with a `'` or `=""` around the value."""
    first: dict[int, tuple[tuple[Record, str], Spot]] = {}
    for key, spots in page.where.items():
        for spot in spots:
            wrapped = str(page.cells.get(spot) or "").startswith(("'", '="'))
            if wrapped and (spot[1] not in first or spot < first[spot[1]][1]):
                first[spot[1]] = key, spot
    return first
