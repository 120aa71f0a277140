"""Faults of schooling, grants and teaching (EDU)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import (
    EXAM_2020,
    EXAM_2021,
    EXAM_2023,
    EXAMS,
    OLD,
    SINCE_2023,
    XINBIN_2018,
    YUNYANG,
    Case,
    Fault,
    finds,
)
from county.planting.picks import aged, at_school, both, lifted, not_head, says, school_age
from county.planting.rows import beside, enter, strike
from county.planting.steps import Given, another_cause, lose, put, twice
from county.records.numbers import rebuilt
from county.records.record import Record, Row

_compulsory = both(at_school("小学", "初中"), school_age(6, 15))

_out_of_school = says("失学辍学原因", "因病")

_at_primary = both(at_school("小学"), school_age(8, 11), says("残疾等级", None))

_GRANT: dict[str, Given] = {"学年": "2020-2021", "学期": "秋季", "金额": 500.0, "发放日期": date(2020, 11, 9)}

_taught_at_home = both(at_school("小学"), says("残疾等级", "二级"))


def _unregistered_child(case: Case) -> None:
    """A child of eleven who is in no household, and whom nobody has talked to."""
    number = rebuilt(case.dossier.head.text("证件号码"), born=date(2009, 4, 2), turn=60)
    kept: Row = {
        "姓名": "钱小军",
        "证件号码": number,
        "未就学原因": "厌学",
        "劝返措施": None,
        "复学日期": None,
    }
    case.village.records.append(Record("控辍保学", kept))


FAULTS = (
    Fault("适龄儿童不在校", (put({"人口.在校生状况": "非在校生"}), lose("学籍"), another_cause),
          finds("EDU-01 人口.在校生状况", "TGT-09 人口.在校生状况 household"), where=lifted, who=_compulsory, drops=OLD),
    Fault("在校没有学籍", (lose("学籍"),), finds("EDU-03 人口.在校生状况"), who=at_school("高中")),
    Fault("有学籍不在校", (put({"人口.在校生状况": "非在校生", "人口.劳动技能": "普通劳动力", "人口.参加城乡居民养老": True}), another_cause),
          finds("EDU-04 人口.在校生状况"), who=both(at_school("高中"), school_age(16, 18)), drops=OLD),
    Fault("学段不一致", (put({"学籍.学段": "初中", "学籍.年级": "七年级"}),), finds("EDU-05 人口.在校生状况"),
          who=at_school("小学")),
    Fault("八岁上初中", (put({"人口.在校生状况": "七年级", "学籍.学段": "初中", "学籍.年级": "七年级"}),),
          finds("EDU-06 人口.在校生状况"), who=both(at_school("小学"), aged(7, 10))),
    Fault("失学没有劝返", (put({"控辍保学.劝返措施": None}),), finds("EDU-02 控辍保学.劝返措施"),
          who=_out_of_school, drops=EXAM_2021),
    Fault("小学生初中文化", (put({"人口.文化程度": "初中"}),), finds("EDU-07 人口.文化程度"), who=_at_primary, drops=EXAM_2020),
    Fault("春季没有资助", (lose("教育资助"),), finds("EDU-08 人口.在校生状况"),
          who=_at_primary, drops=EXAM_2021),
    Fault("少发一百", (put({"教育资助.金额": 400.0}),), finds("EDU-09 教育资助.金额"), who=_at_primary,
          drops=XINBIN_2018),
    Fault("同一学期发两次", (twice("教育资助"),), finds("EDU-10 教育资助.资助项目"),
          who=_at_primary, drops=EXAM_2021),
    Fault("资助名册外的人", (beside("教育资助", 学段="小学", 资助项目="生活补贴", **_GRANT),),
          finds("EDU-11 教育资助#外.证件号码 stranger"), drops=EXAM_2021),
    Fault("资助发给成年人", (enter("教育资助", 学段="高职高专", 资助项目="雨露计划", **_GRANT),),
          finds("EDU-11 教育资助.证件号码"), who=not_head, drops=EXAM_2021),
    Fault("送教少一次", (lose("送教上门"),), finds("EDU-12 送教上门.学时", "EDU-13 送教上门.日期"),
          who=_taught_at_home, drops=YUNYANG),
    Fault("在不在校都没有填", (put({"人口.文化程度": None}),), finds("EDU-19 人口.文化程度"),
          who=both(aged(30, 70), says("在校生状况", "非在校生")), drops=SINCE_2023 | EXAM_2023),
    Fault("送教一学时", (put({"送教上门.学时": 1}),), finds("EDU-14 送教上门.学时", "EDU-12 送教上门.学时"),
          who=_taught_at_home, drops=YUNYANG),
    Fault("县外就读没有函告", (lose("教育资助函告"),), finds("EDU-15 学籍.学校所在县"),
          who=at_school("高职高专"), drops=YUNYANG),
    Fault("因病失学却健康", (put({"人口.健康状况": "健康", "健康管理.病种": None, "健康管理.疾病类别": None}), another_cause),
          finds("EDU-16 人口.失学辍学原因"), who=_out_of_school, drops=EXAM_2021),
    Fault("一年没有升级", (put({"往年人口.在校生状况": lambda case: case.person.values["在校生状况"]}),),
          finds("EDU-17 人口.在校生状况"), who=at_school("初中", "高中"), drops=EXAM_2021),
    Fault("两个学籍", (twice("学籍", 学校="第二中心小学", 学籍号="L0001"),), finds("EDU-18 学籍.学籍状态"),
          who=_at_primary, drops=EXAM_2021),
    Fault("一年没有资助", (strike("教育资助"),), finds("EDU-21 人口.在校生状况"), who=_at_primary, drops=XINBIN_2018 | EXAM_2023),
    Fault("两学期没有资助", (strike("教育资助"),),
          finds("EDU-21 人口.在校生状况", "EDU-08 人口.在校生状况", "EDU-08 人口.证件号码"), who=_at_primary, drops=EXAM_2021),
    Fault("函告没有回函", (put({"教育资助函告.回函": False}),), finds("EDU-22 教育资助函告.回函"), who=at_school("高职高专"), drops=EXAMS),
    Fault("未登记儿童失学", (_unregistered_child,), finds("EDU-23 控辍保学#外.劝返措施 stranger"), drops=EXAMS, elsewhere=True),
    Fault("九岁还在学前", (put({"人口.在校生状况": "学前教育"}),), finds("EDU-20 人口.在校生状况", "EDU-05 人口.在校生状况"),
          who=both(at_school("小学"), school_age(8, 11), says("健康状况", "健康")), drops=EXAMS),
    Fault("青年只有小学文化", (put({"人口.文化程度": "小学"}),), finds("EDU-24 人口.文化程度"),
          who=both(aged(17, 22), says("健康状况", "健康"), says("在校生状况", "非在校生")), drops=EXAMS),
)  # fmt: skip
