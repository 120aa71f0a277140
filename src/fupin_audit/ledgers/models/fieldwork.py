"""What was seen when somebody went there."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.types.kinds import (
    Code,
    Day,
    HouseholdNumber,
    Income,
    Integer,
    ResidentId,
    Text,
    YesNo,
    code,
    many_codes,
)


class Visit(Ledger):
    """What a checker found at one household."""

    title = "入户核查"
    family = "实地"
    key = ("核查编号",)
    blurb = "入户核查记录，一次核查一行"

    核查编号: Code = column(required=True)
    户编号: HouseholdNumber = column(required=True)
    户主姓名: Text = column()
    核查日期: Day = column("核查时间", required=True)
    核查人: Text = column("核查人员", required=True)
    开始时间: Text = column()
    结束时间: Text = column()
    见到户主: YesNo = column("是否见到户主")
    实有人口: Integer = column("实际人口")
    住房安全等级: Annotated[str | None, code("住房等级")] = column()
    实际入住: YesNo = column()
    旧房未拆: YesNo = column("旧房是否未拆")
    饮水安全: YesNo = column()
    失学人数: Integer = column()
    未参保人数: Integer = column()
    务工人数: Integer = column()
    享受低保: YesNo = column()
    产业项目: YesNo = column("有产业项目", "是否有产业项目")
    工资性收入: Income = column()
    生产经营性收入: Income = column()
    财产性收入: Income = column()
    转移性收入: Income = column()
    生产经营性支出: Income = column()
    人均纯收入: Income = column()
    明白卡上墙: YesNo = column("明白卡是否上墙")
    知晓帮扶人: YesNo = column("是否知晓帮扶人")
    户主签字: YesNo = column()
    备注: Text = column()


class VisitPerson(Ledger):
    """What a checker found of one person."""

    title = "入户核查人口"
    family = "实地"
    anchors = ("户编号", "姓名")
    blurb = "入户核查到的家庭成员，一人一行"

    核查编号: Code = column(required=True)
    户编号: HouseholdNumber = column(required=True)
    姓名: Text = column(required=True)
    证件号码: ResidentId = column()
    健在: YesNo = column("是否健在")
    在家: YesNo = column("是否在家")
    在校生状况: Annotated[str | None, code("在校生状况")] = column()
    健康状况: Annotated[str | None, many_codes("健康状况")] = column()
    务工状况: Annotated[str | None, code("务工状况")] = column()
    与户主关系: Annotated[str | None, code("与户主关系")] = column()


class CheckerList(Ledger):
    """Who can check; read when a sample is drawn, never looked for among the county's ledgers."""

    title = "核查人员"
    family = "实地"
    anchors = ("姓名",)
    blurb = "可以派去入户核查的人，一人一行；写了村的不派回本村"

    姓名: Text = column("核查人", "核查人员", required=True)
    证件号码: ResidentId = column()
    单位: Text = column("工作单位", "所在单位")
    乡镇: Text = column("所在乡镇")
    村: Text = column("所在村", "驻村", "本村")
