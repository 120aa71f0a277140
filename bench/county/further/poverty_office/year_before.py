"""The export of the year before: where everybody then went to school."""

from __future__ import annotations

from datetime import date

from county.further.family import Family, identity, present, table, years_old
from county.households.people import GRADES
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Record, Row, Village

_TABLES = {
    "往年人口": table("往年人口", "户编号 人口编号:人编号 姓名 证件号码 年度 与户主关系 在校生状况"),
}
_COPIED = ("户编号", "人编号", "与户主关系")


def _a_year_ago(person: Record) -> Record:
    years = years_old(person, date(AUDIT_YEAR - 1, 8, 31))
    never = person.values["失学辍学原因"] is not None
    school = "学前教育" if 3 <= years < min(GRADES) else GRADES.get(years, "非在校生")
    row: Row = {name: person.values[name] for name in _COPIED}
    return Record(
        "往年人口",
        row | identity(person) | {"年度": AUDIT_YEAR - 1, "在校生状况": "非在校生" if never else school},
    )


def _add(village: Village, _draw: Draw) -> None:
    for dossier in village.dossiers:
        dossier.records += [_a_year_ago(person) for person in present(dossier)]


FAMILY = Family("系统-上年人口", _TABLES, _add)
