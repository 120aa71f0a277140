"""Faults of aid, pensions and disability allowances (SEC)."""

from __future__ import annotations

from datetime import date

from county.planting.earnings import earn, spend_all_but_aid
from county.planting.fault import EXAM_2021, ZIYANG, Fault, finds
from county.planting.picks import (
    aged,
    both,
    can_fall,
    every,
    known_for,
    lifted,
    not_head,
    says,
    size,
    unwatched,
)
from county.planting.rows import enter
from county.planting.steps import lose, move, put

_disabled = says("残疾类别", "肢体")
_badly = both(_disabled, says("残疾等级", "二级"))
_sustained = says("特困供养", True)
_NO_SUPPORT = put({"人口.特困供养": False, "各处.户属性": "一般脱贫户"})

FAULTS = (
    Fault("特困名册没有", (lose("特困"),), finds("SEC-02 人口.特困供养"), who=_sustained, drops=EXAM_2021),
    Fault("大病未脱贫没有低保", (put({"人口.享受低保": False, "各处.户属性": "一般贫困户"}), lose("低保"),
                       move("户年度", "低保金", "其他转移性收入")),
          finds("SEC-04 人口.享受低保"), where=size("户主"), who=both(says("健康状况", "患有大病"), says("享受低保", True)),
          drops=EXAM_2021),
    Fault("整户无劳力没有兜底", (_NO_SUPPORT, lose("特困"), move("户年度", "特困供养金", "其他转移性收入")),
          finds("SEC-05 户.户编号"), where=size("户主"), who=_sustained, drops=EXAM_2021),
    Fault("低于低保标准", (earn(4700.0),), finds("SEC-06 户年度.人均纯收入", "MON-01 户年度.人均纯收入", "INC-17 户年度.人均纯收入"),
          where=every(lifted, unwatched, can_fall(4700)), drops=EXAM_2021),
    Fault("死后仍供养", (enter("特困", 供养方式="分散", 月供养金=450.0, 状态="正常"),), finds("SEC-07 特困.状态"),
          who=says("成员状态", "死亡"), drops=EXAM_2021),
    Fault("只靠低保不到标准", (spend_all_but_aid,),
          finds("SEC-08 低保.月保障金", "INC-08 户年度.人均纯收入", "INC-17 户年度.人均纯收入"),
          where=size("户主"), who=says("享受低保", True), drops=EXAM_2021),
    Fault("没有养老保险", (put({"人口.参加城乡居民养老": False}), lose("养老保险")), finds("SEC-09 人口.参加城乡居民养老"),
          who=not_head, drops=EXAM_2021),
    Fault("养老没有代缴", (put({"养老保险.代缴金额": 0}),), finds("SEC-10 养老保险.代缴金额"), who=not_head,
          drops=EXAM_2021 | ZIYANG),
    Fault("养老代缴不足", (put({"养老保险.代缴金额": 60}),), finds("SEC-10 养老保险.代缴金额"), who=not_head,
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
    Fault("保障人数少一", (put({"低保#1.保障人数": 1, "低保#2.保障人数": 1}),), finds("SEC-17 户.户编号"),
          where=lambda dossier: len(dossier.all("低保")) == 2, drops=EXAM_2021),
)  # fmt: skip
