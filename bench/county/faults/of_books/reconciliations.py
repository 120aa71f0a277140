"""Faults of books that must agree (CRD)."""

from __future__ import annotations

from county.planting.fault import EXAM_2021, Fault, finds
from county.planting.picks import both, houses, not_head, says
from county.planting.rows import without
from county.planting.steps import lose, plus, put

FAULTS = (
    Fault("明白卡电话不同", (put({"明白卡.联系电话": "19900009998"}),), finds("CRD-01 明白卡.联系电话")),
    Fault("明白卡人均不同", (put({"明白卡.人均纯收入": plus("户.人均纯收入", 320)}),), finds("CRD-01 明白卡.人均纯收入")),
    Fault("明白卡人口不同", (put({"明白卡.家庭人口": plus("户.家庭人口", 1)}),), finds("CRD-01 明白卡.家庭人口")),
    Fault("没有明白卡", (lose("明白卡"),), finds("CRD-01 户.户编号", "CRD-09 帮扶责任人.户编号")),
    Fault("住房标识牌不同", (put({"住房标识牌.住房安全等级": "A"}),), finds("CRD-05 住房标识牌.住房安全等级"),
          where=houses("B", appraised=False)),
    Fault("没有饮水标识牌", (lose("饮水标识牌"),), finds("CRD-06 户.户编号")),
    Fault("手册工资不同", (put({"扶贫手册.工资性收入": plus("户年度.工资性收入", 300)}),),
          finds("CRD-02 扶贫手册.工资性收入"), drops=EXAM_2021),
    Fault("手册人口不同", (put({"扶贫手册.家庭人口": plus("户.家庭人口", 1)}),),
          finds("CRD-02 扶贫手册.家庭人口", "CRD-08 扶贫手册.家庭人口"), drops=EXAM_2021),
    Fault("手册帮扶人不同", (put({"扶贫手册.帮扶人": "石守信"}),),
          finds("CRD-02 扶贫手册.帮扶人", "CRD-08 扶贫手册.帮扶人"), drops=EXAM_2021),
    Fault("没有扶贫手册", (lose("扶贫手册"),),
          finds("CRD-02 户.户编号", "CRD-08 明白卡.户编号"), drops=EXAM_2021),
    Fault("没有明细账", (without("明细账"),), finds("CRD-03 户年度.户编号"), drops=EXAM_2021),
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
          finds("CRD-09 明白卡.帮扶人", "CRD-08 明白卡.帮扶人"), drops=EXAM_2021),
    Fault("明白卡帮扶电话不同", (put({"明白卡.帮扶人电话": "19900007777"}),), finds("CRD-09 明白卡.帮扶人电话"), drops=EXAM_2021),
)  # fmt: skip
