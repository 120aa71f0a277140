"""Faults of households that are, or should be, monitored (MON)."""

from __future__ import annotations

from datetime import date, timedelta

from county.further.poverty_office.watched_households import income_then
from county.planting.fault import EXAM_2021, Case, Fault, finds
from county.planting.picks import (
    every,
    in_village,
    known_for,
    lifted,
    recovered,
    size,
    unwatched,
    watched_for,
)
from county.planting.steps import lose, put
from county.records.record import Record, Row


def _watch_nobody(case: Case) -> None:
    """Take the village's own 监测对象 out of the list."""
    case.village.records.remove(case.record("监测对象"))


def _since(case: Case) -> date:
    return case.record("监测对象").day("识别年月")


def _done_before(case: Case) -> None:
    """All measures were taken before the household was watched."""
    for row in case.dossier.all("帮扶措施"):
        row.values["实施日期"] = min(row.day("实施日期"), _since(case) - timedelta(days=30))


_at_work_risk = watched_for("因务工就业不稳")


def _without_development(case: Case) -> None:
    """Take out what helps people earn."""
    earning = {"产业帮扶", "就业帮扶", "金融帮扶", "公益岗位帮扶"}
    case.dossier.records = [row for row in case.dossier.records if row.values.get("措施类别") not in earning]


_AFTERWARDS: Row = {
    "消除后工资性收入": 0.0,
    "消除后财产性收入": 200.0,
    "消除后转移性收入": 5400.0,
    "消除后生产经营性收入": 600.0,
    "消除后生产经营性支出": 600.0,
    "消除后纯收入": 5600.0,
}


def _cleared(case: Case) -> None:
    """Watch the household as one whose risk is gone by itself."""
    model = next(row for row in case.village.records if row.ledger == "监测对象")
    who: Row = {
        name: case.dossier.household.values[name]
        for name in ("户编号", "户主姓名", "户主证件号码", "家庭人口")
    }
    told: Row = {"监测类别": "脱贫不稳定户", "识别年月": date(2019, 11, 1), "风险消除": True, "消除年月": date(2020, 9, 1),
            "消除方式": "自然消除", "人均收入": 4800.0, "消除后人均纯收入": 5600.0}  # fmt: skip
    told |= {"整户无劳动能力兜底保障户": True} | _AFTERWARDS
    told |= income_then(int(case.dossier.household.number("家庭人口")), 4800.0, 0.0)
    case.dossier.records.append(Record("监测对象", model.values | who | told))


def _copied_afterwards(case: Case) -> None:
    """The income it was watched for is the one it has now."""
    row = case.record("监测对象")
    now = row.number("消除后人均纯收入")
    row.values |= {"人均收入": now} | income_then(int(row.number("家庭人口")), now, 0.0)


FAULTS = (
    Fault("边缘户没有监测", (_watch_nobody,), finds("MON-01 一般农户#4.人均纯收入 sheet"), where=every(unwatched, in_village("西坡村")), drops=EXAM_2021),
    Fault("大病户没有监测", (lose("监测对象"),), finds("MON-02 受灾.受灾日期"), where=known_for("受灾"), drops=EXAM_2021),
    Fault("监测后没有措施", (_done_before,), finds("MON-03 监测对象.识别年月"), where=_at_work_risk, drops=EXAM_2021),
    Fault("消除后仍有问题", (put({"监测对象.住房安全问题": True}),), finds("MON-04 监测对象.风险消除"), where=recovered, drops=EXAM_2021),
    Fault("消除早于识别", (put({"监测对象.消除年月": date(2019, 8, 1)}),), finds("MON-05 监测对象.消除年月 error"), where=recovered, drops=EXAM_2021),
    Fault("监测两个月就消除", (put({"监测对象.识别年月": date(2020, 7, 1)}),), finds("MON-05 监测对象.消除年月 warning"), where=recovered, drops=EXAM_2021),
    Fault("不稳定户没有登记", (put({"监测对象.监测类别": "脱贫不稳定户"}),), finds("MON-06 监测对象.监测类别"), where=every(unwatched, in_village("白石村")), drops=EXAM_2021),
    Fault("消除没有方式", (put({"监测对象.消除方式": None}),), finds("MON-07 监测对象.消除方式"), where=recovered, drops=EXAM_2021),
    Fault("措施不对风险", (put({"监测对象.风险": "因安全饮水", "监测对象.饮水安全问题": True}),), finds("MON-08 监测对象.风险"),
          where=_at_work_risk, drops=EXAM_2021),
    Fault("没有开发式帮扶", (put({"监测对象.开发式帮扶": False}), _without_development), finds("MON-09 监测对象.开发式帮扶"),
          where=watched_for("因病"), drops=EXAM_2021),
    Fault("住房问题没有风险", (put({"监测对象.住房安全问题": True}),), finds("MON-10 监测对象.住房安全问题"), where=_at_work_risk, drops=EXAM_2021),
    Fault("无劳力户消除", (_cleared,), finds("MON-11 监测对象.风险消除"), where=every(lifted, size("户主"), in_village("上营村")), drops=EXAM_2021),
    Fault("消除后收入照抄", (_copied_afterwards,),
          finds("MON-12 监测对象.消除后人均纯收入"), where=recovered, drops=EXAM_2021),
)  # fmt: skip
