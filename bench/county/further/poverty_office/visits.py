"""What checkers saw: every household as the system has it."""

from __future__ import annotations

from datetime import date, timedelta

from county.further.family import Family, present, table, years_old
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, Village

_TABLES = {
    "入户核查": table(
        "入户核查",
        "核查编号 户编号 户主姓名 核查日期 核查人 开始时间 结束时间 见到户主 实有人口 住房安全等级 实际入住 旧房未拆 饮水安全 "
        "失学人数 未参保人数 务工人数 享受低保 产业项目 工资性收入 生产经营性收入 财产性收入 转移性收入 生产经营性支出 人均纯收入 "
        "明白卡上墙 知晓帮扶人 户主签字",
    ),
    "入户核查人口": table(
        "入户核查人口", "核查编号 户编号 姓名 证件号码 健在 在家 与户主关系 在校生状况 健康状况 务工状况"
    ),
}
LEDGERS = frozenset(_TABLES)
_OF_YEAR = (
    "住房安全等级",
    "工资性收入",
    "生产经营性收入",
    "财产性收入",
    "转移性收入",
    "生产经营性支出",
    "人均纯收入",
)
_OF_PERSON = ("姓名", "证件号码", "与户主关系", "在校生状况", "健康状况", "务工状况")
_OUT_OF_SCHOOL = {"非在校生", "学龄前儿童"}
_SCHOOL_AGE = range(6, 16)
_SCHOOL_YEAR = date(AUDIT_YEAR, 8, 31)
_A_DAY = 11  # households a checker visits
_DAYS = 50  # over which the villages are visited
_FIRST, _EVERY, _LONG = (
    8 * 60 + 20,
    35,
    25,
)  # minutes: the first visit's start, from start to start, a visit's length


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def _counted(dossier: Dossier) -> Row:
    """What a checker counts."""
    people = present(dossier)
    return {
        "实有人口": len(people),
        "失学人数": sum(
            years_old(person, _SCHOOL_YEAR) in _SCHOOL_AGE and person.values["在校生状况"] in _OUT_OF_SCHOOL
            for person in people
        ),
        "未参保人数": 0,
        "务工人数": sum(bool(person.values["务工时间"]) for person in people),
        "享受低保": any(person.values["享受低保"] for person in people),
        "产业项目": any(row.values["年度"] == AUDIT_YEAR for row in dossier.all("产业项目")),
    }


def _seen(dossier: Dossier) -> Row:
    """What a checker sees."""
    old = [row.values["旧房拆除"] for title in ("危房改造", "易地搬迁") for row in dossier.all(title)]
    return {
        "见到户主": True,
        "实际入住": True,
        "旧房未拆": False in old,
        "饮水安全": dossier.household.values["饮水安全"],
        "明白卡上墙": True,
        "知晓帮扶人": True,
        "户主签字": True,
    }


def _visit(village: Village, order: int, checker: str) -> Row:
    """Which visit it is, and when."""
    start = _FIRST + order % _A_DAY * _EVERY
    return {
        "核查编号": f"HC{AUDIT_YEAR}-{village.index + 1:03d}-{order + 1:03d}",
        "核查日期": date(AUDIT_YEAR, 11, 2) + timedelta(days=village.index % _DAYS),
        "核查人": checker,
        "开始时间": _clock(start),
        "结束时间": _clock(start + _LONG),
    }


def _add(village: Village, draw: Draw) -> None:
    teams = -(-len(village.dossiers) // _A_DAY)
    checkers = [draw.names.full(draw.names.surname(), male=True) + "核" for _ in range(teams)]
    for order, dossier in enumerate(village.dossiers):
        home = {name: dossier.household.values[name] for name in ("户编号", "户主姓名")}
        visit = _visit(village, order, checkers[order // _A_DAY])
        year = {name: dossier.years[-1].values[name] for name in _OF_YEAR}
        row = visit | home | _counted(dossier) | _seen(dossier) | year
        dossier.records.append(Record("入户核查", row))
        for person in present(dossier):
            own = {name: person.values[name] for name in _OF_PERSON}
            known = {name: row[name] for name in ("核查编号", "户编号")}
            at_home = {"健在": True, "在家": not person.values["务工时间"]}
            dossier.records.append(Record("入户核查人口", known | own | at_home))


FAMILY = Family("入户核查", _TABLES, _add)
