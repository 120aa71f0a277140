"""Faults of work, labour and public posts (EMP)."""

from __future__ import annotations

from datetime import date

from county.households.people import workplace
from county.planting.earnings import wages_as_business
from county.planting.fault import ADOPTED, EXAM_2021, EXAMS, JINZHOU, YUNYANG, Case, Fault, Step, finds
from county.planting.picks import (
    aged,
    at_school,
    both,
    caused_by,
    every,
    has,
    healthy_adult,
    in_town,
    in_village,
    lifted,
    none,
    not_head,
    relation,
    says,
    school_age,
    size,
    unwatched,
)
from county.planting.rows import beside, enter, strike, without
from county.planting.steps import Given, lose, put, twice
from county.records.record import Dossier, Value

_IDLE: dict[str, Given] = {"人口.务工状况": "未务工", "人口.务工所在地": None, "人口.务工时间": 0}

_works = both(healthy_adult, lambda person: person.number("务工时间") >= 6)

_elder = both(relation("之父", "之母"), aged(61, 90))


def _in_town(case: Case) -> Value:
    return workplace("乡镇内务工", case.village.place)


def _working(months: int) -> Step:
    return put({"人口.务工状况": "乡镇内务工", "人口.务工所在地": _in_town, "人口.务工时间": months})


def _able_enough(dossier: Dossier) -> bool:
    return not caused_by("缺劳力")(dossier)


_at_home = both(not_head, says("务工状况", "未务工"), says("公益性岗位类型", None))

_holder = both(says("公益性岗位类型", "保洁员"), relation("配偶"))

_graduate = both(says("文化程度", "大专"), says("在校生状况", "非在校生"))


def _stopped(case: Case) -> None:
    """Worked last year, not this year."""
    put(_IDLE)(case)
    case.dossier.records.remove(case.dossier.all("务工")[-1])


def _untrained(case: Case) -> None:
    """Take the training out of the measures."""
    case.dossier.records = [row for row in case.dossier.records if row.values.get("措施类别") != "培训"]


_POST: dict[str, Given] = {"人口.公益性岗位类型": "护林员", "人口.公益性岗位月数": 6}
_holds = enter("公益岗位", 岗位类型="护林员", 聘用日期=date(2020, 7, 1), 解聘日期=None, 月补贴=500.0)
_away = both(_works, says("务工状况", "县外省内务工", "省外务工"))
_YEARS = 2
_TEN = 10  # months away, back before the year ends
_NINGBO = "浙江省宁波市鄞州区"
_FROM_WEIHAI: dict[str, Given] = {
    "人口.务工状况": "省外务工",
    "人口.务工所在地": _NINGBO,
    "务工#1.务工所在地": workplace("省外务工", {}),
    "务工#2.务工所在地": _NINGBO,
}


def _one_worker(dossier: Dossier) -> bool:
    """One member, with a stay in each of two years."""
    return len(dossier.all("务工")) == _YEARS


def _not_alone(dossier: Dossier) -> bool:
    """In a town with several villages: where no other graduate is left, the roll was not handed in."""
    return in_town("清河镇")(dossier) or in_town("白石乡")(dossier)


def _left_college(case: Case) -> None:
    number = case.person.text("证件号码")
    enter("学籍", 学籍号=f"G{number}", 学校="云川市职业技术学院", 学校所在县=case.village.place["县"], 学段="高职高专",
          年级="高职高专三年级", 学籍状态="毕业", 送教上门=False)(case)  # fmt: skip


FAULTS = (
    Fault("有劳动力无人务工", (put(_IDLE), strike("务工"), wages_as_business), finds("EMP-01 人口.务工时间 household"),
          where=every(lifted, unwatched, size("户主", "配偶", "之子"), has(both(relation("之子"), aged(0, 17)))), who=_works, drops=EXAM_2021),
    Fault("务工没有月数", (put({"人口.务工时间": 0}),), finds("EMP-03 人口.务工时间"),
          where=lifted, who=_works, drops=EXAM_2021),
    Fault("丧失劳动力还务工", (_working(3), put({"人口.劳动技能": "丧失劳动力"})), finds("EMP-04 人口.劳动技能"),
          who=_elder, drops=EXAM_2021),
    Fault("童工", (_working(2),), finds("EMP-05 人口.务工时间"), who=both(at_school("初中"), aged(12, 15)), drops=EXAM_2021),
    Fault("学生务工五个月", (_working(5),), finds("EMP-06 人口.务工时间"), who=both(at_school("高中"), aged(16, 20)), drops=EXAM_2021),
    Fault("孩子填成劳动力", (put({"人口.劳动技能": "普通劳动力"}),), finds("EMP-07 人口.劳动技能"),
          where=_able_enough, who=both(at_school("小学"), school_age(6, 12), says("残疾等级", None)), drops=EXAM_2021),
    Fault("老人填成劳动力", (put({"人口.劳动技能": "普通劳动力"}),), finds("EMP-07 人口.劳动技能"),
          where=_able_enough, who=both(_elder, says("健康状况", "健康")), drops=EXAM_2021),
    Fault("壮年填成弱劳力", (put({"人口.劳动技能": "弱劳动力或半劳动力"}),), finds("EMP-08 人口.劳动技能"),
          who=_at_home, drops=EXAM_2021),
    Fault("重残填成劳动力", (put({"人口.劳动技能": "普通劳动力"}),), finds("EMP-09 人口.劳动技能"),
          where=_able_enough, who=both(says("残疾等级", "二级"), aged(40, 59)), drops=EXAM_2021),
    Fault("学生填成劳动力", (put({"人口.劳动技能": "普通劳动力"}),), finds("EMP-10 人口.劳动技能"),
          where=_able_enough, who=both(at_school("高中", "高职高专"), aged(16, 20)), drops=EXAM_2021),
    Fault("公益岗位名册外的人", (beside("公益岗位", 岗位类型="护路员", 聘用日期=date(2019, 3, 1), 解聘日期=None, 月补贴=500.0),),
          finds("EMP-11 公益岗位#外.证件号码 stranger"), drops=EXAM_2021),
    Fault("岗位上的人丧失劳动力", (put({"人口.劳动技能": "丧失劳动力"}),), finds("EMP-11 人口.劳动技能", "EMP-08 人口.劳动技能"),
          who=_holder, drops=EXAM_2021),
    Fault("一人两岗", (twice("公益岗位", 岗位类型="护路员"),), finds("EMP-11 公益岗位.解聘日期"), who=_holder, drops=EXAM_2021),
    Fault("在岗系统没有", (put({"人口.公益性岗位类型": None, "人口.公益性岗位月数": 0}),), finds("EMP-12 人口.公益性岗位月数"),
          who=_holder, drops=EXAM_2021),
    Fault("系统在岗台账没有", (lose("公益岗位"),), finds("EMP-12 人口.公益性岗位类型"), who=_holder, drops=EXAM_2021),
    Fault("毕业没有就业", (put(_IDLE | {"高校毕业生.就业状态": "未就业"}), strike("务工")), finds("EMP-13 高校毕业生.就业状态"),
          where=unwatched, who=_graduate, drops=EXAM_2021),
    Fault("技能劳动力没有务工", (put(_IDLE), strike("务工")), finds("EMP-14 人口.务工时间"),
          where=unwatched, who=both(relation("户主"), says("劳动技能", "技能劳动力")), drops=EXAM_2021),
    Fault("务工结束早于开始", (put({"务工.结束": date(2018, 12, 1)}),), finds("EMP-15 务工.结束"), who=_works, drops=EXAM_2021),
    Fault("两段务工重叠", (twice("务工", 务工所在地="邻县"),), finds("EMP-15 务工.开始"), who=_works, drops=EXAM_2021),
    Fault("外出务工少于上年", (_stopped,), finds("EMP-16 村.县 sheet"),
          where=every(lifted, in_village("东沟村")), who=both(_works, relation("配偶")), drops=YUNYANG),
    Fault("有劳力没有培训", (_untrained,), finds("EMP-17 人口.劳动技能 household"), where=every(lifted, has(_works), none(says("劳动技能", "技能劳动力"))),
          who=says("劳动技能", "普通劳动力"), drops=JINZHOU),
    Fault("七十岁还在公益岗", (put(_POST), _holds), finds("EMP-18 人口.公益性岗位类型"),
          who=both(_elder, aged(70, 74), says("劳动技能", "弱劳动力或半劳动力")), drops=EXAMS),
    Fault("公益岗没有月数", (put({"人口.公益性岗位月数": None}),), finds("EMP-19 人口.公益性岗位月数"), who=_holder, drops=EXAMS),
    Fault("在外务工又在岗", (put(_POST), _holds), finds("EMP-20 人口.公益性岗位月数"), who=_away, drops=EXAMS),
    Fault("务工所在地只到省", (put({"人口.务工所在地": "广东省"}),), finds("EMP-21 人口.务工所在地"), who=_away, drops=EXAMS),
    Fault("月收入二百", (put({"务工.月收入": 200.0}),), finds("EMP-22 务工.月收入"), who=_works, drops=EXAMS),
    Fault("务工没有单位收入", (put({"务工.月收入": None, "务工.单位": None}),), finds("EMP-23 务工.月收入 warning"),
          who=_works, drops=EXAMS),
    Fault("返乡没有就业帮扶", (put(_IDLE),), finds("EMP-24 务工#2.结束"),
          where=every(lifted, unwatched, _one_worker, caused_by("因病", "因学", "因残", "缺技术", "缺资金")), who=both(_works, lambda person: person.number("务工时间") <= _TEN), drops=YUNYANG | ADOPTED),
    Fault("毕业生没有登记", (lose("高校毕业生"), _left_college), finds("EMP-25 人口.证件号码"),
          where=_not_alone, who=_graduate, drops=EXAMS),
    Fault("高职没有雨露计划", (without("教育资助", 资助项目="雨露计划"),), finds("EMP-26 人口.在校生状况"),
          who=at_school("高职高专"), drops=EXAMS),
    Fault("协作地务工少于上年", (put(_FROM_WEIHAI),), finds("EMP-27 村.县 sheet"),
          where=every(_one_worker, in_village("东沟村")), who=_away, drops=YUNYANG | ADOPTED),
)  # fmt: skip
