"""Working a household's income out again, and bringing it where it must be."""

from __future__ import annotations

from collections.abc import Iterable

from county.records.record import AUDIT_YEAR, Dossier, Record, Village

_RECEIVED = ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入")
_UNABLE = {"丧失劳动力", "无劳动力"}


def settle_year(dossier: Dossier, year: Record) -> None:
    """Work out 年收入, 纯收入, 人均纯收入 of a row of 户年度 from its parts."""
    received = round(sum(year.number(name) for name in _RECEIVED), 2)
    year.values["年收入"] = received
    year.values["纯收入"] = round(received - year.number("生产经营性支出"), 2)
    share_out(dossier, year)


def share_out(dossier: Dossier, year: Record) -> None:
    """Work out 人均纯收入 of a year, and carry the audit year's to where it is repeated."""
    amount = round(year.number("纯收入") / year.number("家庭人口"), 2)
    year.values["人均纯收入"] = amount
    if year.values["年度"] == AUDIT_YEAR:
        for record in (dossier.household, dossier.all("明白卡")[0]):
            record.values["人均纯收入"] = amount


def bring_to(dossier: Dossier, year: Record, amount: float) -> None:
    """Bring 人均纯收入 of a year to an amount by more or less 生产经营性收入."""
    short = amount * year.number("家庭人口") - year.number("纯收入")
    year.values["生产经营性收入"] = round(year.number("生产经营性收入") + short, 2)
    settle_year(dossier, year)


def book_elsewhere(row: Record, source: str, target: str, amount: float | None = None) -> None:
    """Book an amount of a row, or all there is, under another field."""
    moved = row.number(source) if amount is None else amount
    row.values[source] = round(row.number(source) - moved, 2)
    row.values[target] = round(row.number(target) + moved, 2)


def lift_incomes(villages: Iterable[Village], floor: float = 5200) -> None:
    """Bring every household's 人均纯收入 up to a floor, in both years."""
    for village in villages:
        for dossier in village.dossiers:
            for year in dossier.years:
                if year.number("人均纯收入") < floor:
                    bring_to(dossier, year, floor)


def leave_out_dividends(village: Village) -> None:
    """Book none where somebody on 低保 can't work: some places leave them out of the income."""
    for dossier in village.dossiers:
        if any(
            person.values["享受低保"] and person.values["劳动技能"] in _UNABLE for person in dossier.people
        ):
            for year in dossier.years:
                book_elsewhere(year, "资产收益分红", "其他财产性收入")
