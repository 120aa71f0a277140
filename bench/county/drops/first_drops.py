"""What a county hands in, in the first two generations of exports: which files, which sheets, what offices did to them."""

from __future__ import annotations

from collections.abc import Sequence

from county.drops import system_columns
from county.drops.ledger_pages import by_town, members, shuffled
from county.drops.local_books import dropouts, local_books
from county.drops.system_books import system_books, years
from county.records.record import Village
from county.sheets.book import Book
from county.sheets.page import REPORTED, Mess, Page, notes, page

_CODES = (("代码表", None), ("01", "户主"), ("02", "配偶"), ("03", "之子"), ("04", "之女"))


def drop_2020(villages: Sequence[Village]) -> list[Book]:
    """The county with the person export of 2015-2017."""
    first, second, *others = by_town(villages)
    third = [village for town in others for village in town]
    return [
        Book(f"1.{first[0].place['乡镇']}贫困人口基本信息.xlsx", [_village_people(v) for v in first]),
        Book(f"1.{second[0].place['乡镇']}人员信息导出.xlsx", [_one_list(second)]),
        Book(f"1.{third[0].place['乡镇']}.xlsx", [_merged_list(third), notes("代码", _CODES, hidden=True)]),
        Book("2.户收入信息2020.xlsx", [years(villages, 2020, system_columns.HOUSEHOLD_YEAR)]),
        Book(
            "2.户收入信息2019.xls.xlsx",
            [years(villages, 2019, shuffled(system_columns.HOUSEHOLD_YEAR, "2019"))],
        ),
        *local_books(villages),
    ]


def drop_2021(villages: Sequence[Village]) -> list[Book]:
    """The county with the person export of 2021."""
    return [*drop_system(villages), *local_books(villages)]


def drop_system(villages: Sequence[Village]) -> list[Book]:
    """The national system's exports of 2021 alone."""
    return system_books(villages, system_columns.HOUSEHOLD, system_columns.L47)


def drop_small(villages: Sequence[Village]) -> list[Book]:
    """The national system's exports, and who is kept from school."""
    return [*drop_system(villages), dropouts(villages)]


def _village_people(village: Village) -> Page:
    place = village.place
    mess = Mess(
        titles=(
            f"{place['县']}{place['乡镇']}建档立卡贫困人口基本信息表",
            f"填报单位：{place['村']}  单位：人、元",
        ),
        total=("户.家庭人口",),
        footer=REPORTED,
    )
    return page(place["村"], system_columns.L26, members([village]), mess)


def _one_list(villages: Sequence[Village]) -> Page:
    mess = Mess(header_every=40, blank_every=55)
    return page("导出", shuffled(system_columns.L26, "one list"), members(villages), mess)


def _merged_list(villages: Sequence[Village]) -> Page:
    mess = Mess(
        titles=("贫困人口信息（含增减情况）",), origin=(1, 1), merged=("户.乡镇", "户.村"), footer=REPORTED
    )
    return page("人口", system_columns.L26_STATUS, members(villages, with_ended=True), mess)
