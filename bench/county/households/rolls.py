"""The departments' rolls, one small function each: who of the household stands in them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from county.records.names import SCHOOLS
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, ended

_CATEGORY_DIGITS = {"视力": 1, "听力": 2, "言语": 3, "肢体": 4, "智力": 5, "精神": 6, "多重": 7}
_LEVEL_DIGITS = {"一级": 1, "二级": 2, "三级": 3, "四级": 4}
_STAGES = (
    ("学前", "学前"), ("小学", "小学"), ("七", "初中"), ("八", "初中"), ("九", "初中"),
    ("普通高中", "高中"), ("高职", "高职高专"),
)  # fmt: skip


def departments(rng: Random, dossier: Dossier, monthly_aid: float) -> list[Record]:
    """All department rows of a household's present members."""
    rows: list[Record] = []
    for person in dossier.people:
        if not ended(person):
            rows += _insured(rng, dossier, person)
            rows += _enrolled(dossier, person)
            rows += _dropped_out(person)
            rows += _disabled(rng, person)
    return rows + _low_income_aid(dossier, monthly_aid)


def _name_and_id(person: Record) -> Row:
    return {name: person.values[name] for name in ("姓名", "证件号码")}


def _insured(rng: Random, dossier: Dossier, person: Record) -> list[Record]:
    paid: Row = {
        "年度": AUDIT_YEAR,
        "险种": "城乡居民",
        "参保状态": "已参保",
        "参保地": dossier.household.values["县"],
        "个人缴费": 100,
        "资助金额": 180,
        "缴费日期": date(AUDIT_YEAR - 1, 11, 1) + timedelta(days=rng.randrange(50)),
    }
    return [Record("医保参保", _name_and_id(person) | paid)]


def stage(school: str) -> str | None:
    """学段 of a 在校生状况; None for someone who is no pupil."""
    return next((name for start, name in _STAGES if school.startswith(start)), None)


def _enrolled(dossier: Dossier, person: Record) -> list[Record]:
    at = stage(person.text("在校生状况"))
    if at is None:
        return []
    town = dossier.household.text("乡镇")
    far = at in {"高中", "高职高专"}
    row: Row = {
        "学籍号": f"G{person.text('证件号码')}",
        "学校": ("云川市" if at == "高职高专" else "清河县" if far else town) + SCHOOLS[at],
        "学校所在县": dossier.household.values["县"],
        "学段": at,
        "年级": person.values["在校生状况"],
        "学籍状态": "在籍",
        "送教上门": False,
    }
    return [Record("学籍", _name_and_id(person) | row)]


def _dropped_out(person: Record) -> list[Record]:
    reason = person.values["失学辍学原因"]
    if reason is None:
        return []
    row: Row = {"未就学原因": reason, "劝返措施": "教师入户劝返，随班就读", "复学日期": None}
    return [Record("控辍保学", _name_and_id(person) | row)]


def certificate(person: Record, category: str, level: str) -> str:
    """残疾证号: the ID, a digit for the category, a digit for the level."""
    return f"{person.text('证件号码')}{_CATEGORY_DIGITS[category]}{_LEVEL_DIGITS[level]}"


def _disabled(rng: Random, person: Record) -> list[Record]:
    category, level = person.values["残疾类别"], person.values["残疾等级"]
    if not isinstance(category, str) or not isinstance(level, str):
        return []
    issued = date(2015, 1, 1) + timedelta(days=rng.randrange(1000))
    row: Row = {
        "残疾证号": certificate(person, category, level),
        "残疾类别": category,
        "残疾等级": level,
        "发证日期": issued,
        "有效期至": issued.replace(year=issued.year + 10, day=min(issued.day, 28)),
        "生活补贴月标准": 80 if person.values["享受低保"] else None,
        "护理补贴月标准": 80 if level in {"一级", "二级"} else None,
    }
    return [Record("残疾人", _name_and_id(person) | row)]


def _low_income_aid(dossier: Dossier, monthly: float) -> list[Record]:
    """The 低保 roll; of a whole household the sum stands on the head's row."""
    covered = [person for person in dossier.people if person.values["享受低保"]]
    whole = len(covered) == len(dossier.people)
    shared: Row = {
        "户主姓名": dossier.head.values["姓名"],
        "保障类别": "农村低保",
        "保障方式": "整户" if whole else "单人户",
        "保障人数": len(covered),
        "开始日期": date(2018, 1, 1),
        "停止日期": None,
        "状态": "正常",
    }
    return [
        Record("低保", shared | _name_and_id(person) | {"月保障金": monthly if first else 0.0})
        for first, person in ((person is covered[0], person) for person in covered)
    ]
