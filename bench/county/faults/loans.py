"""Faults of small loans (IND)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import EXAM_2020, Case, Fault, finds
from county.planting.picks import aged, both, every, has, relation
from county.planting.rows import beside, enter
from county.planting.steps import Given, put, twice
from county.records.record import Dossier, Value

_head = relation("户主")
_old_head = both(_head, aged(68, 90))
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
_DUE: dict[str, Given] = {"小额信贷.到期日期": date(2020, 6, 10)}


def _borrowed(dossier: Dossier) -> bool:
    return bool(dossier.all("小额信贷"))


def _another_contract(case: Case) -> None:
    contract = f"{case.record('小额信贷').text('合同号')}X"
    twice("小额信贷", 合同号=contract)(case)


def _number(case: Case) -> Value:
    return f"D{case.dossier.household.text('户编号')}Y"


def _loan(name: str, changes: dict[str, Given], find: str) -> Fault:
    return Fault(name, (put(changes),), finds(find), where=_borrowed, who=_head, drops=EXAM_2020)


FAULTS = (
    _loan("贷款六万", {"小额信贷.贷款金额": 60000.0, "小额信贷.余额": 60000.0}, "IND-08 小额信贷.贷款金额"),
    _loan("贷款四年", {"小额信贷.到期日期": date(2023, 6, 10)}, "IND-08 小额信贷.到期日期"),
    Fault("借款人没有登记", (beside("小额信贷", 合同号=_number, **_LOAN),), finds("IND-08 小额信贷#外.证件号码 stranger"),
          drops=EXAM_2020, elsewhere=True),
    Fault("借款人六十六岁以上", (enter("小额信贷", 合同号=_number, **_LOAN),), finds("IND-08 小额信贷.证件号码"),
          where=every(has(_old_head), lambda dossier: not _borrowed(dossier)), who=_old_head, drops=EXAM_2020),
    _loan("过期没有标逾期", _DUE, "IND-09 小额信贷.逾期"),
    _loan("贷款逾期", _DUE | {"小额信贷.逾期": True}, "IND-10 小额信贷.逾期"),
    _loan("户贷企用", {"小额信贷.用款主体": "兴农养殖公司"}, "IND-11 小额信贷.用款主体"),
    Fault("两笔贷款", (_another_contract,), finds("IND-12 户.户编号"), where=_borrowed, who=_head, drops=EXAM_2020),
)  # fmt: skip
