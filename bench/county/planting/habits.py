"""What honest households do: nothing of it is wrong, and no rule may say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from county.planting.fault import Case, Fault
from county.planting.inflicting import scatter
from county.planting.picks import aged, both, has, relation, says
from county.planting.steps import move, put, renumber
from county.records.record import AUDIT_YEAR, Dossier, Record, Village
from county.sheets.book import Book
from county.sheets.page import Page

_SHARE = 0.6  # of the households
_SEASON = 4  # months
_ENTERED = 8  # the month from which 低保 is paid
_PENSION = 432.0
_PASTURE = 1500.0  # 亩
_EVERY = 3


def _works(person: Record) -> bool:
    return person.number("务工时间") > _SEASON and person.values["成员状态"] == "正常"


def _season(case: Case) -> None:
    """Away for some months only, from March on."""
    case.person.values["务工时间"] = _SEASON
    for stay in case.dossier.all("务工"):
        if stay.values["证件号码"] == case.person.values["证件号码"] and stay.values["年度"] == AUDIT_YEAR:
            stay.values |= {"开始": date(AUDIT_YEAR, 3, 1), "结束": date(AUDIT_YEAR, 3 + _SEASON, 1)}


def _turned_sixty(case: Case) -> None:
    """On a day of the audit year; no two of a county on the same."""
    number = int(case.dossier.household.text("户编号")[-6:])
    renumber(born=date(AUDIT_YEAR - 60, 7 + number // 10000 % 5, 1 + number % 28))(case)


def _has_transfers(dossier: Dossier) -> bool:
    return dossier.years[-1].number("其他转移性收入") >= _PENSION


def _draws_pension(case: Case) -> None:
    pension = case.dossier.of_person("养老保险", case.person)
    if pension:
        pension.values |= {"领取状态": "正常", "月养老金": 108.0, "代缴金额": 0}


def _entered(case: Case) -> None:
    """The household got 低保 from August on: that much less by card and in its year."""
    for row in case.dossier.all("低保"):
        row.values["开始日期"] = date(AUDIT_YEAR, _ENTERED, 1)
    kept = []
    for row in case.dossier.records:
        paid = row.values.get("发放日期")
        if row.ledger == "一卡通发放" and row.values["补贴项目"] == "农村低保" and isinstance(paid, date):
            months = min(paid.month - _ENTERED + 1, 3)
            if months <= 0:
                continue
        kept.append(row)
    case.dossier.records = kept
    year = case.record("户年度")
    lost = round(year.number("低保金") * (_ENTERED - 1) / 12, 2)
    year.values["低保金"] = round(year.number("低保金") - lost, 2)
    year.values["其他转移性收入"] = round(year.number("其他转移性收入") + lost, 2)


def _in_a_home(case: Case) -> None:
    """They live in the home of the township and have no house of their own."""
    for row in case.dossier.all("特困"):
        row.values["供养方式"] = "集中"
    case.record("户年度").values["住房面积"] = 0.0


def _on_roll(dossier: Dossier) -> bool:
    return any(person.values["享受低保"] for person in dossier.people)


HABITS: tuple[Fault, ...] = (
    Fault("季节务工", (_season,), (), who=_works),
    Fault(
        "年内满六十",
        (
            _turned_sixty,
            move("户年度", "其他转移性收入", "养老保险金", _PENSION),
            put({"人口.劳动技能": "弱劳动力或半劳动力"}),
            _draws_pension,
        ),
        (),
        where=_has_transfers,
        who=both(relation("户主"), aged(55, 59), says("参加城乡居民养老", True)),
    ),
    Fault("年内进低保", (_entered,), (), where=_on_roll),
    Fault("集中供养", (_in_a_home,), (), where=has(says("特困供养", True))),
)


def keep_habits(county: Sequence[Village], seed: int) -> None:
    """Let the households of a clean county have them."""
    for village in county:
        scatter(village, HABITS, _SHARE, seed)


def with_pastures(books: Sequence[Book]) -> list[Book]:
    """A further column beside the land of a household's year: the pastures of every third, large as they are."""
    return [replace(book, pages=[_pastures(page) for page in book.pages]) for book in books]


def _pastures(page: Page) -> Page:
    rows = sorted(
        {row for (_, field), spots in page.where.items() if field == "林地面积" for row, _ in spots}
    )
    if not rows:
        return page
    column = max(column for _, column in page.cells) + 1
    land = dict.fromkeys(((row, column) for row in rows[::_EVERY]), _PASTURE)
    return replace(page, cells={**page.cells, (rows[0] - 1, column): "牧草地面积（亩）", **land})
