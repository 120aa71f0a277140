"""The people of a household: rows of 人口 that agree with themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from county.households.kinds import Kind, Role
from county.records.draw import Draw
from county.records.names import WORKPLACES
from county.records.record import AUDIT_YEAR, Record, Row, age

_SCHOOL_YEAR = date(AUDIT_YEAR, 8, 31)
_OWN_LINE = {"户主", "之子", "之女", "之孙子", "之孙女", "之父"}  # share the family name
GRADES = {
    **dict.fromkeys(range(6, 12), "小学"),
    12: "七年级",
    13: "八年级",
    14: "九年级",
    15: "普通高中一年级",
    16: "普通高中二年级",
    17: "普通高中三年级",
    18: "高职高专一年级",
    19: "高职高专二年级",
    20: "高职高专三年级",
}


def people(draw: Draw, kind: Kind, household: str, phone: str) -> list[Record]:
    """The members of one household, the head first; where they work depends on their place, not told here."""
    surname = draw.names.surname()
    return [
        Record(
            "人口", _member(draw, role, surname) | {"户编号": household, "人编号": f"{household}{order:02d}"}
        )
        if order > 1
        else Record("人口", _member(draw, role, surname) | _keys_of_head(household, phone))
        for order, role in enumerate(kind.roles, start=1)
    ]


def workplace(status: str, place: Mapping[str, str]) -> str | None:
    """务工所在地 of somebody of that place; None for who does not work."""
    return WORKPLACES[status].format_map(place) if status in WORKPLACES else None


def _keys_of_head(household: str, phone: str) -> Row:
    return {"户编号": household, "人编号": f"{household}01", "成员电话": phone}


def _member(draw: Draw, role: Role, surname: str) -> Row:
    born = _birth(draw.rng, role.ages)
    own = surname if role.relation in _OWN_LINE else draw.names.surname()
    school = _school(born, role)
    row: Row = {
        "姓名": draw.names.full(own, male=role.male),
        "性别": "男" if role.male else "女",
        "证件类型": "身份证",
        "证件号码": draw.numbers.resident_id(born, male=role.male),
        "出生日期": born,
        "与户主关系": role.relation,
        "民族": "汉族",
        "文化程度": _education(born, school, role),
        "在校生状况": school,
        "失学辍学原因": "因病" if "未就学" in role.traits else None,
        "成员状态": "死亡" if "死亡" in role.traits else "正常",
        "成员电话": None,
        "政治面貌": "群众" if age(born) >= 16 else None,
        "人员识别年月": None,
    }
    return row | _health(role) | _work(draw.rng, role, born, school) | _insurance(role, born, school)


def _birth(rng: Random, ages: tuple[int, int]) -> date:
    """A birth date of someone that old at the end of the audit year."""
    low, high = ages
    first = date(AUDIT_YEAR - high, 1, 1)
    return first + timedelta(days=rng.randrange((date(AUDIT_YEAR - low, 12, 28) - first).days))


def _school(born: date, role: Role) -> str:
    """在校生状况 by age at the start of the school year."""
    years = age(born, _SCHOOL_YEAR)
    if "未就学" in role.traits or years > max(GRADES):
        return "非在校生"
    if years < min(GRADES):
        return "学前教育" if years >= 3 else "非在校生"
    return GRADES[years]


def _education(born: date, school: str, role: Role) -> str:
    if age(born) < 7 and school in {"学前教育", "非在校生"}:
        return "学龄前儿童"
    for start, level in (("小学", "小学"), ("普通高中", "高中"), ("高职", "大专")):
        if school.startswith(start):
            return level
    if "大专" in role.traits:
        return "大专"
    return "小学" if age(born) < 12 or age(born) > 60 else "初中"


def _health(role: Role) -> Row:
    words = {"慢性病": "长期慢性病", "大病": "患有大病", "残疾": "残疾", "重残": "残疾"}
    disabled = role.traits & {"残疾", "重残"}
    return {
        "健康状况": "、".join(word for trait, word in words.items() if trait in role.traits) or "健康",
        "残疾类别": "肢体" if disabled else None,
        "残疾等级": ("二级" if "重残" in role.traits else "四级") if disabled else None,
    }


def _skill(role: Role, born: date, school: str) -> str:
    years = age(born)
    if years < 16 or school != "非在校生" or "死亡" in role.traits:
        return "无劳动力"
    if role.traits & {"重残", "特困"} or years > 74:
        return "丧失劳动力"
    if role.traits & {"慢性病", "大病", "残疾"} or years >= 60:
        return "弱劳动力或半劳动力"
    return "技能劳动力" if "技能" in role.traits else "普通劳动力"


def _work(rng: Random, role: Role, born: date, school: str) -> Row:
    where = rng.choice(tuple(WORKPLACES)) if "务工" in role.traits else "未务工"
    post = "岗位" in role.traits
    return {
        "劳动技能": _skill(role, born, school),
        "务工状况": where,
        "务工所在地": None,
        "务工时间": rng.randint(7, 11) if "务工" in role.traits else 0,
        "务工企业名称": None,
        "公益性岗位类型": "保洁员" if post else None,
        "公益性岗位月数": 12 if post else None,
    }


def _insurance(role: Role, born: date, school: str) -> Row:
    alive = "死亡" not in role.traits
    return {
        "参加城乡居民医保": alive,
        "参加职工医保": False,
        "参加大病保险": alive,
        "参加商业补充医保": False,
        "参加城乡居民养老": alive and age(born) >= 16 and school == "非在校生",
        "参加职工养老": False,
        "享受低保": "低保" in role.traits,
        "特困供养": "特困" in role.traits,
    }
