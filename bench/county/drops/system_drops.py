"""What the national system alone exports of a county, in the columns of a year."""

from __future__ import annotations

from collections.abc import Sequence

from county.drops.column_sets import COLUMN_SETS
from county.drops.ledger_pages import members, titled_page
from county.drops.local_books import dropouts
from county.drops.system_books import audit_year, years
from county.records.record import Village
from county.sheets.book import Book
from county.sheets.page import Mess, page


def system_drop(villages: Sequence[Village], columns_of: str) -> list[Book]:
    """Households, persons and their incomes, and who is kept from school.

    Args:
        villages: the county.
        columns_of: the year of the columns, one of `COLUMN_SETS`.
    """
    households, persons, incomes = COLUMN_SETS[columns_of]
    last = audit_year(villages)
    people = page("Sheet1", persons, members(villages), Mess(titles=("家庭成员信息",)))
    return [
        Book("1.户基本信息.xlsx", [titled_page(villages, "户", households, "户基本信息")]),
        Book("2.家庭成员.xlsx", [people]),
        Book("3.户收入.xlsx", [years(villages, year, incomes) for year in (last, last - 1)]),
        dropouts(villages),
    ]
