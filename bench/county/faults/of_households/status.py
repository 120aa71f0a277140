"""Faults of status and cause (STA)."""

from __future__ import annotations

from county.planting.fault import ADOPTED, EXAM_2020, EXAMS, NEW, OLD, YUNYANG, Case, Fault, finds
from county.planting.picks import at_school, both, caused_by, every, known_for, lifted, none, poor
from county.planting.rows import without
from county.planting.steps import plus, put
from county.records.record import Dossier, Value, ended


def _year_before_identified(case: Case) -> Value:
    return case.dossier.household.day("识别年月").year - 1


_ill = both(lambda person: "病" in person.text("健康状况"))

_disabled = both(lambda person: "残疾" in person.text("健康状况"))

_pupil = at_school("学前", "小学", "初中", "高中", "高职高专")


def _main_cause(case: Case) -> Value:
    return case.dossier.household.values["主要致贫原因"]


def _able(dossier: Dossier) -> bool:
    """At least half of the members can work."""
    present = [person for person in dossier.people if not ended(person)]
    able = [person for person in present if person.values["劳动技能"] in {"普通劳动力", "技能劳动力"}]
    return len(able) * 2 >= len(present)


def _on_low_income_aid(dossier: Dossier) -> bool:
    return dossier.household.values["户属性"] == "低保贫困户"


def _untouched(dossier: Dossier) -> bool:
    return not dossier.all("受灾")


def _common(dossier: Dossier) -> bool:
    return dossier.household.values["户属性"] == "一般脱贫户"


def _safe(dossier: Dossier) -> bool:
    return bool(dossier.household.values["饮水安全"])


FAULTS = (
    Fault("脱贫没有年度", (put({"各处.脱贫年度": None}),), finds("STA-01 户.脱贫年度"), where=lifted),
    Fault("未脱贫却有年度", (put({"各处.脱贫年度": 2019}),), finds("STA-01 户.脱贫年度"), where=poor),
    Fault("脱贫早于识别", (put({"各处.脱贫年度": _year_before_identified}),), finds("STA-02 户.脱贫年度"), where=lifted),
    Fault("因病无病人", (put({"各处.主要致贫原因": "因病"}),), finds("STA-05 户.主要致贫原因"), where=every(lifted, none(_ill))),
    Fault("因残无残疾人", (put({"各处.主要致贫原因": "因残"}),), finds("STA-06 户.主要致贫原因"),
          where=every(lifted, none(_disabled))),
    Fault("因学无学生", (put({"各处.主要致贫原因": "因学"}),), finds("STA-07 户.主要致贫原因"),
          where=every(lifted, none(_pupil)), drops=OLD),
    Fault("低保户没有低保成员", (put({"户.户属性": "低保脱贫户"}),), finds("STA-12 户.户属性"),
          where=lambda dossier: dossier.household.values["户属性"] == "一般脱贫户", drops=NEW),
    Fault("返贫没有脱贫年度", (put({"各处.脱贫年度": None}),), finds("STA-03 户.脱贫年度"),
          where=known_for("返贫"), drops=EXAM_2020),
    Fault("次要原因重复", (put({"各处.其他致贫原因": _main_cause}),), finds("STA-04 户.其他致贫原因"),
          where=lifted, drops=EXAM_2020),
    Fault("缺劳力而劳力过半", (put({"各处.主要致贫原因": "缺劳力"}),), finds("STA-08 户.主要致贫原因"),
          where=every(lifted, _able), drops=EXAM_2020),
    Fault("缺土地而地多", (put({"各处.主要致贫原因": "缺土地", "户年度.耕地面积": 40.0}),),
          finds("STA-09 户.主要致贫原因"), where=every(lifted, _able), drops=EXAM_2020),
    Fault("没有耕地", (put({"户年度.耕地面积": 0.0, "户年度.有效灌溉面积": 0.0}),), finds("STA-10 户年度.耕地面积"), where=lifted, drops=EXAM_2020),
    Fault("因灾没有受灾", (put({"各处.主要致贫原因": "因灾"}),), finds("STA-11 户.主要致贫原因"),
          where=every(lifted, _untouched), drops=EXAM_2020),
    Fault("特困户没有特困成员", (put({"各处.户属性": "特困供养脱贫户"}),), finds("STA-13 户.户属性"),
          where=_common, drops=EXAM_2020),
    Fault("失联户有收入", (put({"户.失联": True, "平台户.失联": True}),), finds("STA-14 户.失联"), where=lifted, drops=EXAM_2020),
    Fault("缺水而饮水安全", (put({"各处.主要致贫原因": "缺水"}),), finds("STA-15 户.主要致贫原因"),
          where=every(poor, _safe), drops=EXAM_2020),
    Fault("三个其他原因", (put({"各处.其他致贫原因": "缺资金,缺技术,交通条件落后"}),), finds("STA-16 户.其他致贫原因"),
          where=every(lifted, caused_by("因病")), drops=EXAMS),
    Fault("未脱贫填成脱贫户", (put({"各处.户属性": "低保脱贫户"}),), finds("STA-17 户.户属性"),
          where=every(poor, _on_low_income_aid), drops=EXAMS),
    Fault("受灾没有帮扶", (put({"受灾.帮扶措施": None}), without("帮扶措施", 措施内容="补种补栏")), finds("STA-18 受灾.帮扶措施", "MON-03 监测对象.识别年月"),
          where=known_for("受灾"), drops=YUNYANG | ADOPTED),
    Fault("灌溉多于耕地", (put({"户年度.有效灌溉面积": plus("户年度.耕地面积", 2)}),), finds("STA-20 户年度.有效灌溉面积"), drops=EXAMS),
    Fault("离主干路九公里", (put({"户年度.与村主干路距离": 9.0}),), finds("STA-21 户年度.与村主干路距离"), drops=EXAMS),
    Fault("水面九百亩", (put({"户年度.水面面积": 900.0}),), finds("STA-19 户年度.水面面积"), drops=EXAMS),
)  # fmt: skip
