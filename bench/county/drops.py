"""What a county hands in: which files, which sheets, and what offices did to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random

from county import columns
from county.books import Book
from county.layout import Column, Mess, Page, SheetRow, notes, page
from county.record import Village, ended

_REPORTED = "填表人：        审核人：        填报日期：2021年1月4日"
_CODES = (("代码表", None), ("01", "户主"), ("02", "配偶"), ("03", "之子"), ("04", "之女"))


def drop_2020(villages: Sequence[Village]) -> list[Book]:
    """The county with the person export of 2015-2017."""
    first, second, third = _by_town(villages)
    return [
        Book(f"1.{first[0].place['乡镇']}贫困人口基本信息.xlsx", [_village_people(v) for v in first]),
        Book(f"1.{second[0].place['乡镇']}人员信息导出.xlsx", [_one_list(second)]),
        Book(f"1.{third[0].place['乡镇']}.xlsx", [_merged_list(third), notes("代码", _CODES, hidden=True)]),
        Book("2.户收入信息2020.xlsx", [_years(villages, 2020, columns.HOUSEHOLD_YEAR)]),
        Book("2.户收入信息2019.xls.xlsx", [_years(villages, 2019, shuffled(columns.HOUSEHOLD_YEAR, "2019"))]),
        *local_books(villages),
    ]


def drop_2021(villages: Sequence[Village]) -> list[Book]:
    """The county with the person export of 2021."""
    return [*drop_system(villages), *local_books(villages)]


def drop_system(villages: Sequence[Village]) -> list[Book]:
    """The national system's exports of 2021 alone."""
    return system_books(villages, columns.HOUSEHOLD, columns.L47)


def system_books(
    villages: Sequence[Village], households: Sequence[Column], persons: Sequence[Column]
) -> list[Book]:
    """The national system's exports of 2021 with these columns."""
    wanted = (*persons, Column("成员状态", "人口.成员状态"))
    mess = Mess(titles=("建档立卡脱贫人口信息", "导出条件：2020年度  在册"))
    people = [
        Book(
            f"2.人员信息_{town[0].place['乡镇']}.xlsx",
            [page("Sheet1", wanted, members(town, with_ended=True), mess)],
        )
        for town in _by_town(villages)
    ]
    return [
        Book("1.户名单.xlsx", [_titled(villages, "户", households, "脱贫户花名册")]),
        *people,
        Book("3.户信息53列.xlsx", both_years(villages)),
    ]


def drop_small(villages: Sequence[Village]) -> list[Book]:
    """The national system's exports, and who is kept from school."""
    return [*drop_system(villages), _dropouts(villages)]


def shuffled(wanted: Sequence[Column], seed: str) -> tuple[Column, ...]:
    """The columns in another order."""
    return tuple(Random(seed).sample(wanted, len(wanted)))


def _by_town(villages: Sequence[Village]) -> list[list[Village]]:
    towns = dict.fromkeys(village.place["乡镇"] for village in villages)
    return [[village for village in villages if village.place["乡镇"] == town] for town in towns]


def members(villages: Iterable[Village], *, with_ended: bool = False) -> list[SheetRow]:
    """Member rows; an export without 成员状态 leaves out those who have left."""
    return [
        {"人口": person, "户": dossier.household}
        for village in villages
        for dossier in village.dossiers
        for person in dossier.people
        if with_ended or not ended(person)
    ]


def _rows(villages: Iterable[Village], ledger: str) -> list[SheetRow]:
    return [{ledger: record} for village in villages for record in village.rows(ledger)]


def _village_people(village: Village) -> Page:
    place = village.place
    mess = Mess(
        titles=(
            f"{place['县']}{place['乡镇']}建档立卡贫困人口基本信息表",
            f"填报单位：{place['村']}  单位：人、元",
        ),
        total=("户.家庭人口",),
        footer=_REPORTED,
    )
    return page(place["村"], columns.L26, members([village]), mess)


def _one_list(villages: Sequence[Village]) -> Page:
    mess = Mess(header_every=40, blank_every=55)
    return page("导出", shuffled(columns.L26, "one list"), members(villages), mess)


def _merged_list(villages: Sequence[Village]) -> Page:
    mess = Mess(
        titles=("贫困人口信息（含增减情况）",), origin=(1, 1), merged=("户.乡镇", "户.村"), footer=_REPORTED
    )
    return page("人口", columns.L26_STATUS, members(villages, with_ended=True), mess)


def both_years(villages: Sequence[Village]) -> list[Page]:
    """The sheets of 户年度, the audit year's first."""
    last = audit_year(villages)
    return [_years(villages, year, columns.HOUSEHOLD_YEAR) for year in (last, last - 1)]


def audit_year(villages: Sequence[Village]) -> int:
    """The latest year of 户年度."""
    return max(int(record.number("年度")) for record, _ in villages[0].all("户年度"))


def _years(villages: Sequence[Village], year: int, wanted: Sequence[Column]) -> Page:
    """The sheet of 户年度 of one year."""
    rows: list[SheetRow] = [
        {"户年度": record, "户": dossier.household}
        for village in villages
        for record, dossier in village.all("户年度")
        if record.values["年度"] == year
    ]
    return page(f"{year}年", wanted, rows, Mess(titles=("家庭收入及生产生活条件",)))


def local_books(villages: Sequence[Village]) -> list[Book]:
    """Everything that does not come from the national system."""
    return [
        Book("4.扶贫明白卡.xlsx", [_cards(village) for village in villages]),
        Book("4.住房饮水标识牌登记.xlsx", [
            _simple(villages, "住房标识牌", columns.HOUSE_PLATE, "住房"),
            _simple(villages, "饮水标识牌", columns.WATER_PLATE, "饮水"),
        ]),
        Book("5.医保参保2020.csv", [_simple(villages, "医保参保", columns.INSURANCE)], "gb18030"),
        Book("5.学籍.csv", [_simple(villages, "学籍", columns.ENROLMENT)], "utf-8-sig"),
        Book("5.农村低保花名册.xlsx", [_low_income(villages)]),
        Book("5.住建局-鉴定与改造.xlsx", [
            _simple(villages, "住房鉴定", columns.APPRAISAL, "鉴定"),
            _simple(villages, "危房改造", columns.REBUILDING, "改造"),
        ]),
        Book("5.残疾人名册.xlsx", [_titled(villages, "残疾人", columns.DISABLED, "持证残疾人名册")]),
        Book("4.帮扶责任人.xlsx", [_simple(villages, "帮扶责任人", shuffled(columns.HELPERS, "helpers"))]),
        _dropouts(villages),
        Book("6.村情况统计表.xlsx", [_summaries(villages)]),
    ]  # fmt: skip


def _dropouts(villages: Sequence[Village]) -> Book:
    return Book("5.控辍保学台账.xlsx", [_titled(villages, "控辍保学", columns.DROPOUTS, "控辍保学工作台账")])


def _simple(villages: Iterable[Village], ledger: str, wanted: Sequence[Column], name: str = "Sheet1") -> Page:
    return page(name, wanted, _rows(villages, ledger))


def _titled(villages: Iterable[Village], ledger: str, wanted: Sequence[Column], title: str) -> Page:
    return page(ledger, wanted, _rows(villages, ledger), Mess(titles=(title,), footer=_REPORTED))


def _cards(village: Village) -> Page:
    mess = Mess(titles=(f"{village.place['村']}扶贫明白卡信息",), hidden=("明白卡.享受政策",))
    return page(village.place["村"], columns.CARD, _rows([village], "明白卡"), mess)


def _low_income(villages: Sequence[Village]) -> Page:
    mess = Mess(titles=("农村低保花名册", "2020年12月"), total=("低保.月保障金",))
    return page("低保", columns.LOW_INCOME, _rows(villages, "低保"), mess)


def _summaries(villages: Sequence[Village]) -> Page:
    rows: list[SheetRow] = [{"村": village.summary} for village in villages]
    return page(
        "村",
        columns.VILLAGE,
        rows,
        Mess(titles=("行政村基本情况统计表",), total=("村.总户数", "村.贫困户数")),
    )


DROPS: dict[str, Callable[[Sequence[Village]], list[Book]]] = {
    "2020": drop_2020,
    "2021": drop_2021,
    "small": drop_small,
}
