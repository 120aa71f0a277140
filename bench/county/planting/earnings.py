"""Changes of income that every paper of the household follows: survey, handbook, account, cards."""

from __future__ import annotations

from collections.abc import Iterator

from county.planting.fault import Case, Step
from county.planting.steps import put
from county.records.record import AUDIT_YEAR, Record

_WAGES, _BUSINESS, _EXPENSES = "工资性收入", "生产经营性收入", "生产经营性支出"


def _papers(case: Case) -> Iterator[Record]:
    """The records that repeat the audit year's income, 户年度 among them."""
    for record in case.dossier.records:
        if _WAGES in record.values and record.values.get("年度") == AUDIT_YEAR:
            yield record


def wages_as_business(case: Case) -> None:
    """Book all wages as business income."""
    for paper in _papers(case):
        paper.values[_BUSINESS] = round(paper.number(_BUSINESS) + paper.number(_WAGES), 2)
        paper.values[_WAGES] = 0.0
    for record in case.dossier.records:
        for name in ("收支类别", "字段"):
            if record.values.get(name) == _WAGES:
                record.values[name] = _BUSINESS


def earn(per_head: float) -> Step:
    """Bring 人均纯收入 of the audit year to an amount by less business income."""

    def step(case: Case) -> None:
        year = case.record("户年度")
        less = round(year.number("纯收入") - per_head * year.number("家庭人口"), 2)
        left = (year.number(_BUSINESS) - less) / year.number(_BUSINESS)
        for paper in _papers(case):
            paper.values[_BUSINESS] = round(paper.number(_BUSINESS) - less, 2)
            paper.values["纯收入"] = round(paper.number("纯收入") - less, 2)
        year.values["年收入"] = round(year.number("年收入") - less, 2)
        for line in case.dossier.all("明细账"):
            if line.values["收支类别"] == _BUSINESS:
                line.values["金额"] = round(line.number("金额") * left, 2)
        put({"现.人均纯收入": per_head})(case)

    return step


def spend_all_but_aid(case: Case) -> None:
    """Spend on business whatever there is beside 低保金."""
    year = case.record("户年度")
    more = round(year.number("纯收入") - year.number("低保金"), 2)
    for paper in _papers(case):
        paper.values[_EXPENSES] = round(paper.number(_EXPENSES) + more, 2)
        paper.values["纯收入"] = round(paper.number("纯收入") - more, 2)
    line = next(row for row in case.dossier.all("明细账") if row.values["收支类别"] == _EXPENSES)
    line.values["金额"] = round(line.number("金额") + more, 2)
    put({"现.人均纯收入": round(year.number("纯收入") / year.number("家庭人口"), 2)})(case)
