"""What the national system alone exports of a county, in the columns of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from county.drops.column_sets import COLUMN_SETS
from county.drops.ledger_pages import members, titled_page
from county.drops.local_books import dropouts
from county.drops.system_books import audit_year, years
from county.records.record import Village
from county.sheets.book import Book
from county.sheets.column import Column
from county.sheets.page import Mess, Page, page

_NOBODY_KNOWS = {"户主编号", "村办公电话", "是否搬迁户"}


def system_drop(villages: Sequence[Village], columns_of: str) -> list[Book]:
    """Households, persons and their incomes, and who is kept from school.

    Args:
        villages: the county.
        columns_of: the year of the columns, one of `COLUMN_SETS`.
    """
    households, persons, incomes = COLUMN_SETS[columns_of]
    last = audit_year(villages)
    people = page("Sheet1", dated(persons, last), members(villages), Mess(titles=("家庭成员信息",)))
    books = [
        Book("1.户基本信息.xlsx", [titled_page(villages, "户", households, "户基本信息")]),
        Book("2.家庭成员.xlsx", [people]),
        Book("3.户收入.xlsx", [years(villages, year, incomes) for year in (last, last - 1)]),
        dropouts(villages),
    ]
    return known(books)


def dated(persons: Sequence[Column], year: int) -> list[Column]:
    """The columns of an export of that year."""
    return [replace(each, filler=year) if each.header == "年度" else each for each in persons]


def known(books: Sequence[Book]) -> list[Book]:
    """The books as far as a real export's columns are concerned: what no rule needs is known by its name."""
    return [replace(book, pages=[_known(each) for each in book.pages]) for book in books]


def _known(sheet: Page) -> Page:
    """The columns of real exports have their names, though no rule needs them, but for a few."""
    return replace(sheet, unknown={name: at for name, at in sheet.unknown.items() if name in _NOBODY_KNOWS})
