"""The answer key: where in which file every expected finding must point."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from xlsxwriter.utility import xl_rowcol_to_cell

from county.books import Book
from county.faults.severity import severity
from county.layout import Page, Spot
from county.plant import Expected
from county.record import Record

Address: TypeAlias = tuple[str, str, str]  # file, sheet, cell
Index: TypeAlias = dict[tuple[Record, str], Address]


def index(books: Sequence[Book]) -> Index:
    """(record, field) → the first cell that holds it."""
    found: Index = {}
    for book in books:
        for page in book.pages:
            for key, spots in page.where.items():
                found.setdefault(key, (book.name, page.name if book.has_sheets else "", _cell(spots[0])))
    return found


def _cell(spot: Spot) -> str:
    return str(xl_rowcol_to_cell(*spot))


def answers(expected: Iterable[Expected], places: Index) -> list[dict[str, str]]:
    """The entries of the key for planted faults."""
    return [_answer(each, _address(each, places)) for each in expected]


def _answer(each: Expected, address: Address) -> dict[str, str]:
    answer = entry(each.rule, each.household, each.person, each.field.rpartition(".")[2], address)
    return answer | ({"severity": each.severity} if each.severity else {})


def _address(expected: Expected, places: Index) -> Address:
    """The expected cell; a field of 人口 may stand in a column that serves 户 too."""
    for field in (expected.field, f"户.{expected.field}"):
        if (expected.record, field) in places:
            return places[expected.record, field]
    raise LookupError(f"{expected.rule}: no cell holds {expected.record.ledger}.{expected.field}")


def entry(rule: str, household: str, person: str, field: str, address: Address) -> dict[str, str]:
    """One entry of the key."""
    file, sheet, cell = address
    return {
        "rule": rule,
        "severity": severity(rule),
        "household": household,
        "person": person,
        "field": field,
        "file": file,
        "sheet": sheet,
        "cell": cell,
    }


def of_layout(books: Sequence[Book]) -> list[dict[str, str]]:
    """What layout alone brings: unknown columns (CEL-07), strange sheets (CEL-08), wrapped cells (CEL-06)."""
    return [
        found
        for book in books
        for page in book.pages
        for found in _of_page(book.name, page.name if book.has_sheets else "", page)
    ]


def _of_page(file: str, sheet: str, page: Page) -> Iterator[dict[str, str]]:
    if not page.where:
        yield entry("CEL-08", "", "", "", (file, sheet, ""))
    for spot in page.unknown.values():
        yield entry("CEL-07", "", "", "", (file, sheet, _cell(spot)))
    for (record, name), spot in _first_wrapped(page).values():
        household, person = (str(record.values.get(key, "")) for key in ("户编号", "姓名"))
        yield entry("CEL-06", household, person, name, (file, sheet, _cell(spot)))


def _first_wrapped(page: Page) -> dict[int, tuple[tuple[Record, str], Spot]]:
    """Column → its first cell with a `'` or `=""` around the value."""
    first: dict[int, tuple[tuple[Record, str], Spot]] = {}
    for key, spots in page.where.items():
        for spot in spots:
            wrapped = str(page.cells.get(spot) or "").startswith(("'", '="'))
            if wrapped and (spot[1] not in first or spot < first[spot[1]][1]):
                first[spot[1]] = key, spot
    return first


def write_key(path: Path, entries: Iterable[Mapping[str, str]]) -> None:
    """Write the key, sorted."""
    ordered = sorted(entries, key=lambda each: tuple(each.values()))
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
