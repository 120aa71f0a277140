"""Faults of single cells (CEL)."""

from __future__ import annotations

from datetime import date

from county.planting.fault import EXAMS, Case, Fault, finds
from county.planting.picks import at_school, both, lifted, not_head, relation, says, works
from county.planting.steps import put
from county.records.record import ErrorCell, Raw

_FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)}


def _in_full_width(case: Case) -> Raw:
    return Raw(case.record("明白卡").text("帮扶人电话").translate(_FULL_WIDTH))


FAULTS = (
    Fault("面积写成文字", (put({"户年度.林地面积": Raw("约三亩")}),), finds("CEL-01 户年度.林地面积")),
    Fault("学校没有填", (put({"学籍.学校": None}),), finds("CEL-03 学籍.学校"), who=at_school("小学")),
    Fault("文化程度自造说法", (put({"人口.文化程度": Raw("私塾")}),), finds("CEL-04 人口.文化程度"), who=not_head),
    Fault("林果面积为负", (put({"户年度.林果面积": -3.0}),), finds("CEL-05 户年度.林果面积")),
    Fault("务工十三个月", (put({"人口.务工时间": 13}),), finds("CEL-05 人口.务工时间", "EMP-02 人口.务工时间"),
          where=lifted, who=works),
    Fault("全角电话", (put({"明白卡.帮扶人电话": _in_full_width}),), finds("CEL-06 明白卡.帮扶人电话"), samples_only=True),
    Fault("公式出错", (put({"户年度.住房面积": ErrorCell("=1/0", "#DIV/0!")}),), finds("CEL-09 户年度.住房面积")),
    Fault("万元栏填成元", (put({"村.集体经济收入": lambda case: case.village.summary.number("集体经济收入") * 10000}),),
          finds("CEL-11 村.集体经济收入 sheet")),
    Fault("填了代码", (put({"人口.文化程度": Raw("02")}),), finds("CEL-12 人口.文化程度"),
          who=both(not_head, relation("之母", "之父", "配偶"))),
    Fault("更新日期在将来", (put({"明白卡.更新日期": date(2021, 6, 1)}),), finds("CEL-13 明白卡.更新日期")),
    Fault("劳动技能没有填", (put({"人口.劳动技能": None}),), finds("CEL-14 人口.劳动技能"),
          who=both(not_head, says("劳动技能", "普通劳动力"), says("在校生状况", "非在校生")), drops=EXAMS),
)  # fmt: skip
