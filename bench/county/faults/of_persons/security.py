"""Faults of aid, pensions and disability (SEC)."""

from __future__ import annotations

from datetime import date

from county.households.rolls import certificate
from county.planting.earnings import earn, spend_all_but_aid
from county.planting.fault import (
    EXAM_2020,
    EXAM_2021,
    EXAM_2023,
    EXAM_FIELD,
    EXAMS,
    JINZHOU,
    NEW,
    ZIYANG,
    Case,
    Fault,
    finds,
)
from county.planting.picks import (
    aged,
    both,
    can_fall,
    every,
    has,
    in_village,
    known_for,
    lifted,
    no_sudden_fall,
    none,
    not_head,
    on_aid,
    poor,
    relation,
    says,
    size,
    spouse,
    sustained,
    unwatched,
)
from county.planting.rows import enter, without
from county.planting.steps import another_cause, lose, move, put, twice
from county.records.record import Dossier, Value

_disabled = says("残疾类别", "肢体")


def _wrong_level(case: Case) -> Value:
    level = "一级" if case.person.values["残疾等级"] != "一级" else "二级"
    return certificate(case.person, case.person.text("残疾类别"), level)


_NO_SUPPORT = put({"人口.特困供养": False, "各处.户属性": "一般脱贫户"})

_badly = both(_disabled, says("残疾等级", "二级"))

_contributes = both(on_aid, aged(40, 59), says("参加城乡居民养老", True))


def _first(dossier: Dossier) -> bool:
    """The first of its village, of whom is told what the county does."""
    return dossier.household.text("户编号").endswith("0001")


_RELIEVED = enter("临时救助", 救助原因="因病", 金额=3000.0, 日期=date(2020, 5, 8))
_relievable = every(lifted, unwatched, none(on_aid))

FAULTS = (
    Fault("低保名册有系统否", (put({"人口.享受低保": False}),), finds("SEC-01 人口.享受低保"),
          where=every(poor, size("户主", "配偶")), who=spouse, drops=NEW),
    Fault("系统低保名册没有", (put({"人口.享受低保": True}),), finds("SEC-01 人口.享受低保"),
          where=every(lifted, has(on_aid)), who=both(relation("户主"), says("享受低保", False)), drops=NEW),
    Fault("低保又特困", (put({"人口.特困供养": True}), move("户年度", "其他转移性收入", "特困供养金", 200)),
          finds("SEC-03 人口.享受低保"), where=poor, who=both(on_aid, relation("户主")), drops=NEW),
    Fault("残疾不在名册", (put({"人口.健康状况": "长期慢性病、残疾"}),), finds("SEC-13 人口.健康状况"),
          who=both(says("健康状况", "长期慢性病"), aged(20, 90))),
    Fault("名册残疾系统没有", (put({"人口.健康状况": "长期慢性病"}), another_cause), finds("SEC-13 人口.健康状况"),
          who=_disabled),
    Fault("残疾证等级不符", (put({"残疾人.残疾证号": _wrong_level}),), finds("SEC-14 残疾人.残疾证号"), who=_disabled),
    Fault("特困名册没有", (lose("特困"),), finds("SEC-02 人口.特困供养"), who=sustained, drops=EXAM_2021),
    Fault("大病未脱贫没有低保", (put({"人口.享受低保": False, "各处.户属性": "一般贫困户"}), lose("低保"),
                       move("户年度", "低保金", "其他转移性收入")),
          finds("SEC-04 人口.享受低保"), where=size("户主"), who=both(says("健康状况", "患有大病"), says("享受低保", True)),
          drops=EXAM_2021),
    Fault("整户无劳力没有兜底", (_NO_SUPPORT, lose("特困"), move("户年度", "特困供养金", "其他转移性收入")),
          finds("SEC-05 人口.享受低保 household"), where=size("户主"), who=sustained, drops=EXAM_2021),
    Fault("低于低保标准", (earn(4700.0),), finds("SEC-06 户年度.人均纯收入", "MON-01 户年度.人均纯收入"),
          where=every(lifted, unwatched, can_fall(4700), no_sudden_fall(4700)), drops=EXAM_2021),
    Fault("低保漏发两个季度", (without("一卡通发放", 补贴项目="农村低保", 发放日期=date(2020, 6, 15)),
                        without("一卡通发放", 补贴项目="农村低保", 发放日期=date(2020, 9, 15))),
          finds("SEC-18 户.户编号 household"), where=lambda dossier: bool(dossier.all("低保")), drops=EXAMS),
    Fault("低保标准低于贫困线", (), finds("SEC-19 户.县 sheet"), where=every(_first, in_village("东沟村")), drops=JINZHOU | EXAM_2023 | EXAM_FIELD, elsewhere=True),
    Fault("死后仍供养", (enter("特困", 供养方式="分散", 月供养金=450.0, 状态="正常"),), finds("SEC-07 特困.状态"),
          who=says("成员状态", "死亡"), drops=EXAM_2021),
    Fault("只靠低保不到标准", (spend_all_but_aid,),
          finds("SEC-08 低保.月保障金", "INC-08 户年度.人均纯收入", "INC-17 户年度.人均纯收入"),
          where=size("户主"), who=says("享受低保", True), drops=EXAM_2021),
    Fault("没有养老保险", (put({"人口.参加城乡居民养老": False}), lose("养老保险")), finds("SEC-09 人口.参加城乡居民养老"),
          who=not_head, drops=EXAM_2021),
    Fault("养老没有代缴", (put({"养老保险.代缴金额": 0}),), finds("SEC-10 养老保险.代缴金额"), who=_contributes,
          drops=EXAM_2021 | ZIYANG),
    Fault("养老代缴不足", (put({"养老保险.代缴金额": 60}),), finds("SEC-10 养老保险.代缴金额"), who=_contributes,
          drops=EXAM_2021 | ZIYANG),
    Fault("到龄没有领取", (put({"养老保险.领取状态": "停发"}),), finds("SEC-11 养老保险.领取状态"),
          who=aged(62, 90), drops=EXAM_2021),
    Fault("没到年龄领取", (put({"养老保险.领取状态": "正常"}),), finds("SEC-11 人口.证件号码"), who=not_head, drops=EXAM_2021),
    Fault("没有护理补贴", (put({"残疾人.护理补贴月标准": 0}),), finds("SEC-12 残疾人.护理补贴月标准"), who=_badly, drops=EXAM_2021),
    Fault("没有生活补贴", (put({"残疾人.生活补贴月标准": 0}),), finds("SEC-12 残疾人.生活补贴月标准"),
          who=both(_badly, says("享受低保", True)), drops=EXAM_2021),
    Fault("残疾证过期", (put({"残疾人.有效期至": date(2020, 5, 1)}),), finds("SEC-15 残疾人.有效期至"),
          who=_disabled, drops=EXAM_2021),
    Fault("返贫没有临时救助", (lose("临时救助"),), finds("SEC-16 户.脱贫属性"), where=known_for("返贫"), drops=EXAM_2021),
    Fault("保障人数少一", (put({"低保#1.保障人数": 1, "低保#2.保障人数": 1}),), finds("SEC-17 低保.保障人数"),
          where=lambda dossier: len(dossier.all("低保")) == 2, drops=EXAM_2021),
    Fault("城乡低保都领", (twice("低保", 保障类别="城市低保", 月保障金=0.0),), finds("SEC-21 低保.保障类别"),
          where=lambda dossier: len(dossier.all("低保")) == 1, who=on_aid, drops=EXAMS),
    Fault("青壮年在特困", (put({"人口.特困供养": True, "各处.户属性": "特困供养脱贫户"}), enter("特困", 供养方式="分散", 月供养金=450.0, 状态="正常"),
                   move("户年度", "其他转移性收入", "特困供养金", 200)),
          finds("SEC-20 人口.特困供养"), where=every(lifted, none(on_aid)), who=both(aged(20, 58), says("健康状况", "健康"), says("劳动技能", "普通劳动力")), drops=EXAMS),
    Fault("临时救助后没有低保", (_RELIEVED, earn(4700.0)),
          finds("SEC-22 户年度.人均纯收入", "MON-01 户年度.人均纯收入", "SEC-06 户年度.人均纯收入"),
          where=every(_relievable, can_fall(4700), no_sudden_fall(4700)), drops=EXAM_2020 | EXAM_2021),
    Fault("临时救助后还在贫困线下", (_RELIEVED, earn(3800.0)),
          finds("SEC-22 户年度.人均纯收入", "MON-01 户年度.人均纯收入", "SEC-06 户年度.人均纯收入", "TGT-09 户年度.人均纯收入",
                "INC-08 户年度.人均纯收入", "MON-02 户年度.人均纯收入"),
          where=every(_relievable, can_fall(3800)), drops=EXAM_2023),
)  # fmt: skip
