"""A county in another guise is the same county: every row is read as it was."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from county.clean.village import Shape, villages
from county.drops.all_drops import DROPS
from county.sheets.book import Book, write
from county.sheets.guises import GUISES
from fupin_audit.workbook.loading import load

SHAPE = Shape(villages=3, households=15, villages_a_town=1)
OF_ALL = {("低保", "保障人数"), ("低保", "月保障金")}
"""What is of the household, not of who stands in the row; where all share a row, it is told once."""


@cache
def books(guise: str) -> list[Book]:
    return GUISES[guise](DROPS["2020"].books(list(villages(11, SHAPE))))


@cache
def read(guise: str, folder: Path) -> dict[str, Counter[str]]:
    """Ledger → its rows, without what tells where they stand."""
    (folder / guise).mkdir()
    for book in books(guise):
        write(book, folder / guise)
    tables = load([folder / guise]).tables
    return {
        title: Counter(
            str(sorted((name, row[name]) for name in table.fields if (title, name) not in OF_ALL))
            for row in table.data.to_pylist()
        )
        for title, table in tables.items()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guises")


@pytest.mark.parametrize("guise", [name for name in GUISES if name != "plain"])
def test_the_county_is_the_same_in_every_guise(guise: str, folder: Path) -> None:
    plain, other = read("plain", folder), read(guise, folder)
    assert other.keys() == plain.keys()
    for title, rows in plain.items():
        assert (other[title] - rows, rows - other[title]) == (Counter(), Counter()), title


def test_the_guises_are_not_the_same() -> None:
    merges = {
        guise: sum(len(page.merges) for book in books(guise) for page in book.pages) for guise in GUISES
    }
    assert merges["banded"] > merges["plain"] > merges["csv"] > 0
    (roll,) = (page for book in books("wide") for page in book.pages if page.name == "低保")
    heads, beside = (
        {row for row, column in roll.cells if roll.cells[row, column] == word}
        for word in ("户主姓名", "其他家庭成员身份证号1")
    )
    assert len(heads) == len(beside) == 1
    assert {book.name.rpartition(".")[2] for book in books("csv")} == {"csv"}
