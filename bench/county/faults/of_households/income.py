"""Faults of income, and of what it rests on (INC)."""

from __future__ import annotations

from county.planting.earnings import earn
from county.planting.fault import EXAM_2020, EXAMS, LOCAL, NEW, XINBIN_2018, ZIYANG, Case, Fault, Step, finds
from county.planting.picks import (
    aged,
    both,
    earns,
    every,
    has,
    lifted,
    none,
    on_aid,
    poor,
    relation,
    says,
    shares_in,
    size,
    sustained,
    works,
)
from county.planting.steps import move, per_head, plus, put, reach, settle
from county.records.record import Dossier, Record


def _some_work(dossier: Dossier) -> bool:
    return any(person.number("务工时间") > 0 for person in dossier.people)


def _can_fall(dossier: Dossier) -> bool:
    """Business income is large enough to bring 人均纯收入 below the line."""
    year = dossier.years[-1]
    surplus = (year.number("人均纯收入") - 3900) * year.number("家庭人口")
    return year.number("生产经营性收入") > surplus + 100


def _lives_on_wages(dossier: Dossier) -> bool:
    return dossier.years[0].number("工资性收入") > 0.75 * dossier.years[0].number("纯收入")


_pensioner = both(relation("户主", "配偶", "之父", "之母"), aged(61, 90), says("特困供养", False))


def _all_for_free(case: Case) -> None:
    """Book business income net, with no expenses."""
    year = case.record("户年度").values
    net = case.record("户年度").number("生产经营性收入") - case.record("户年度").number("生产经营性支出")
    year |= {"生产经营性收入": round(net, 2), "生产经营性支出": 0.0}
    settle()(case)


_holds_post = says("公益性岗位类型", "保洁员")


def _lines(dossier: Dossier, kind: str) -> list[Record]:
    return [row for row in dossier.all("明细账") if row.values["收支类别"] == kind]


def _more(kind: str, amount: float) -> Step:
    """Enter so much more in the first line of a kind of the household's account."""

    def step(case: Case) -> None:
        line = _lines(case.dossier, kind)[0]
        line.values["金额"] = round(line.number("金额") + amount, 2)

    return step


def _accounted(kind: str) -> Fault:
    return Fault(
        f"明细账{kind}多记",
        (_more(kind, 260),),
        finds(f"INC-19 户年度.{kind}", f"CRD-03 户年度.{kind}"),
        where=lambda dossier: bool(_lines(dossier, kind)),
        drops=EXAM_2020,
    )


_unable_on_aid = both(on_aid, says("劳动技能", "丧失劳动力", "无劳动力"))


def _can_fall_in_both(dossier: Dossier) -> bool:
    """Business income is large enough to bring 人均纯收入 below 3600."""
    return all(
        year.number("生产经营性收入") > (year.number("人均纯收入") - 3500) * year.number("家庭人口") + 500
        for year in dossier.years
    )


_ONE_PENSION = 1296.0  # a year

_NO_TREES = put({f"户年度.{name}": 0.0 for name in ("退耕还林面积", "林地面积", "林果面积", "牧草地面积")})

FAULTS = (
    Fault("纯收入多算六百", (put({"户年度.纯收入": plus("户年度.纯收入", 600)}), per_head),
          finds("INC-01 户年度.纯收入"), where=lifted),
    Fault("人均算错", (put({"现.人均纯收入": plus("户.人均纯收入", 150)}),), finds("INC-02 户年度.人均纯收入"), where=lifted),
    Fault("分项大于转移性收入", (put({"户年度.其他转移性收入": plus("户年度.其他转移性收入", 1000)}),),
          finds("INC-03 户年度.转移性收入")),
    Fault("分红与财产性收入不合", (put({"户年度.资产收益分红": plus("户年度.资产收益分红", 300)}),),
          finds("INC-04 户年度.财产性收入")),
    Fault("工资为负", (move("户年度", "工资性收入", "生产经营性收入", 300),),
          finds("INC-05 户年度.工资性收入"), where=lambda dossier: not _some_work(dossier)),
    Fault("脱贫户收入未达标", (reach(3900),), finds("INC-06 户年度.人均纯收入", "TGT-09 户年度.人均纯收入"),
          where=every(lifted, earns(4000, 5400), _can_fall)),
    Fault("收入已超线未退出", (reach(6400), reach(5900, "上年")), finds("INC-07 户年度.人均纯收入"), where=poor),
    Fault("收入翻番", (put({"上年.工资性收入": 1000.0}), settle("上年")), finds("INC-08 户年度.人均纯收入"),
          where=every(lifted, earns(9000, 90000), _lives_on_wages)),
    Fault("无人务工有工资", (move("户年度", "生产经营性收入", "工资性收入", 400),), finds("INC-09 户年度.工资性收入"),
          where=lambda dossier: not _some_work(dossier)),
    Fault("务工没有工资", (move("户年度", "工资性收入", "生产经营性收入"),), finds("INC-10 户年度.工资性收入"),
          where=every(lifted, has(works))),
    Fault("不是低保却有低保金", (move("户年度", "其他转移性收入", "低保金", 200),), finds("INC-11 户年度.低保金"),
          where=every(none(on_aid), lifted), drops=NEW),
    Fault("特困没有供养金", (move("户年度", "特困供养金", "其他转移性收入"),), finds("INC-12 户年度.特困供养金"),
          where=has(sustained), drops=NEW),
    Fault("老人没有养老金", (move("户年度", "养老保险金", "其他转移性收入"),), finds("INC-13 户年度.养老保险金"),
          where=every(lifted, has(_pensioner))),
    Fault("没有老人却有养老金", (move("户年度", "其他转移性收入", "养老保险金", 150),), finds("INC-13 户年度.养老保险金", "INC-22 户年度.养老保险金 info"),
          where=every(lifted, none(aged(58, 120)))),
    Fault("经营没有支出", (_all_for_free,), finds("INC-16 户年度.生产经营性支出"), where=lifted),
    Fault("低于当地收入目标", (reach(4900),), finds("INC-17 户年度.人均纯收入"), where=poor, drops=LOCAL),
    Fault("人均十万五千", (reach(105000), reach(96000, "上年")), finds("INC-18 户年度.人均纯收入"), where=every(lifted, size("户主", "配偶"))),
    Fault("分红多于财产性收入", (put({"收益分配.金额": plus("户年度.财产性收入", 500)}),),
          finds("INC-14 户年度.财产性收入"), where=every(lifted, shares_in), drops=EXAM_2020),
    Fault("岗位补贴多于工资", (put({"公益岗位.月补贴": 5000.0}),), finds("INC-15 户年度.工资性收入"),
          where=lifted, who=_holds_post, drops=EXAM_2020),
    _accounted("工资性收入"),
    _accounted("生产经营性收入"),
    _accounted("财产性收入"),
    _accounted("转移性收入"),
    _accounted("生产经营性支出"),
    Fault("低保金少于发放", (put({"低保.月保障金": plus("低保.月保障金", 30)}),), finds("INC-20 户年度.低保金"),
          where=every(lifted, has(on_aid)), who=on_aid, drops=EXAM_2020),
    Fault("失能低保户有分红", (move("户年度", "其他财产性收入", "资产收益分红", 50),), finds("INC-21 户年度.资产收益分红"),
          where=has(_unable_on_aid), drops=XINBIN_2018),
    Fault("低于资阳的贫困线", (reach(4100, "上年"), earn(3590)), finds("INC-06 户年度.人均纯收入", "TGT-09 户年度.人均纯收入"),
          where=every(lifted, _can_fall_in_both), drops=ZIYANG),
    Fault("养老金不足标准", (move("户年度", "养老保险金", "其他转移性收入", 400),), finds("INC-22 户年度.养老保险金 info"),
          where=lambda dossier: dossier.years[-1].number("养老保险金") == _ONE_PENSION, drops=EXAMS),
    Fault("低保金登成特困金", (move("户年度", "低保金", "特困供养金", 300),), finds("INC-23 户年度.特困供养金", "INC-12 户年度.特困供养金", "INC-20 户年度.低保金"),
          where=every(lifted, has(on_aid)), drops=EXAMS),
    Fault("生态补偿没有地", (move("户年度", "其他转移性收入", "生态补偿金", 120), _NO_TREES), finds("INC-24 户年度.生态补偿金"),
          where=lifted, drops=EXAMS),
)  # fmt: skip
