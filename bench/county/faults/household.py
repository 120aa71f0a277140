"""Faults of family structure and status (HH, STA, HLP, TGT)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import NEW, OLD, Case, Fault, finds
from county.planting.picks import (
    aged,
    at_school,
    both,
    every,
    has,
    in_town,
    lifted,
    none,
    not_head,
    poor,
    relation,
    says,
    size,
    spouse,
)
from county.planting.steps import put, renumber
from county.records.record import Value

_daughter_in_law = relation("之儿媳")
_departed = says("成员状态", "死亡")


def _year_before_identified(case: Case) -> Value:
    return case.dossier.household.day("识别年月").year - 1


def _child_becomes_head(case: Case) -> None:
    father, mother, child = case.dossier.people
    put({"各处.户主姓名": child.values["姓名"], "各处.户主证件号码": child.values["证件号码"]})(case)
    child.values["与户主关系"] = "户主"
    father.values["与户主关系"] = "之父"
    mother.values["与户主关系"] = "之母"


FAMILY = (
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
)  # fmt: skip

_ill = both(lambda person: "病" in person.text("健康状况"))
_disabled = both(lambda person: "残疾" in person.text("健康状况"))
_pupil = at_school("学前", "小学", "初中", "高中", "高职高专")

STATUS = (
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
    Fault("责任人已离任", (put({"帮扶责任人.结束日期": date(2020, 5, 31)}),),
          finds("HLP-01 户.户编号", "CRD-09 明白卡.户编号"), where=poor),
)  # fmt: skip

FAULTS = (*FAMILY, *STATUS)
