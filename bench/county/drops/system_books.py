"""What the national system exports: persons town by town, households, their years."""

from __future__ import annotations

from collections.abc import Sequence

from county.drops import system_columns
from county.drops.ledger_pages import by_town, members, titled_page
from county.records.record import Village
from county.sheets.book import Book
from county.sheets.column import Column, SheetRow
from county.sheets.page import Mess, Page, page


def system_books(
    villages: Sequence[Village],
    households: Sequence[Column],
    persons: Sequence[Column],
    incomes: Sequence[Column] = system_columns.HOUSEHOLD_YEAR,
) -> list[Book]:
    """The national system's exports since 2021 with these columns."""
    wanted = (*persons, Column("成员状态", "人口.成员状态"))
    mess = Mess(titles=("建档立卡脱贫人口信息", "导出条件：2020年度  在册"))
    people = [
        Book(
            f"2.人员信息_{town[0].place['乡镇']}.xlsx",
            [page("Sheet1", wanted, members(town, with_ended=True), mess)],
        )
        for town in by_town(villages)
    ]
    return [
        Book("1.户名单.xlsx", [titled_page(villages, "户", households, "脱贫户花名册")]),
        *people,
        Book("3.户信息53列.xlsx", both_years(villages, incomes)),
    ]


def both_years(
    villages: Sequence[Village], wanted: Sequence[Column] = system_columns.HOUSEHOLD_YEAR
) -> list[Page]:
    """The sheets of 户年度, the audit year's first."""
    last = audit_year(villages)
    return [years(villages, year, wanted) for year in (last, last - 1)]


def audit_year(villages: Sequence[Village]) -> int:
    """The latest year of 户年度."""
    return max(int(record.number("年度")) for record, _ in villages[0].all("户年度"))


def years(villages: Sequence[Village], year: int, wanted: Sequence[Column]) -> Page:
    """The sheet of 户年度 of one year."""
    rows: list[SheetRow] = [
        {"户年度": record, "户": dossier.household}
        for village in villages
        for record, dossier in village.all("户年度")
        if record.values["年度"] == year
    ]
    return page(f"{year}年", wanted, rows, Mess(titles=("家庭收入及生产生活条件",)))
