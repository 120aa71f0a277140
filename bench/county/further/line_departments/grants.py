"""Pupils: grants, visits to those taught at home, letters to where others are taught."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from county.further.family import Family, identity, present, table, years_old
from county.households.people import GRADES
from county.households.rolls import stage
from county.records.draw import Draw
from county.records.record import Dossier, Record, Row, Village

_TABLES = {
    "教育资助": table("教育资助", "姓名 证件号码 学段 学年 学期 资助项目 金额 发放日期"),
    "送教上门": table("送教上门", "姓名 证件号码 日期 学时 教师"),
    "教育资助函告": table("教育资助函告", "姓名 证件号码 就读地 函告日期 回函"),
}
_A_TERM = {"学前": 600.0, "小学": 500.0, "初中": 625.0, "高中": 1000.0}
_TERMS = (
    ("春季", "2019-2020", date(2019, 8, 31), date(2020, 5, 11)),
    ("秋季", "2020-2021", date(2020, 8, 31), date(2020, 11, 9)),
)
_YULU: Row = {
    "学段": "高职高专",
    "学年": "2020-2021",
    "学期": "秋季",
    "资助项目": "雨露计划",
    "金额": 1500.0,
    "发放日期": date(2020, 11, 20),
}
_TERM_BEGINNINGS = (date(2019, 9, 2), date(2020, 2, 17))  # Mondays
_WEEKS = 20  # a term
_ELSEWHERE = "临川县"


def _grants(person: Record) -> Iterator[Record]:
    """The allowance of both terms of the year, by the stage the pupil was then in."""
    if stage(person.text("在校生状况")) is None:
        return
    for term, school_year, begins, paid in _TERMS:
        years = years_old(person, begins)
        at = "学前" if 3 <= years < min(GRADES) else stage(GRADES.get(years, ""))
        if at in _A_TERM:
            grant: Row = {
                "学段": at,
                "学年": school_year,
                "学期": term,
                "资助项目": "生活补贴",
                "金额": _A_TERM[at],
                "发放日期": paid,
            }
            yield Record("教育资助", identity(person) | grant)
    if stage(person.text("在校生状况")) == "高职高专":
        yield Record("教育资助", identity(person) | _YULU)


def _visits(dossier: Dossier, person: Record) -> Iterator[Record]:
    """A visit of two hours in every school week for a severely disabled child."""
    enrolled = dossier.of_person("学籍", person)
    if enrolled is None or person.values["残疾等级"] not in {"一级", "二级"}:
        return
    enrolled.values["送教上门"] = True
    for begins in _TERM_BEGINNINGS:
        for week in range(_WEEKS):
            visit: Row = {"日期": begins + timedelta(weeks=week), "学时": 2, "教师": "李老师"}
            yield Record("送教上门", identity(person) | visit)


def _letters(dossier: Dossier, person: Record) -> Iterator[Record]:
    enrolled = dossier.of_person("学籍", person)
    if enrolled is not None and enrolled.values["学段"] == "高职高专":
        enrolled.values["学校所在县"] = _ELSEWHERE
        letter: Row = {"就读地": _ELSEWHERE, "函告日期": date(2020, 9, 21), "回函": True}
        yield Record("教育资助函告", identity(person) | letter)


def _add(village: Village, _draw: Draw) -> None:
    for dossier in village.dossiers:
        for person in present(dossier):
            dossier.records += _grants(person)
            dossier.records += _visits(dossier, person)
            dossier.records += _letters(dossier, person)


FAMILY = Family("教育-资助与送教", _TABLES, _add)
