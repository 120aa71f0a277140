"""Faults of business, loans and dividends (IND)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import (
    ADOPTED,
    EXAM_2020,
    EXAMS,
    JINZHOU,
    YUNYANG,
    ZIYANG,
    Case,
    Drops,
    Fault,
    Find,
    finds,
)
from county.planting.picks import (
    aged,
    both,
    every,
    has,
    in_village,
    lifted,
    never_rebuilt,
    relation,
    shares_in,
    size,
    sustained,
)
from county.planting.rows import beside, enter
from county.planting.steps import Given, lose, move, plus, put, twice, with_others
from county.records.record import Dossier, Record, Value

_A_QUARTER = 10  # of a county's households

_UNKNOWN = "XM2020999901"

_EQUAL_SHARES = 10

_EQUAL = {"收益分配.金额": 245.0}  # nobody else gets: others have tens of yuan


def _pioneers(case: Case) -> dict[str, list[Record]]:
    """The village's pioneers, each with their rows."""
    rows: dict[str, list[Record]] = {}
    for row in case.village.of_no_household("致富带头人"):
        rows.setdefault(row.text("姓名"), []).append(row)
    return rows


def _one_pioneer_less(case: Case) -> None:
    gone = list(_pioneers(case).values())[-1]
    case.village.records[:] = [row for row in case.village.records if row not in gone]


def _two_followers(case: Case) -> None:
    last = next(iter(_pioneers(case).values()))[-1]
    case.village.records.remove(last)


_head = relation("户主")


def _borrowed(dossier: Dossier) -> bool:
    return bool(dossier.all("小额信贷"))


def _loan(name: str, changes: dict[str, Given], find: str, drops: Drops = EXAM_2020) -> Fault:
    return Fault(name, (put(changes),), finds(find), where=_borrowed, who=_head, drops=drops)


_LOAN: dict[str, Given] = {
    "贷款金额": 20000.0,
    "利率": 4.35,
    "发放日期": date(2019, 8, 12),
    "到期日期": date(2021, 8, 12),
    "展期到期日": None,
    "余额": 20000.0,
    "逾期": False,
    "贷款用途": "养羊",
    "用款主体": "本人",
    "银行": "清河县农村信用合作社",
}


def _number(case: Case) -> Value:
    return f"D{case.dossier.household.text('户编号')}Y"


_old_head = both(_head, aged(68, 90))

_DUE: dict[str, Given] = {"小额信贷.到期日期": date(2020, 6, 10)}


def _another_contract(case: Case) -> None:
    contract = f"{case.record('小额信贷').text('合同号')}X"
    twice("小额信贷", 合同号=contract)(case)


def _shares_first(dossier: Dossier) -> bool:
    """The village's first household, with a share of what the assets earned."""
    return shares_in(dossier) and dossier.household.text("户编号").endswith("0001")


def _without_share(case: Case) -> None:
    """Nothing for the household; the others have all of it."""
    own = case.record("收益分配").number("份额")
    lose("收益分配")(case)
    move("户年度", "资产收益分红", "其他财产性收入")(case)
    for dossier in case.village.dossiers:
        for row in dossier.all("收益分配"):
            row.values["份额"] = round(row.number("份额") * 100 / (100 - own), 2)


def _idle_pioneer(case: Case) -> None:
    """The village's first pioneer has no project."""
    rows = case.village.of_no_household("致富带头人")
    for row in rows:
        if row.values["姓名"] == rows[0].values["姓名"]:
            row.values["产业项目"] = None


FAULTS = (
    Fault("没有产业项目", (lose("产业项目"),), finds("IND-01 户.户编号"),
          where=every(lifted, in_village("东沟村")), drops=EXAM_2020),
    Fault("十户没有产业项目", (lose("产业项目"), _without_share, with_others(lose("产业项目"), _without_share)),
          (*(Find("IND-01", "户.户编号", other=order) for order in range(_A_QUARTER)), *finds("IND-07 村.县 sheet")),
          where=every(lifted, shares_in, in_village("东沟村")), companions=_A_QUARTER - 1, drops=ZIYANG),
    Fault("产业项目不在库", (put({"产业项目.项目编号": _UNKNOWN}),), finds("IND-02 产业项目.项目编号"),
          where=lifted, drops=EXAM_2020),
    Fault("措施的项目不在库", (put({"帮扶措施.项目编号": _UNKNOWN}),), finds("IND-02 帮扶措施.项目编号 household"),
          where=lifted, drops=EXAM_2020),
    Fault("十户均分", (put(_EQUAL), with_others(put(_EQUAL))),
          tuple(Find("IND-03", "收益分配.金额", other=order) for order in range(_EQUAL_SHARES)),
          where=every(lifted, never_rebuilt, shares_in), companions=_EQUAL_SHARES - 1, together=True, drops=EXAM_2020),
    Fault("份额超过百分之百", (put({"收益分配.份额": plus("收益分配.份额", 15)}),),
          finds("IND-13 收益分配.份额 sheet"), where=every(lifted, _shares_first, in_village("白石村")), drops=EXAM_2020, elsewhere=True),
    Fault("带头人不足三名", (_one_pioneer_less,), finds("IND-04 村.致富带头人数 sheet"),
          where=in_village("东沟村"), drops=EXAM_2020, elsewhere=True),
    Fault("带头人只带两户", (_two_followers,), finds("IND-04 致富带头人.带动户编号 stranger"),
          where=in_village("西坡村"), drops=EXAM_2020, elsewhere=True),
    Fault("没有主导产业", (put({"村.主导产业": None}),), finds("IND-05 村.主导产业 sheet"),
          where=in_village("东沟村"), drops=EXAM_2020, elsewhere=True),
    Fault("没有技术指导员", (put({"村.产业技术指导员数": 0}),), finds("IND-05 村.产业技术指导员数 sheet"),
          where=in_village("白石村"), drops=EXAM_2020, elsewhere=True),
    Fault("没有合作社", (put({"村.合作社数": 0}),), finds("IND-06 村.合作社数 sheet"),
          where=in_village("东沟村"), drops=ZIYANG, elsewhere=True),
    Fault("家庭农场一个", (put({"村.家庭农场数": 1}),), finds("IND-06 村.家庭农场数 sheet"),
          where=in_village("东沟村"), drops=ZIYANG, elsewhere=True),
    _loan("贷款六万", {"小额信贷.贷款金额": 60000.0, "小额信贷.余额": 60000.0}, "IND-08 小额信贷.贷款金额"),
    _loan("贷款四年", {"小额信贷.到期日期": date(2023, 6, 10)}, "IND-08 小额信贷.到期日期"),
    Fault("借款人没有登记", (beside("小额信贷", 合同号=_number, **_LOAN),), finds("IND-08 小额信贷#外.证件号码 stranger"),
          where=has(both(_head, aged(25, 58))), drops=EXAM_2020, elsewhere=True),
    Fault("借款人六十六岁以上", (enter("小额信贷", 合同号=_number, **_LOAN),), finds("IND-08 小额信贷.证件号码"),
          where=every(has(_old_head), lambda dossier: not _borrowed(dossier)), who=_old_head, drops=EXAM_2020),
    _loan("过期没有标逾期", _DUE, "IND-09 小额信贷.逾期"),
    _loan("贷款逾期", _DUE | {"小额信贷.逾期": True}, "IND-10 小额信贷.逾期"),
    _loan("户贷企用", {"小额信贷.用款主体": "兴农养殖公司"}, "IND-11 小额信贷.用款主体"),
    Fault("带头人没有项目", (_idle_pioneer,), finds("IND-14 致富带头人.产业项目 stranger"),
          where=in_village("白石村"), drops=EXAMS, elsewhere=True),
    _loan("贷款用来建房", {"小额信贷.贷款用途": "建房"}, "IND-15 小额信贷.贷款用途", YUNYANG | ADOPTED),
    Fault("无劳力户没有分红", (_without_share,),
          finds("IND-16 户.户编号"), where=every(size("户主"), shares_in, has(sustained)), drops=JINZHOU | ADOPTED),
    Fault("两笔贷款", (_another_contract,), finds("IND-12 小额信贷.余额 household"), where=_borrowed, who=_head, drops=EXAM_2020),
)  # fmt: skip
