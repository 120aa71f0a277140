"""One card, one handbook, one account and two plates per household, and its archive."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.types.kinds import (
    Code,
    Day,
    HouseholdNumber,
    Income,
    Integer,
    Month,
    Number,
    Phone,
    ResidentId,
    Text,
    Year,
    YesNo,
    code,
)


class Card(Ledger):
    """The card on the wall that tells a household what it is entitled to."""

    title = "明白卡"
    family = "档案"
    anchors = ("户编号",)
    alternative_anchors = ("户主证件号码",)
    blurb = "上墙的明白卡，一户一行"

    户编号: HouseholdNumber = column(required=True)
    户主姓名: Text = column(required=True)
    户主证件号码: ResidentId = column()
    家庭人口: Integer = column()
    联系电话: Phone = column()
    脱贫属性: Annotated[str | None, code("脱贫属性")] = column()
    脱贫年度: Year = column()
    主要致贫原因: Annotated[str | None, code("致贫原因")] = column()
    人均纯收入: Income = column()
    住房安全等级: Annotated[str | None, code("住房等级")] = column()
    饮水安全: YesNo = column()
    帮扶人: Text = column()
    帮扶人电话: Phone = column()
    帮扶措施: Text = column()
    享受政策: Text = column()
    上墙: YesNo = column("是否上墙")
    更新日期: Day = column("更新时间")


class Handbook(Ledger):
    """The household's handbook of help received."""

    title = "扶贫手册"
    family = "档案"
    anchors = ("户编号",)
    blurb = "扶贫手册，一户（一年）一行"

    户编号: HouseholdNumber = column(required=True)
    年度: Year = column()
    户主姓名: Text = column(required=True)
    户主证件号码: ResidentId = column()
    家庭人口: Integer = column()
    识别年月: Month = column("首次识别时间", "识别时间")
    脱贫年度: Year = column()
    主要致贫原因: Annotated[str | None, code("致贫原因")] = column()
    工资性收入: Income = column()
    生产经营性收入: Income = column()
    财产性收入: Income = column()
    转移性收入: Income = column()
    生产经营性支出: Income = column()
    纯收入: Income = column()
    人均纯收入: Income = column()
    帮扶人: Text = column()
    户主签字: YesNo = column("户主是否签字")


class AccountLine(Ledger):
    """One line of the household's account of income and expense."""

    title = "明细账"
    family = "档案"
    anchors = ("户编号",)
    blurb = "收支明细账，一笔一行"

    户编号: HouseholdNumber = column(required=True)
    年度: Year = column(required=True)
    收支类别: Annotated[str | None, code("收支类别")] = column(required=True)
    项目: Text = column("收支项目", required=True)
    金额: Income = column(required=True)
    发生日期: Day = column("发生时间")
    佐证编号: Code = column()


class IncomeSurvey(Ledger):
    """The signed survey of a household's income in one year."""

    title = "收入调查表"
    family = "档案"
    key = ("户编号", "年度")
    alternative_anchors = ("户主证件号码",)
    blurb = "收入调查（核算）表，一户一年一行"

    户编号: HouseholdNumber = column(required=True)
    年度: Year = column(required=True)
    户主姓名: Text = column()
    户主证件号码: ResidentId = column()
    家庭人口: Integer = column(required=True)
    工资性收入: Income = column(required=True)
    生产经营性收入: Income = column(required=True)
    财产性收入: Income = column(required=True)
    转移性收入: Income = column(required=True)
    生产经营性支出: Income = column(required=True)
    纯收入: Income = column(required=True)
    人均纯收入: Income = column(required=True)
    调查人: Text = column()
    调查日期: Day = column("调查时间")
    户主签字: YesNo = column()


class HousingPlate(Ledger):
    """The plate at the door that states the grade of the house."""

    title = "住房标识牌"
    family = "档案"
    anchors = ("户编号",)
    blurb = "住房安全等级标识牌，一户一行"

    户编号: HouseholdNumber = column(required=True)
    户主姓名: Text = column()
    住房安全等级: Annotated[str | None, code("住房等级")] = column(required=True)
    鉴定日期: Day = column("鉴定时间")
    鉴定机构: Text = column("鉴定单位")
    悬挂: YesNo = column("是否悬挂")


class WaterPlate(Ledger):
    """The plate at the door that states that the water is safe."""

    title = "饮水标识牌"
    family = "档案"
    anchors = ("户编号",)
    blurb = "饮水安全标识牌，一户一行"

    户编号: HouseholdNumber = column(required=True)
    户主姓名: Text = column()
    供水方式: Annotated[str | None, code("供水方式")] = column()
    饮水安全: YesNo = column(required=True)
    认定日期: Day = column("认定时间")
    悬挂: YesNo = column()


class ArchiveEntry(Ledger):
    """One material in a household's archive."""

    title = "档案目录"
    family = "档案"
    anchors = ("户编号", "材料名称")
    blurb = "户档案目录，一份材料一行"

    户编号: HouseholdNumber = column(required=True)
    材料名称: Annotated[str | None, code("档案材料")] = column(required=True)
    有无: YesNo = column(required=True)
    份数: Integer = column()
    日期: Day = column()


class Evidence(Ledger):
    """What proves a figure."""

    title = "佐证"
    family = "档案"
    anchors = ("户编号", "字段")
    blurb = "数据佐证（数出有据），一项数据一份佐证一行"

    户编号: HouseholdNumber = column(required=True)
    字段: Text = column("佐证字段", "数据项", required=True)
    佐证编号: Code = column(required=True)
    佐证材料: Text = column("佐证材料名称")
    日期: Day = column()


class ArchiveGrade(Ledger):
    """The grade a household's or a village's files were given."""

    title = "档案评估"
    names = ("档案评分",)
    family = "档案"
    anchors = ("户编号",)
    alternative_anchors = ("村",)
    blurb = "档案质量评估，一户或一村一行"

    县: Text = column()
    乡镇: Text = column()
    村: Text = column()
    户编号: HouseholdNumber = column()
    得分: Number = column("评估得分", "档案得分")
    等次: Text = column("评估等次", "档案等次")
