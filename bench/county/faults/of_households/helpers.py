"""Faults of help: who helps, what is done, who comes (HLP)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from county.planting.fault import ADOPTED, EXAM_2020, EXAMS, YUNYANG, ZIYANG, Case, Fault, Find, Step, finds
from county.planting.picks import (
    aged,
    caused_by,
    every,
    has,
    houses,
    in_village,
    lifted,
    never_rebuilt,
    none,
    poor,
    says,
    unwatched,
    watched_for,
)
from county.planting.rows import without
from county.planting.steps import lose, put, with_others
from county.records.numbers import id_number
from county.records.record import Dossier, Record, Value

_can_work = says("劳动技能", "普通劳动力", "技能劳动力")


def _without(ledger: str, wanted: Callable[[Record], bool]) -> Step:
    """Take rows out of a ledger."""

    def step(case: Case) -> None:
        case.dossier.records[:] = [
            row for row in case.dossier.records if row.ledger != ledger or not wanted(row)
        ]

    return step


def _by_secretary(row: Record) -> bool:
    return row.values["走访身份"] == "第一书记"


def _in_july(row: Record) -> bool:
    return row.day("日期").month == 7 and not _by_secretary(row)


_HOUSEHOLDS = 11  # one more than a helper may have

_TIRELESS = {
    "各处.帮扶人": "钱不辞",
    "各处.帮扶人证件号码": id_number(990101, date(1980, 3, 7), 991),
    "各处.帮扶人电话": "19900009911",
}


def _helped_once(dossier: Dossier) -> bool:
    return len(dossier.all("帮扶责任人")) == 1


def _of_kind(kind: str) -> Callable[[Record], bool]:
    return lambda row: row.values["措施类别"] == kind


_STILL_IN_DANGER = {
    "现.住房安全等级": "C",
    "住房鉴定#2.住房安全等级": "D",
    "各处.危房户": True,
    "危房改造.年度": 2020,
    "危房改造.开工日期": date(2020, 9, 10),
    **{
        f"危房改造.{name}": None
        for name in ("竣工日期", "验收日期", "入住日期", "旧房拆除", "补助金额", "拨付日期")
    },
}


def _other_head(case: Case) -> Value:
    return case.others[0].dossier.head.values["证件号码"]


def _not_watched_as_ill(dossier: Dossier) -> bool:
    """So that nobody asks for the same measure twice."""
    return not watched_for("因病")(dossier)


def _looked_at(dossier: Dossier) -> bool:
    return bool(dossier.all("回头看"))


def _no_member(case: Case) -> None:
    """The village's team has nobody but its heads."""
    case.village.records.remove(case.record("驻村干部#2"))


FAULTS = (
    Fault("责任人已离任", (put({"帮扶责任人.结束日期": date(2020, 5, 31)}),),
          finds("HLP-01 户.户编号 warning", "CRD-09 明白卡.户编号"), where=poor),
    Fault("没有帮扶措施", (_without("帮扶措施", lambda _: True),), finds("HLP-02 户.户编号"),
          where=every(lifted, unwatched, none(_can_work)), drops=EXAM_2020),
    Fault("七月没有走访", (_without("走访记录", _in_july),), finds("HLP-03 户.户编号"), where=lifted,
          drops=YUNYANG),
    Fault("一人帮十一户", (put(_TIRELESS), with_others(put(_TIRELESS))),
          tuple(Find("HLP-04", "帮扶责任人.帮扶人", "household", other=order) for order in range(_HOUSEHOLDS)),
          where=every(never_rebuilt, _helped_once), companions=_HOUSEHOLDS - 1, together=True, drops=EXAM_2020),
    Fault("第一书记已离任", (put({"驻村干部.结束日期": date(2020, 7, 31)}),), finds("HLP-05 村.村 sheet"),
          where=in_village("青山村"), drops=EXAM_2020, elsewhere=True),
    Fault("第一书记漏访一户", (_without("走访记录", _by_secretary),), finds("HLP-06 村.村 sheet"),
          where=every(lifted, in_village("柳林村")), drops=EXAM_2020),
    Fault("因病没有健康帮扶", (_without("帮扶措施", _of_kind("健康帮扶")),), finds("HLP-07 户.主要致贫原因"),
          where=every(lifted, _not_watched_as_ill, caused_by("因病")), drops=EXAM_2020),
    Fault("危房没有住房措施", (put(_STILL_IN_DANGER),), finds("HLP-07 户.危房户", "HOU-07 危房改造.竣工日期"),
          where=every(poor, houses("A", rebuilt=True)), drops=EXAM_2020),
    Fault("贫困户帮扶贫困户", (put({"帮扶责任人.帮扶人证件号码": _other_head}),),
          finds("HLP-08 帮扶责任人.帮扶人证件号码 household"), where=every(_helped_once, has(aged(25, 59))),
          companions=1, drops=EXAM_2020),
    Fault("帮扶人一年没有到过", (without("走访记录", 走访身份="结对帮扶干部"),), finds("HLP-11 户.户编号"), where=lifted, drops=EXAMS),
    Fault("工作队没有队员", (_no_member,), finds("HLP-12 村.村 sheet"),
          where=in_village("东沟村"), drops=ZIYANG | ADOPTED, elsewhere=True),
    Fault("没有回头看", (lose("回头看"),), finds("HLP-09 户.户编号"), where=every(lifted, _looked_at), drops=ZIYANG),
    Fault("回头看后没有措施", (put({"回头看.日期": date(2020, 11, 6), "回头看.结论": "收入下降", "回头看.需回头帮": True}),),
          finds("HLP-10 回头看.日期"), where=every(lifted, _looked_at), drops=ZIYANG),
)  # fmt: skip
