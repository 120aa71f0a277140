"""Faults of family structure (HH)."""

from __future__ import annotations

from datetime import date

from county.planting.earnings import earn
from county.planting.fault import EXAM_2021, EXAMS, Case, Fault, finds
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
    sustained,
)
from county.planting.rows import beside, enter
from county.planting.steps import lose, move, plus, put, reach, renumber
from county.records.numbers import rebuilt
from county.records.record import Record, Row

_daughter_in_law = relation("之儿媳")


def _child_becomes_head(case: Case) -> None:
    father, mother, child = case.dossier.people
    put({"各处.户主姓名": child.values["姓名"], "各处.户主证件号码": child.values["证件号码"]})(case)
    child.values["与户主关系"] = "户主"
    father.values["与户主关系"] = "之父"
    mother.values["与户主关系"] = "之母"


_AT_HIGH_SCHOOL: Row = {
    "在校生状况": "普通高中一年级",
    "文化程度": "高中",
    "劳动技能": "无劳动力",
    "参加城乡居民养老": False,
    "政治面貌": None,
}


def _young_and_alone(case: Case) -> None:
    """The head is a pupil of fifteen."""
    renumber(born=date(2005, 3, 3))(case)
    for row in (case.person, *case.dossier.all("平台人口")):
        row.values |= _AT_HIGH_SCHOOL | {"出生日期": date(2005, 3, 3)}
    lose("养老保险")(case)
    move("户年度", "养老保险金", "其他转移性收入")(case)
    move("上年", "养老保险金", "其他转移性收入")(case)
    county = case.village.place["县"]
    enter("学籍", 学籍号=f"G{case.person.text('证件号码')}", 学校=f"{county}第一高级中学", 学校所在县=county, 学段="高中",
          年级="普通高中一年级", 学籍状态="在籍", 送教上门=False)(case)  # fmt: skip
    enter("教育资助", 学段="高中", 学年="2020-2021", 学期="秋季", 资助项目="生活补贴", 金额=1000.0,
          发放日期=date(2020, 11, 9))(case)  # fmt: skip


def _three_more_grandsons(case: Case) -> None:
    """The grandson has three brothers of his age, in every roll that has him."""
    number = case.person.text("证件号码")
    mine = [row for row in case.dossier.records if row.values.get("证件号码") == number]
    for order, given in enumerate(("国一", "国二", "国三"), start=1):
        other = rebuilt(number, turn=20 * order)
        who: Row = {"证件号码": other, "姓名": case.person.text("姓名")[0] + given}
        for row in mine:
            own: Row = {"人编号": f"{row.text('户编号')}{90 + order}"} if "人编号" in row.values else {}
            case.dossier.records.append(Record(row.ledger, row.values | who | own))
    put({"各处.家庭人口": plus("户.家庭人口", 3)})(case)
    reach(6300.0, "上年")(case)
    earn(6600.0)(case)


_departed = says("成员状态", "死亡")

FAULTS = (
    Fault("儿媳填成配偶", (put({"人口.与户主关系": "配偶"}),), finds("HH-01 人口.与户主关系 household"),
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
    Fault("十五岁独自一户", (_young_and_alone,), finds("HH-09 户.家庭人口 warning"), where=every(size("户主"), has(sustained)),
          drops=EXAMS),
    Fault("一户八人", (_three_more_grandsons,), finds("HH-10 户.家庭人口"), where=has(relation("之儿媳")), who=relation("之孙子"),
          drops=EXAMS),
)  # fmt: skip
