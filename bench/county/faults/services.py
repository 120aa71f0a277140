"""Faults of schooling, insurance, aid and disability (EDU, MED, SEC)."""

from __future__ import annotations

from county.households.rolls import certificate
from county.planting.fault import NEW, OLD, Case, Fault, finds
from county.planting.picks import (
    aged,
    at_school,
    both,
    every,
    has,
    lifted,
    not_head,
    poor,
    relation,
    says,
    school_age,
    size,
    spouse,
)
from county.planting.steps import lose, move, put, twice
from county.records.record import Value

_compulsory = both(at_school("小学", "初中"), school_age(6, 15))
_disabled = says("残疾类别", "肢体")
_on_aid = says("享受低保", True)


_other_cause = put({"各处.主要致贫原因": "缺技术", "户.其他致贫原因": None})


def _wrong_level(case: Case) -> Value:
    level = "一级" if case.person.values["残疾等级"] != "一级" else "二级"
    return certificate(case.person, case.person.text("残疾类别"), level)


SCHOOLING = (
    Fault("适龄儿童不在校", (put({"人口.在校生状况": "非在校生"}), lose("学籍"), _other_cause),
          finds("EDU-01 人口.在校生状况", "TGT-09 户.脱贫属性"), where=lifted, who=_compulsory, drops=OLD),
    Fault("在校没有学籍", (lose("学籍"),), finds("EDU-03 人口.在校生状况"), who=at_school("高中")),
    Fault("有学籍不在校", (put({"人口.在校生状况": "非在校生", "人口.劳动技能": "普通劳动力", "人口.参加城乡居民养老": True}), _other_cause),
          finds("EDU-04 人口.在校生状况"), who=both(at_school("高中"), school_age(16, 18)), drops=OLD),
    Fault("学段不一致", (put({"学籍.学段": "初中", "学籍.年级": "七年级"}),), finds("EDU-05 人口.在校生状况"),
          who=at_school("小学")),
    Fault("八岁上初中", (put({"人口.在校生状况": "七年级", "学籍.学段": "初中", "学籍.年级": "七年级"}),),
          finds("EDU-06 人口.在校生状况"), who=both(at_school("小学"), aged(7, 10))),
)  # fmt: skip

INSURANCE = (
    Fault("没有参保", (put({"人口.参加城乡居民医保": False, "人口.参加大病保险": False}), lose("医保参保")),
          finds("MED-01 人口.参加城乡居民医保", "TGT-09 户.脱贫属性"), where=lifted, who=not_head),
    Fault("参保名册没有", (lose("医保参保"),), finds("MED-02 人口.参加城乡居民医保"), who=not_head),
    Fault("名册有系统否", (put({"人口.参加城乡居民医保": False}),), finds("MED-03 人口.参加城乡居民医保"), who=not_head),
    Fault("两地参保", (twice("医保参保", 参保地="临川县"),), finds("MED-04 医保参保.参保地"), who=not_head),
    Fault("两种医保", (put({"人口.参加职工医保": True}),), finds("MED-04 人口.参加城乡居民医保"), who=not_head, drops=NEW),
    Fault("没有大病保险", (put({"人口.参加大病保险": False}),), finds("MED-05 人口.参加大病保险"), who=not_head),
)  # fmt: skip

AID = (
    Fault("低保名册有系统否", (put({"人口.享受低保": False}),), finds("SEC-01 人口.享受低保"),
          where=every(poor, size("户主", "配偶")), who=spouse, drops=NEW),
    Fault("系统低保名册没有", (put({"人口.享受低保": True}),), finds("SEC-01 人口.享受低保"),
          where=every(lifted, has(_on_aid)), who=both(relation("户主"), says("享受低保", False)), drops=NEW),
    Fault("低保又特困", (put({"人口.特困供养": True}), move("户年度", "其他转移性收入", "特困供养金", 100)),
          finds("SEC-03 人口.享受低保"), where=poor, who=both(_on_aid, relation("户主")), drops=NEW),
    Fault("残疾不在名册", (put({"人口.健康状况": "长期慢性病、残疾"}),), finds("SEC-13 人口.健康状况"),
          who=both(says("健康状况", "长期慢性病"), aged(20, 90))),
    Fault("名册残疾系统没有", (put({"人口.健康状况": "长期慢性病"}), _other_cause), finds("SEC-13 人口.健康状况"),
          who=_disabled),
    Fault("残疾证等级不符", (put({"残疾人.残疾证号": _wrong_level}),), finds("SEC-14 残疾人.残疾证号"), who=_disabled),
)  # fmt: skip

FAULTS = (*SCHOOLING, *INSURANCE, *AID)
