"""Faults of what checkers saw against the system, and of the checking itself (FLD)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from county.further.poverty_office.visits import LEDGERS
from county.planting.fault import EXAM_FIELD, Case, Fault, Find, Step, finds
from county.planting.picks import at_school, every, houses, in_town, in_village, never_rebuilt, not_head, size
from county.planting.steps import Given, lose, plus, put, with_others
from county.records.record import Dossier, Record


def _visited(dossier: Dossier) -> bool:
    """In a village where each household was visited in its turn."""
    return dossier.household.values["村"] in ("东沟村", "石桥村")


def _differs(
    field: str, value: Given, target: str, rule: str, where: Callable[[Dossier], bool] = _visited
) -> Fault:
    """One field that a checker saw otherwise."""
    return Fault(
        f"核查的{field}不同",
        (put({f"入户核查.{field}": value}),),
        finds(f"{rule} {target}"),
        where=every(_visited, where),
        drops=EXAM_FIELD,
    )


def _contrary(field: str) -> Given:
    return lambda case: not case.record("入户核查").values[field]


def _guest(case: Case) -> None:
    """Somebody more is found at a household of one."""
    row = case.record("入户核查人口").values | {"姓名": "钱来住", "证件号码": None, "与户主关系": "其他"}
    case.dossier.records.append(Record("入户核查人口", row))


_VISITED, _SPARED = "清河镇", "白石乡"

_CROWDED, _BARELY, _NOWHERE = "西坡村", "上营村", "白石村"


def _visits_left(number: int) -> Step:
    """Only so many households of the village were visited."""

    def step(case: Case) -> None:
        for dossier in case.village.dossiers[number:]:
            dossier.records = [record for record in dossier.records if record.ledger not in LEDGERS]

    return step


def _all_by_one(case: Case) -> None:
    """One checker visits the whole village in a day."""
    for dossier in case.village.dossiers:
        row = dossier.all("入户核查")[0].values
        row |= {"核查人": "孙快核", "开始时间": None, "结束时间": None}


def _first(dossier: Dossier) -> bool:
    return dossier.household.text("户编号").endswith("0001")


_LATER = date(2020, 11, 28)


def _at(start: str, end: str, checker: Given = "孙重核") -> Step:
    return put(
        {
            "入户核查.核查人": checker,
            "入户核查.核查日期": _LATER,
            "入户核查.开始时间": start,
            "入户核查.结束时间": end,
        }
    )


FAULTS = (
    _differs("实有人口", plus("户.家庭人口", 1), "户.家庭人口", "FLD-01"),
    _differs("户主姓名", "钱别家", "户.户主姓名 error", "FLD-02"),
    _differs("住房安全等级", "D", "户年度.住房安全等级", "FLD-03", houses("A", "B")),
    _differs("实际入住", False, "入户核查.实际入住", "FLD-03", never_rebuilt),
    _differs("旧房未拆", True, "入户核查.旧房未拆", "FLD-03", never_rebuilt),
    _differs("饮水安全", _contrary("饮水安全"), "户.饮水安全", "FLD-04"),
    _differs("失学人数", plus("入户核查.失学人数", 1), "入户核查.失学人数", "FLD-05"),
    _differs("未参保人数", plus("入户核查.未参保人数", 1), "入户核查.未参保人数", "FLD-05"),
    _differs("工资性收入", plus("户年度.工资性收入", 9000), "户年度.工资性收入", "FLD-06"),
    _differs("人均纯收入", plus("户年度.人均纯收入", -2500), "户年度.人均纯收入", "FLD-06"),
    _differs("享受低保", _contrary("享受低保"), "入户核查.享受低保", "FLD-07"),
    _differs("产业项目", _contrary("产业项目"), "入户核查.产业项目", "FLD-07"),
    _differs("务工人数", plus("入户核查.务工人数", 1), "入户核查.务工人数", "FLD-07"),
    _differs("明白卡上墙", False, "入户核查.明白卡上墙", "FLD-08"),
    _differs("知晓帮扶人", False, "入户核查.知晓帮扶人", "FLD-08"),
    _differs("户主签字", False, "入户核查.户主签字", "FLD-08"),
    Fault("成员已不健在", (put({"入户核查人口.健在": False}),), finds("FLD-02 人口.成员状态 error"),
          where=_visited, who=not_head, drops=EXAM_FIELD),
    Fault("成员没有找到", (lose("入户核查人口"),), finds("FLD-02 人口.姓名 error"),
          where=_visited, who=not_head, drops=EXAM_FIELD),
    Fault("多一个人", (_guest,), finds("FLD-02 入户核查人口#2.姓名 error"), where=every(_visited, size("户主")), drops=EXAM_FIELD),
    Fault("与户主关系不同", (put({"入户核查人口.与户主关系": "其他"}),), finds("FLD-02 人口.与户主关系 warning"),
          where=in_town(_VISITED), who=not_head, drops=EXAM_FIELD),
    Fault("系统在校实际不在", (put({"入户核查人口.在校生状况": "非在校生"}),), finds("FLD-05 人口.在校生状况"),
          where=in_town(_VISITED), who=at_school("小学", "初中"), drops=EXAM_FIELD),
    Fault("务工状况不同", (put({"入户核查人口.务工状况": "其他"}),), finds("FLD-07 人口.务工状况"),
          where=in_town(_VISITED), who=not_head, drops=EXAM_FIELD),
    Fault("没有查够", (_visits_left(1),), finds("FLD-09 村.村 sheet", "FLD-09 村.乡镇 sheet"),
          where=in_village(_BARELY), drops=EXAM_FIELD, elsewhere=True),
    Fault("一户没有查", (_visits_left(0),), finds("FLD-09 村.村 sheet"),
          where=in_village(_NOWHERE), drops=EXAM_FIELD, elsewhere=True),
    Fault("一天查完一村", (_all_by_one,), finds("FLD-10 入户核查.核查人 sheet"),
          where=every(in_village(_CROWDED), _first), drops=EXAM_FIELD, elsewhere=True),
    Fault("几分钟查完", (_at("17:00", "17:03"),), finds("FLD-10 入户核查.开始时间"), where=_visited, drops=EXAM_FIELD),
    Fault("同时在两户", (_at("9:00", "9:30"), with_others(_at("9:20", "9:50"))),
          (Find("FLD-10", "入户核查.开始时间"), Find("FLD-10", "入户核查.开始时间", other=1)),
          where=_visited, companions=1, together=True, drops=EXAM_FIELD),
    Fault("自己查自己帮扶的", (_at("15:00", "15:30", lambda case: case.record("帮扶责任人").text("帮扶人")),),
          finds("FLD-11 入户核查.核查人"), where=_visited, drops=EXAM_FIELD),
)  # fmt: skip
