"""Faults of keys and counts (KEY)."""

from __future__ import annotations

from county.planting.fault import NEW, Case, Fault, Find, Step, finds
from county.planting.picks import earns, every, houses, in_town, lifted, not_head, size
from county.planting.steps import differ, lose, move, per_head, plus, put, settle, twice, with_others
from county.records.record import Value


def _empty_household(case: Case) -> None:
    """Take all members out of 人口."""
    for person in case.dossier.people:
        case.dossier.records.remove(person)


def _same(field: str) -> Step:
    """The first household's value in every further household."""

    def step(case: Case) -> None:
        value: Value = case.dossier.household.values[field]
        with_others(put({f"各处.{field}": value}))(case)

    return step


def _of_each(rule: str, target: str, households: int) -> tuple[Find, ...]:
    return tuple(Find(rule, target, other=order) for order in range(households))


_NOBODY = "99019999990001"

FAULTS = (
    Fault("一户登记两行", (twice("户"),), finds("KEY-01 户.户编号"), where=lifted, drops=NEW, samples_only=True),
    Fault("两人同一人编号", (put({"人口#2.人编号": lambda case: case.person.values["人编号"]}),),
          finds("KEY-02 人口.人编号"), where=size("户主", "配偶", "之子")),
    Fault("户没有成员", (put({"各处.主要致贫原因": "缺技术", "户.其他致贫原因": None}), _empty_household, move("户年度", "工资性收入", "生产经营性收入"), settle()),
          finds("KEY-04 户.户编号"), where=every(lifted, size("户主", "配偶", "之子")), drops=NEW, samples_only=True),
    Fault("人数多一", (put({"各处.家庭人口": plus("户.家庭人口", 1)}), per_head), finds("KEY-05 户.家庭人口"),
          where=every(lifted, earns(8000, 90000))),
    Fault("两个户主", (put({"人口#2.与户主关系": "户主"}),), finds("KEY-06 人口#2.与户主关系 household"),
          where=every(lifted, size("户主", "配偶"))),
    Fault("户主姓名写错", (put({"各处.户主姓名": "钱有余"}),), finds("KEY-07 户.户主姓名")),
    Fault("三户同一电话", (_same("联系电话"),), _of_each("KEY-08", "户.联系电话", 3), companions=2),
    Fault("两户同一账号", (_same("银行账号"),), _of_each("KEY-09", "户.银行账号", 2), companions=1,
          where=houses("A", rebuilt=False)),
    Fault("标识牌的户不存在", (twice("住房标识牌", 户编号=_NOBODY),),
          finds("KEY-10 住房标识牌#2.户编号", "CRD-05 住房标识牌#2.户编号")),
    Fault("责任人登记两行", (twice("帮扶责任人"),), finds("KEY-11 帮扶责任人.户编号")),
    Fault("成员行的电话不同", (differ("户.联系电话", "19900009997"),), finds("KEY-12 人口.户.联系电话 household"), who=not_head),
    Fault("村名写错", (put({"户.村": "上营新村"}),), finds("KEY-13 户.村"), where=in_town("白石乡")),
    Fault("没有当年收入", (lose("户年度"),), finds("KEY-14 户.户编号"), where=lifted),
)  # fmt: skip
