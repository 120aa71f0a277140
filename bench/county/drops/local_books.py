"""What does not come from the national system: the village's own books and the departments' rolls."""

from __future__ import annotations

from collections.abc import Sequence

from county.drops import local_columns
from county.drops.ledger_pages import plain_page, rows_of, shuffled, titled_page
from county.records.record import Village
from county.sheets.book import Book
from county.sheets.column import SheetRow
from county.sheets.page import Mess, Page, page


def local_books(villages: Sequence[Village]) -> list[Book]:
    """Everything that does not come from the national system."""
    return [
        Book("4.扶贫明白卡.xlsx", [_cards(village) for village in villages]),
        Book("4.住房饮水标识牌登记.xlsx", [
            plain_page(villages, "住房标识牌", local_columns.HOUSE_PLATE, "住房"),
            plain_page(villages, "饮水标识牌", local_columns.WATER_PLATE, "饮水"),
        ]),
        Book("5.医保参保2020.csv", [plain_page(villages, "医保参保", local_columns.INSURANCE)], "gb18030"),
        Book("5.学籍.csv", [plain_page(villages, "学籍", local_columns.ENROLMENT)], "utf-8-sig"),
        Book("5.农村低保花名册.xlsx", [_low_income(villages)]),
        Book("5.住建局-鉴定与改造.xlsx", [
            plain_page(villages, "住房鉴定", local_columns.APPRAISAL, "鉴定"),
            plain_page(villages, "危房改造", local_columns.REBUILDING, "改造"),
        ]),
        Book("5.残疾人名册.xlsx", [titled_page(villages, "残疾人", local_columns.DISABLED, "持证残疾人名册")]),
        Book("4.帮扶责任人.xlsx", [plain_page(villages, "帮扶责任人", shuffled(local_columns.HELPERS, "helpers"))]),
        dropouts(villages),
        Book("6.村情况统计表.xlsx", [_summaries(villages)]),
    ]  # fmt: skip


def dropouts(villages: Sequence[Village]) -> Book:
    """Who is kept from school."""
    return Book(
        "5.控辍保学台账.xlsx", [titled_page(villages, "控辍保学", local_columns.DROPOUTS, "控辍保学工作台账")]
    )


def _cards(village: Village) -> Page:
    mess = Mess(titles=(f"{village.place['村']}扶贫明白卡信息",), hidden=("明白卡.享受政策",))
    return page(village.place["村"], local_columns.CARD, rows_of([village], "明白卡"), mess)


def _low_income(villages: Sequence[Village]) -> Page:
    mess = Mess(titles=("农村低保花名册", "2020年12月"), total=("低保.月保障金",))
    return page("低保", local_columns.LOW_INCOME, rows_of(villages, "低保"), mess)


def _summaries(villages: Sequence[Village]) -> Page:
    rows: list[SheetRow] = [{"村": village.summary} for village in villages]
    return page(
        "村",
        local_columns.VILLAGE,
        rows,
        Mess(titles=("行政村基本情况统计表",), total=("村.总户数", "村.贫困户数")),
    )
