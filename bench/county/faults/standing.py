"""Faults of status and cause where every ledger is delivered (STA)."""

from __future__ import annotations

from county.planting.fault import EXAM_2020, Case, Fault, finds
from county.planting.picks import every, known_for, lifted, poor
from county.planting.steps import put
from county.records.record import Dossier, Value, ended


def _main_cause(case: Case) -> Value:
    return case.dossier.household.values["主要致贫原因"]


def _able(dossier: Dossier) -> bool:
    """At least half of the members can work."""
    present = [person for person in dossier.people if not ended(person)]
    able = [person for person in present if person.values["劳动技能"] in {"普通劳动力", "技能劳动力"}]
    return len(able) * 2 >= len(present)


def _common(dossier: Dossier) -> bool:
    return dossier.household.values["户属性"] == "一般脱贫户"


def _safe(dossier: Dossier) -> bool:
    return bool(dossier.household.values["饮水安全"])


def _untouched(dossier: Dossier) -> bool:
    return not dossier.all("受灾")


FAULTS = (
    Fault("返贫没有脱贫年度", (put({"各处.脱贫年度": None}),), finds("STA-03 户.脱贫年度"),
          where=known_for("返贫"), drops=EXAM_2020),
    Fault("次要原因重复", (put({"各处.其他致贫原因": _main_cause}),), finds("STA-04 户.其他致贫原因"),
          where=lifted, drops=EXAM_2020),
    Fault("缺劳力而劳力过半", (put({"各处.主要致贫原因": "缺劳力"}),), finds("STA-08 户.主要致贫原因"),
          where=every(lifted, _able), drops=EXAM_2020),
    Fault("缺土地而地多", (put({"各处.主要致贫原因": "缺土地", "户年度.耕地面积": 40.0}),),
          finds("STA-09 户.主要致贫原因"), where=every(lifted, _able), drops=EXAM_2020),
    Fault("没有耕地", (put({"户年度.耕地面积": 0.0}),), finds("STA-10 户年度.耕地面积"), where=lifted, drops=EXAM_2020),
    Fault("因灾没有受灾", (put({"各处.主要致贫原因": "因灾"}),), finds("STA-11 户.主要致贫原因"),
          where=every(lifted, _untouched), drops=EXAM_2020),
    Fault("特困户没有特困成员", (put({"各处.户属性": "特困供养脱贫户"}),), finds("STA-13 户.户属性"),
          where=_common, drops=EXAM_2020),
    Fault("失联户有收入", (put({"户.失联": True, "平台户.失联": True}),), finds("STA-14 户.失联"), where=lifted, drops=EXAM_2020),
    Fault("缺水而饮水安全", (put({"各处.主要致贫原因": "缺水"}),), finds("STA-15 户.主要致贫原因"),
          where=every(poor, _safe), drops=EXAM_2020),
)  # fmt: skip
