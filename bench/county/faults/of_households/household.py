"""Faults of family structure (HH)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import EXAM_2021, Case, Fault, finds
from county.planting.picks import (
    aged,
    both,
    every,
    has,
    in_town,
    lifted,
    not_head,
    relation,
    says,
    size,
    spouse,
)
from county.planting.rows import beside
from county.planting.steps import put, renumber

_daughter_in_law = relation("之儿媳")


def _child_becomes_head(case: Case) -> None:
    father, mother, child = case.dossier.people
    put({"各处.户主姓名": child.values["姓名"], "各处.户主证件号码": child.values["证件号码"]})(case)
    child.values["与户主关系"] = "户主"
    father.values["与户主关系"] = "之父"
    mother.values["与户主关系"] = "之母"


_departed = says("成员状态", "死亡")

FAULTS = (
    Fault("儿媳填成配偶", (put({"人口.与户主关系": "配偶"}),), finds("HH-01 人口#1.与户主关系 household"),
          who=_daughter_in_law),
    Fault("配偶同性", (renumber(turn=51),), finds("HH-02 人口.与户主关系"), where=lifted, who=both(not_head, spouse)),
    Fault("女儿填成儿子", (put({"人口.与户主关系": "之子"}),), finds("HH-03 人口.与户主关系"), who=relation("之女")),
    Fault("儿媳填成母亲", (put({"人口.与户主关系": "之母"}),), finds("HH-04 人口.与户主关系"), who=_daughter_in_law),
    Fault("孩子做户主", (_child_becomes_head,), finds("HH-05 人口#3.与户主关系 household"),
          where=every(size("户主", "配偶", "之子"), has(both(relation("之子"), aged(15, 17))))),
    Fault("配偶十九岁", (renumber(born=date(2001, 11, 20), turn=50),), finds("HH-06 人口.与户主关系"),
          where=lifted, who=both(spouse, aged(24, 27))),
    Fault("去世后还在务工", (put({"人口.务工状况": "省外务工", "人口.务工时间": 5}),), finds("HH-07 人口.成员状态"),
          where=in_town("柳林乡"), who=_departed),
    Fault("配偶另在户外", (beside("户籍", 村="", 与户主关系="配偶", 人员状态="正常", 户号=lambda case: case.record("户籍").values["户号"]),),
          finds("HH-08 人口.户编号"), where=size("户主"), who=says("特困供养", True), drops=EXAM_2021),
)  # fmt: skip
