"""Faults of insurance, care and cost of the sick (MED)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import ADOPTED, EXAM_2021, NEW, YUNYANG, ZIYANG, Case, Fault, finds
from county.planting.picks import (
    both,
    every,
    known_for,
    lifted,
    none,
    not_head,
    poor,
    relation,
    says,
    unwatched,
)
from county.planting.rows import enter, strike
from county.planting.steps import Given, lose, plus, put, twice

_serious = says("健康状况", "患有大病")

_chronic = both(says("健康状况", "长期慢性病"), says("失学辍学原因", None))


def _bill(total: float, *payers: float) -> dict[str, Given]:
    """A bill from a hospital elsewhere: what each payer bore, the patient last."""
    names = ("基本医保支付", "大病保险支付", "医疗救助支付", "补充保障支付", "个人自付")
    shares: dict[str, Given] = {f"医保结算.{name}": share for name, share in zip(names, payers, strict=True)}
    return shares | {"医保结算.总费用": total, "医保结算.县域内": False}


_CARE: dict[str, Given] = {
    "病种": "糖尿病",
    "确诊日期": date(2019, 5, 6),
    "家庭医生": "周医生",
    "签约日期": date(2019, 6, 1),
    "体检日期": date(2020, 6, 3),
}

_ill = both(lambda person: "病" in person.text("健康状况"))


def _nobody_signed(case: Case) -> None:
    """No member has a family doctor."""
    for row in case.dossier.all("健康管理"):
        row.values |= {"家庭医生": None, "签约日期": None}


FAULTS = (
    Fault("没有参保", (put({"人口.参加城乡居民医保": False, "人口.参加大病保险": False}), lose("医保参保")),
          finds("MED-01 人口.参加城乡居民医保", "TGT-09 人口.参加城乡居民医保 household"), where=lifted, who=not_head),
    Fault("参保名册没有", (lose("医保参保"),), finds("MED-02 人口.参加城乡居民医保"), who=not_head),
    Fault("名册有系统否", (put({"人口.参加城乡居民医保": False}),), finds("MED-03 人口.参加城乡居民医保"), who=not_head),
    Fault("两地参保", (twice("医保参保", 参保地="临川县"),), finds("MED-04 医保参保.参保地"), who=not_head),
    Fault("两种医保", (put({"人口.参加职工医保": True}),), finds("MED-04 人口.参加城乡居民医保"), who=not_head, drops=NEW),
    Fault("没有大病保险", (put({"人口.参加大病保险": False}),), finds("MED-05 人口.参加大病保险"), who=not_head),
    Fault("没有参保资助", (put({"医保参保.资助金额": 0}),), finds("MED-06 医保参保.资助金额"), who=not_head, drops=YUNYANG),
    Fault("死后仍参保", (put({"户籍.注销日期": date(2019, 10, 10)}),
                    enter("医保参保", 年度=2020, 险种="城乡居民", 参保状态="已参保", 参保地="云溪县", 个人缴费=100, 资助金额=180)),
          finds("MED-07 医保参保.参保状态"), who=says("成员状态", "死亡"), drops=EXAM_2021),
    Fault("大病没有救治", (put({"健康管理.救治状态": "未纳入"}),), finds("MED-08 健康管理.救治状态"),
          where=poor, who=_serious, drops=EXAM_2021),
    Fault("慢性病没有签约", (put({"健康管理.救治状态": "未纳入", "健康管理.家庭医生": None, "健康管理.签约日期": None}),),
          finds("MED-09 健康管理.救治状态"), who=_chronic, drops=EXAM_2021),
    Fault("重病没有兜底", (put({"健康管理.救治状态": "已集中救治"}),), finds("MED-10 健康管理.救治状态"),
          where=known_for("监测"), who=_serious, drops=EXAM_2021),
    Fault("总费用不合", (put({"医保结算.总费用": plus("医保结算.总费用", 500)}),), finds("MED-11 医保结算.总费用"),
          who=_chronic, drops=EXAM_2021),
    Fault("县域内自付过高", (put(_bill(8000.0, 5000.0, 500.0, 500.0, 400.0, 1600.0) | {"医保结算.县域内": True}),),
          finds("MED-12 医保结算.个人自付"), who=_chronic, drops=ZIYANG),
    Fault("大额自付没有监测", (put(_bill(40000.0, 20000.0, 6000.0, 6000.0, 2000.0, 6000.0)),),
          finds("MED-13 医保结算.个人自付 household", "MON-02 医保结算.个人自付 household"), where=every(lifted, unwatched), who=_chronic, drops=EXAM_2021),
    Fault("健康管理有大病", (enter("健康管理", 疾病类别="大病", 救治状态="已集中救治", **_CARE),),
          finds("MED-14 人口.健康状况"), where=known_for("监测"), who=both(not_head, relation("配偶")), drops=EXAM_2021),
    Fault("健康管理有慢性病", (enter("健康管理", 疾病类别="慢性病", 救治状态="已签约管理", 慢病卡号="M20200001", **_CARE),),
          finds("MED-14 人口.健康状况"), who=not_head, drops=EXAM_2021),
    Fault("健康管理没有本人", (strike("健康管理"),), finds("MED-14 人口.健康状况", "MED-09 人口.健康状况"),
          who=_chronic, drops=YUNYANG),
    Fault("用药补助一百五", (put({"健康管理.用药补助月标准": 150}),), finds("MED-15 健康管理.用药补助月标准"),
          who=_chronic, drops=EXAM_2021),
    Fault("今年没有体检", (put({"健康管理.体检日期": date(2019, 8, 1)}),), finds("MED-16 健康管理.体检日期"),
          who=_chronic, drops=EXAM_2021),
    Fault("没有第四重保障", (put(_bill(10000.0, 7000.0, 1000.0, 0.0, 0.0, 2000.0)),), finds("MED-17 医保结算.医疗救助支付"),
          who=_chronic, drops=EXAM_2021),
    Fault("慢病没有卡号", (put({"健康管理.慢病卡号": None}),), finds("MED-18 健康管理.慢病卡号"), who=_chronic, drops=YUNYANG | ADOPTED),
    Fault("全家没有签约", (_nobody_signed,), finds("MED-19 户.户编号"), where=every(lifted, none(_ill)), drops=YUNYANG | ADOPTED),
)  # fmt: skip
