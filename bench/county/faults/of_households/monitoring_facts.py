"""Faults of what 监测对象 says against members, measures and income (MON-13 to MON-29)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from county.further.poverty_office.helping import measure
from county.further.poverty_office.watched_households import income_then, monitored
from county.planting.fault import EXAMS, Case, Fault, Step, finds
from county.planting.picks import (
    both,
    every,
    has,
    houses,
    known_for,
    lifted,
    none,
    recovered,
    says,
    size,
    sustained,
    unwatched,
    watched_for,
    works,
)
from county.planting.steps import plus, put
from county.records.record import Dossier, Record, Row, Value, ended

_SINCE = date(2020, 8, 1)
"""When all of the year's ordinary measures had been taken."""

_WORK = ("就业帮扶", "介绍新岗位")
_CARE = ("健康帮扶", "家庭医生跟踪")
_UNSTEADY = "因务工就业不稳"


def _watch(risk: str, *measures: tuple[str, str], **changes: Value) -> Step:
    """Watch the household for a risk, and do this and that about it."""

    def step(case: Case) -> None:
        model = next(row for row in case.village.records if row.ledger == "监测对象")
        contact: Row = {name: model.values[name] for name in ("监测联系人", "监测联系人电话")}
        row = monitored(case.village, case.dossier, contact, risk, _SINCE)
        row.values |= changes
        case.dossier.records += [row, *_taken(case, measures)]

    return step


def _taken(case: Case, measures: Sequence[tuple[str, str]]) -> list[Record]:
    when: Row = {"实施日期": _SINCE + timedelta(days=10)}
    return [Record("帮扶措施", measure(case.dossier, *each) | when) for each in measures]


def _mostly_able(dossier: Dossier) -> bool:
    """More than half of the members can work."""
    present = [person for person in dossier.people if not ended(person)]
    able = [person for person in present if person.values["劳动技能"] in {"普通劳动力", "技能劳动力"}]
    return len(able) * 2 > len(present)


def _nothing_paid(case: Case) -> None:
    """The household paid nothing for treatment."""
    row = case.record("监测对象")
    row.values |= income_then(int(row.number("家庭人口")), row.number("人均收入"), 0.0)


def _watched_rich(case: Case) -> None:
    """Watch a household that earns far more than the line."""
    _watch(_UNSTEADY, _WORK, 人均收入=15000.0)(case)
    row = case.record("监测对象")
    row.values |= income_then(int(row.number("家庭人口")), 15000.0, 0.0)


_ill = both(lambda person: "病" in person.text("健康状况"))
_disabled = both(lambda person: "残疾" in person.text("健康状况"))
_steady = every(lifted, unwatched, has(works), houses("A", appraised=True))
_alone = every(unwatched, size("户主"), has(sustained))

FAULTS = (
    Fault("因病监测无人生病", (_watch("因病", _CARE, _WORK),), finds("MON-13 监测对象.风险"),
          where=every(_steady, none(_ill)), drops=EXAMS),
    Fault("因残监测无人残疾", (_watch("因残", ("综合保障", "防贫保险"), _WORK),), finds("MON-14 监测对象.风险"),
          where=every(_steady, none(_disabled)), drops=EXAMS),
    Fault("缺劳动力而劳力过半", (_watch("缺劳动力", _WORK),), finds("MON-15 监测对象.风险"),
          where=every(_steady, _mostly_able), drops=EXAMS),
    Fault("就业不稳而无人务过工", (_watch(_UNSTEADY, ("培训", "实用技术培训"), 整户无劳动能力兜底保障户=True),),
          finds("MON-16 监测对象.风险"), where=_alone, drops=EXAMS),
    Fault("监测失学无人失学", (_watch(_UNSTEADY, _WORK, 失学辍学=True),), finds("MON-17 监测对象.失学辍学"),
          where=_steady, drops=EXAMS),
    Fault("监测未参保都参保", (_watch(_UNSTEADY, _WORK, 未参加医保=True),), finds("MON-18 监测对象.未参加医保"),
          where=_steady, drops=EXAMS),
    Fault("其他风险没有备注", (_watch("其他", _WORK),), finds("MON-20 监测对象.其他备注"), where=_steady, drops=EXAMS),
    Fault("因自然灾害没有子项", (put({"监测对象.因自然灾害子项": None}),), finds("MON-20 监测对象.因自然灾害子项"),
          where=watched_for("因自然灾害"), drops=EXAMS),
    Fault("帮扶就业后没有工资", (put({"监测对象.消除后工资性收入": 0.0}),), finds("MON-22 监测对象.消除后工资性收入"),
          where=recovered, drops=EXAMS),
    Fault("措施低保无人低保", (_watch(_UNSTEADY, _WORK, ("综合保障", "低保")),), finds("MON-23 帮扶措施#末.措施内容 household"),
          where=every(_steady, none(says("享受低保", True))), drops=EXAMS),
    Fault("就业帮扶无人就业", (_watch("因产业项目失败", _WORK, 整户无劳动能力兜底保障户=True),),
          finds("MON-24 帮扶措施#末.措施类别 household"), where=_alone, drops=EXAMS),
    Fault("有劳力只有综合保障", (_watch("因残", ("综合保障", "防贫保险")),), finds("MON-25 监测对象.户编号"),
          where=every(lifted, unwatched, has(_disabled), has(works), none(says("享受低保", True))), drops=EXAMS),
    Fault("有劳力登记兜底户", (_watch(_UNSTEADY, _WORK, 整户无劳动能力兜底保障户=True),),
          finds("MON-26 监测对象.整户无劳动能力兜底保障户"), where=_steady, drops=EXAMS),
    Fault("没有监测联系电话", (_watch(_UNSTEADY, _WORK, 监测联系人电话=None),), finds("MON-27 监测对象.监测联系人电话"),
          where=_steady, drops=EXAMS),
    Fault("收入参考范围算错", (_watch(_UNSTEADY, _WORK), put({"监测对象.理赔收入": 500.0})), finds("MON-28 监测对象.收入参考范围"),
          where=_steady, drops=EXAMS),
    Fault("人均参考范围算错", (_watch(_UNSTEADY, _WORK), put({"监测对象.人均收入": plus("监测对象.人均收入", 30)})),
          finds("MON-28 监测对象.人均收入"), where=_steady, drops=EXAMS),
    Fault("因病而没有自付", (_nothing_paid,), finds("MON-29 监测对象.合规自付支出"),
          where=known_for("监测"), who=_ill, drops=EXAMS),
    Fault("识别时收入很高", (_watched_rich,), finds("MON-19 监测对象.人均收入"), where=_steady, drops=EXAMS),
    Fault("消除后住房没有填", (put({"监测对象.消除后人均纯收入": None}),), finds("MON-21 监测对象.消除后人均纯收入"),
          where=recovered, drops=EXAMS),
)  # fmt: skip
