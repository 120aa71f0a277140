"""Faults of income against the ledgers it rests on (INC)."""

from __future__ import annotations

from county.planting.earnings import earn
from county.planting.fault import EXAM_2020, XINBIN_2018, ZIYANG, Case, Fault, Step, finds
from county.planting.picks import both, every, has, lifted, says
from county.planting.steps import move, plus, put, reach
from county.records.record import Dossier, Record

_on_aid = says("享受低保", True)
_unable_on_aid = both(_on_aid, says("劳动技能", "丧失劳动力", "无劳动力"))
_holds_post = says("公益性岗位类型", "保洁员")


def _lines(dossier: Dossier, kind: str) -> list[Record]:
    return [row for row in dossier.all("明细账") if row.values["收支类别"] == kind]


def _more(kind: str, amount: float) -> Step:
    """Enter so much more in the first line of a kind of the household's account."""

    def step(case: Case) -> None:
        line = _lines(case.dossier, kind)[0]
        line.values["金额"] = round(line.number("金额") + amount, 2)

    return step


def _can_fall(dossier: Dossier) -> bool:
    """Business income is large enough to bring 人均纯收入 below 3600."""
    return all(
        year.number("生产经营性收入") > (year.number("人均纯收入") - 3500) * year.number("家庭人口") + 500
        for year in dossier.years
    )


def _accounted(kind: str) -> Fault:
    return Fault(f"明细账{kind}多记", (_more(kind, 260),), finds(f"INC-19 户年度.{kind}", f"CRD-03 户年度.{kind}"),
                 where=lambda dossier: bool(_lines(dossier, kind)), drops=EXAM_2020)  # fmt: skip


FAULTS = (
    Fault("分红多于财产性收入", (put({"收益分配.金额": plus("户年度.财产性收入", 500)}),),
          finds("INC-14 户年度.财产性收入"), where=lifted, drops=EXAM_2020),
    Fault("岗位补贴多于工资", (put({"公益岗位.月补贴": 5000.0}),), finds("INC-15 户年度.工资性收入"),
          where=lifted, who=_holds_post, drops=EXAM_2020),
    _accounted("工资性收入"),
    _accounted("生产经营性收入"),
    _accounted("财产性收入"),
    _accounted("转移性收入"),
    _accounted("生产经营性支出"),
    Fault("低保金少于发放", (put({"低保.月保障金": plus("低保.月保障金", 30)}),), finds("INC-20 户年度.低保金"),
          where=every(lifted, has(_on_aid)), who=_on_aid, drops=EXAM_2020),
    Fault("失能低保户有分红", (move("户年度", "其他财产性收入", "资产收益分红", 50),), finds("INC-21 户年度.资产收益分红"),
          where=has(_unable_on_aid), drops=EXAM_2020 | XINBIN_2018),
    Fault("低于资阳的贫困线", (reach(4100, "上年"), earn(3590)), finds("INC-06 户年度.人均纯收入", "TGT-09 户.脱贫属性"),
          where=every(lifted, _can_fall), drops=ZIYANG),
)  # fmt: skip
