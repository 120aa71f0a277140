"""The answer key: where in which file every expected finding must point."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from xlsxwriter.utility import xl_rowcol_to_cell

from county.books import Book
from county.faults.catalogue import severity
from county.layout import Spot
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
    return [
        entry(each.rule, each.household, each.person, each.field.rpartition(".")[2], _address(each, places))
        for each in expected
    ]


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


def unknown_columns(books: Sequence[Book]) -> list[dict[str, str]]:
    """The columns no ledger knows (CEL-07)."""
    return [
        entry("CEL-07", "", "", "", (book.name, page.name if book.has_sheets else "", _cell(spot)))
        for book in books
        for page in book.pages
        for spot in page.unknown.values()
    ]


def write_key(path: Path, entries: Iterable[Mapping[str, str]]) -> None:
    """Write the key, sorted."""
    ordered = sorted(entries, key=lambda each: tuple(each.values()))
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
