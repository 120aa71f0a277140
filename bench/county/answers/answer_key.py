"""The answer key: where in which file every expected finding must point."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from xlsxwriter.utility import xl_rowcol_to_cell

from county.answers.severities import severity
from county.planting.inflicting import Expected
from county.records.record import Record
from county.sheets.book import Book
from county.sheets.page import Spot

Address: TypeAlias = tuple[str, str, str]  # file, sheet, cell
Index: TypeAlias = dict[tuple[Record, str], Address]


@dataclass(frozen=True, slots=True)
class Answer:
    """A finding that must come.

    Attributes:
        rule: its rule.
        address: the cell it points at; no cell for a sheet, no sheet for a file.
        household, person, field: 户编号, 姓名 and field that it names.
        severity: where it is another than the rule's, or its rule has two.
    """

    rule: str
    address: Address
    household: str = ""
    person: str = ""
    field: str = ""
    severity: str = ""

    def told(self) -> dict[str, str]:
        """As the key tells it."""
        file, sheet, cell = self.address
        return {
            "rule": self.rule,
            "severity": self.severity or severity(self.rule),
            "household": self.household,
            "person": self.person,
            "field": self.field,
            "file": file,
            "sheet": sheet,
            "cell": cell,
        }


def index(books: Sequence[Book]) -> Index:
    """(record, field) → the first cell that holds it."""
    found: Index = {}
    for book in books:
        for page in book.pages:
            for key, spots in page.where.items():
                found.setdefault(key, (book.name, page.name if book.has_sheets else "", cell_name(spots[0])))
    return found


def cell_name(spot: Spot) -> str:
    """A spot as Excel calls it."""
    return str(xl_rowcol_to_cell(*spot))


def answers(expected: Iterable[Expected], places: Index) -> list[Answer]:
    """What the key tells of planted faults."""
    return [_answer(each, _address(each, places)) for each in expected]


def _answer(each: Expected, address: Address) -> Answer:
    field = each.field.rpartition(".")[2]
    grave = each.severity or severity(each.rule)
    return Answer(each.rule, address, each.household, each.person, field, grave)


def _address(expected: Expected, places: Index) -> Address:
    """The expected cell; a field of 人口 may stand in a column that serves 户 too."""
    for field in (expected.field, f"户.{expected.field}"):
        if (expected.record, field) in places:
            return places[expected.record, field]
    raise LookupError(f"{expected.rule}: no cell holds {expected.record.ledger}.{expected.field}")


def write_key(path: Path, wanted: Iterable[Answer]) -> None:
    """Write the key, sorted."""
    ordered = sorted((answer.told() for answer in wanted), key=lambda told: tuple(told.values()))
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
