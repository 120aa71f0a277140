"""Drops with every ledger: what the system exports in each generation, the local books, and a book a family."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from county.drops import system_columns
from county.drops.column_sets import COLUMN_SETS
from county.drops.ledger_pages import members, rows_of
from county.drops.local_books import local_books
from county.drops.system_books import audit_year, both_years, system_books
from county.drops.system_drops import dated, known
from county.further.families import FAMILIES
from county.further.poverty_office import visits
from county.records.record import Village
from county.sheets.book import Book
from county.sheets.column import Column
from county.sheets.page import page

STATUS = (
    Column("返贫年度", "户.返贫年度"),
    Column("失联", "户.失联"),
    Column("其他致贫原因", "户.其他致贫原因"),
)
OF_PERSONS = (
    Column("务工状况", "人口.务工状况"),
    Column("残疾等级", "人口.残疾等级"),
    Column("是否现役军人", "人口.现役军人"),
)
_ONCE_OLD = (
    Column("省", "户.省"),
    Column("市", "户.市"),
    Column("户主姓名", "户.户主姓名"),
    Column("户主证件号码", "户.户主证件号码"),
    Column("是否享受低保", "人口.享受低保"),
    Column("是否特困供养人员", "人口.特困供养"),
    Column("是否参加城镇职工基本医疗保险", "人口.参加职工医保"),
    Column("是否参加城镇职工基本养老保险", "人口.参加职工养老"),
    Column("公益性岗位类型", "人口.公益性岗位类型"),
    Column("公益性岗位\n(月数)", "人口.公益性岗位月数"),
    Column("残疾类别", "人口.残疾类别"),
    Column("失学或辍学原因", "人口.失学辍学原因"),
    Column("务工所在地", "人口.务工所在地"),
)
_ADDED = tuple(
    column
    for column in system_columns.L47
    if column.field in {"人编号", "出生日期", "成员电话", "务工企业名称", "享受低保", "特困供养", "参加职工医保", "残疾类别"}
)  # fmt: skip
_ACCOUNT = tuple(each for each in system_columns.HOUSEHOLD_YEAR if each.field in {"开户银行", "银行账号"})


_NOT_YET = {"往年人口"}
"""What is told by the column 年度 of the person export since 2021."""
_WATCHED = {"监测对象"}
_WATCHED_SINCE = 2020
_NOBODY_WENT = visits.LEDGERS
"""What was seen there: what is wrong elsewhere would differ from it, so the county of the field alone has it."""


def exam_2020(villages: Sequence[Village]) -> list[Book]:
    """Every ledger, with the person export of 2015-2017."""
    wanted = (*system_columns.L26_STATUS, *_ONCE_OLD, *STATUS, *OF_PERSONS[1:])
    people = page("人口", wanted, members(villages, with_ended=True))
    own = [Book("1.人口.xlsx", [people]), Book("2.户年度.xlsx", both_years(villages))]
    unknown = _WATCHED if audit_year(villages) < _WATCHED_SINCE else set()
    further = _further_books(villages, without=_NOT_YET | _NOBODY_WENT | unknown)
    return [*own, *local_books(villages), *further]


def _exports_2021(villages: Sequence[Village]) -> list[Book]:
    persons = dated(system_columns.L47, audit_year(villages))
    return system_books(villages, (*system_columns.HOUSEHOLD, *STATUS), (*persons, *OF_PERSONS))


def exam_2021(villages: Sequence[Village]) -> list[Book]:
    """Every ledger, with the person export of 2021 and the monitored households."""
    return [*_exports_2021(villages), *local_books(villages), *_further_books(villages, without=_NOBODY_WENT)]


def exam_2023(villages: Sequence[Village]) -> list[Book]:
    """Every ledger, with the exports of 2023 and what a county adds to their columns."""
    households, persons, incomes = COLUMN_SETS["2023"]
    asked = (*dated(persons, audit_year(villages)), *_ADDED, *OF_PERSONS)
    listed = (*households, *STATUS, *_ACCOUNT)
    exports = system_books(villages, listed, asked, (*incomes, *system_columns.LIVING))
    return [*known(exports), *local_books(villages), *_further_books(villages, without=_NOBODY_WENT)]


def exam_field(villages: Sequence[Village]) -> list[Book]:
    """Every ledger, as in 2021, and what was seen at the households."""
    return [*_exports_2021(villages), *local_books(villages), *_further_books(villages)]


def _further_books(villages: Sequence[Village], without: Collection[str] = ()) -> list[Book]:
    """A workbook a family, a sheet a ledger; ledgers without a row are left out."""
    books = []
    for family in FAMILIES:
        pages = []
        for ledger, wanted in family.tables.items():
            rows = rows_of(villages, ledger)
            if rows and ledger not in without:
                pages.append(page(ledger, wanted, rows))
        books.append(Book(f"7.{family.title}.xlsx", pages))
    return [book for book in books if book.pages]
