"""Faults of the books that must agree, of archives, and of what departments pay and write (CRD, DEP)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from county.planting.fault import EXAM_2021, Case, Fault, Find, Step, finds
from county.planting.picks import both, lifted, not_head, says
from county.planting.rows import beside
from county.planting.steps import Given, lose, plus, put, twice
from county.records.record import Dossier, Record, Row, ended

_PAID: Row = {
    "补贴项目": "耕地地力保护补贴",
    "金额": 300.0,
    "发放日期": date(2020, 9, 15),
    "发放状态": "成功",
}
_SUBSIDY = "一卡通发放"


def _without(ledger: str, **values: object) -> Step:
    """Take all of the household's rows with these values out of a ledger."""

    def kept(row: Record) -> bool:
        return row.ledger != ledger or any(row.values[name] != value for name, value in values.items())

    def step(case: Case) -> None:
        case.dossier.records = [row for row in case.dossier.records if kept(row)]

    return step


def _slip(number: str) -> str:
    """One digit of the day of birth read wrong."""
    return number[:13] + ("1" if number[13] != "1" else "2") + number[14:]


def _swapped(number: str) -> str:
    """Two digits of the serial number exchanged, or of the year where those are equal."""
    at = next(at for at in (15, 14, 9, 8) if number[at] != number[at + 1])
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _old(number: str) -> str:
    """As it was before 1999."""
    return number[:6] + number[8:17]


def _born_before_2000(dossier: Dossier) -> bool:
    return dossier.head.text("证件号码")[6:8] == "19"


def _of_head(change: Callable[[str], str]) -> Given:
    return lambda case: change(case.dossier.head.text("证件号码"))


def _pay(case: Case) -> None:
    """A subsidy to the chosen member, before the household's own."""
    who = {name: case.person.values[name] for name in ("户编号", "姓名", "证件号码")}
    account = case.dossier.household.values["银行账号"]
    case.dossier.records.insert(0, Record(_SUBSIDY, who | _PAID | {"账号": account}))


CARDS = (
    Fault("手册工资不同", (put({"扶贫手册.工资性收入": plus("户年度.工资性收入", 300)}),),
          finds("CRD-02 扶贫手册.工资性收入"), drops=EXAM_2021),
    Fault("手册人口不同", (put({"扶贫手册.家庭人口": plus("户.家庭人口", 1)}),),
          finds("CRD-02 扶贫手册.家庭人口", "CRD-08 扶贫手册.家庭人口"), drops=EXAM_2021),
    Fault("手册帮扶人不同", (put({"扶贫手册.帮扶人": "石守信"}),),
          finds("CRD-02 扶贫手册.帮扶人", "CRD-08 扶贫手册.帮扶人"), drops=EXAM_2021),
    Fault("没有扶贫手册", (lose("扶贫手册"),),
          finds("CRD-02 户.户编号", "CRD-08 明白卡.户编号"), drops=EXAM_2021),
    Fault("没有明细账", (_without("明细账"),), finds("CRD-03 户年度.户编号"), drops=EXAM_2021),
    Fault("调查表转移收入不同", (put({"收入调查表.转移性收入": plus("户年度.转移性收入", 250)}),),
          finds("CRD-04 收入调查表.转移性收入"), drops=EXAM_2021),
    Fault("没有收入调查表", (lose("收入调查表"),), finds("CRD-04 户年度.户编号"), drops=EXAM_2021),
    Fault("没有住房标识牌", (lose("住房标识牌"),), finds("CRD-05 户.户编号"), drops=EXAM_2021),
    Fault("平台电话不同", (put({"平台户.联系电话": "19900008888"}),), finds("CRD-07 平台户.联系电话"), drops=EXAM_2021),
    Fault("平台致贫原因不同", (put({"平台户.主要致贫原因": "因丧"}),), finds("CRD-07 平台户.主要致贫原因"), drops=EXAM_2021),
    Fault("平台没有这一户", (lose("平台户"),), finds("CRD-07 户.户编号"), drops=EXAM_2021),
    Fault("平台劳动技能不同", (put({"平台人口.劳动技能": "弱劳动力或半劳动力"}),), finds("CRD-07 平台人口.劳动技能"),
          who=both(not_head, says("劳动技能", "普通劳动力")), drops=EXAM_2021),
    Fault("平台没有这个人", (lose("平台人口"),), finds("CRD-07 人口.证件号码"), who=not_head, drops=EXAM_2021),
    Fault("明白卡帮扶人不同", (put({"明白卡.帮扶人": "石守信"}),),
          finds("CRD-09 明白卡.帮扶人", "CRD-08 扶贫手册.帮扶人"), drops=EXAM_2021),
    Fault("明白卡帮扶电话不同", (put({"明白卡.帮扶人电话": "19900007777"}),), finds("CRD-09 明白卡.帮扶人电话"), drops=EXAM_2021),
    Fault("档案没有公示照片", (put({"档案目录#3.有无": False}),), finds("CRD-10 档案目录#3.有无"), drops=EXAM_2021),
    Fault("目录缺退出审批表", (_without("档案目录", 材料名称="退出审批表"),), finds("CRD-10 户.户编号"),
          where=lifted, drops=EXAM_2021),
    Fault("明白卡没有上墙", (put({"明白卡.上墙": False}),), finds("CRD-10 明白卡.上墙"), drops=EXAM_2021),
    Fault("饮水标识牌没有悬挂", (put({"饮水标识牌.悬挂": False}),), finds("CRD-10 饮水标识牌.悬挂"), drops=EXAM_2021),
    Fault("转移收入没有佐证", (_without("佐证", 字段="转移性收入"),), finds("CRD-11 户年度.转移性收入"), drops=EXAM_2021),
)  # fmt: skip

DEPARTMENTS = (
    Fault("户籍姓名不同", (put({"户籍.姓名": "石守信"}),), finds("DEP-01 户籍.姓名 member"), who=not_head, drops=EXAM_2021),
    Fault("发放表号码错一位", (put({f"{_SUBSIDY}.证件号码": _of_head(_slip)}),),
          (*finds(f"ID-01 {_SUBSIDY}.证件号码", f"DEP-06 {_SUBSIDY}.证件号码", f"DEP-02 {_SUBSIDY}.证件号码"),),
          drops=EXAM_2021),
    Fault("不动产号码颠倒", (put({"不动产.证件号码": _of_head(_swapped)}),),
          (*finds("ID-01 不动产.证件号码 stranger", "DEP-06 不动产.证件号码 stranger"), Find("DEP-02", "不动产.证件号码")),
          drops=EXAM_2021),
    Fault("不动产旧号码", (put({"不动产.证件号码": _of_head(_old)}),),
          finds("ID-04 不动产.证件号码", "DEP-02 不动产.证件号码"), where=_born_before_2000, drops=EXAM_2021),
    Fault("一卡通发给系统外的人", (beside(_SUBSIDY, **dict(_PAID)),),
          finds(f"DEP-03 {_SUBSIDY}#外.证件号码 stranger warning"), drops=EXAM_2021),
    Fault("一卡通发给死亡成员", (_pay,),
          finds(f"DEP-03 {_SUBSIDY}#1.发放日期 error", f"SEC-07 {_SUBSIDY}#1.发放日期"),
          who=ended, drops=EXAM_2021),
    Fault("一卡通一月两次", (twice(_SUBSIDY, 发放日期=date(2020, 4, 28)),), finds(f"DEP-04 {_SUBSIDY}.发放日期"), drops=EXAM_2021),
    Fault("一卡通发到别的账户", (put({f"{_SUBSIDY}.账号": "6210990101000099999"}),), finds(f"DEP-05 {_SUBSIDY}.账号"), drops=EXAM_2021),
    Fault("鉴定没有户编号和号码", (put({"住房鉴定.户编号": None, "住房鉴定.户主证件号码": None}),),
          finds("DEP-06 住房鉴定.户主证件号码 stranger", "CEL-03 住房鉴定.户主证件号码 stranger"),
          where=lambda dossier: len(dossier.all("住房鉴定")) == 1, drops=EXAM_2021),
)  # fmt: skip

FAULTS = (*CARDS, *DEPARTMENTS)
