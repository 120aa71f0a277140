"""Who helps a household, and how it was identified, helped, moved and let go."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import Ledger, Spread, column
from fupin_audit.ledgers.types.kinds import (
    Code,
    Day,
    HouseholdNumber,
    Integer,
    Month,
    Phone,
    ResidentId,
    SquareMetres,
    Text,
    Year,
    YesNo,
    Yuan,
    code,
)


class Helper(Ledger):
    """Who is responsible for helping a household, and since when."""

    title = "帮扶责任人"
    names = (
        "结对帮扶",
        "帮扶联系人",
    )
    family = "系统"
    key = ("户编号", "帮扶人证件号码", "开始日期")
    anchors = ("户编号", "帮扶人")
    alternative_anchors = ("户主证件号码", "帮扶人")
    blurb = "结对帮扶责任人，一户一人一段时间一行"

    户编号: HouseholdNumber = column(required=True)
    户主证件号码: ResidentId = column()
    帮扶人: Text = column(
        "帮扶责任人", "帮扶人姓名", "帮扶责任人姓名", "帮扶干部姓名", "帮扶联系人", required=True
    )
    帮扶人证件号码: ResidentId = column("帮扶人身份证号", "帮扶责任人证件号码")
    帮扶单位: Text = column("帮扶责任人单位", "帮扶人单位")
    职务: Text = column("帮扶人职务")
    帮扶人电话: Phone = column("帮扶人联系电话", "帮扶责任人联系电话", "帮扶人手机号", "帮扶人手机")
    驻村工作队员: YesNo = column("是否驻村工作队员")
    开始日期: Day = column("帮扶开始日期", "帮扶开始时间", "开始时间")
    结束日期: Day = column("帮扶结束日期", "帮扶结束时间", "结束时间")


class Measure(Ledger):
    """One measure of help for a household or one of its members."""

    title = "帮扶措施"
    names = (
        "扶持信息",
        "帮扶信息",
    )
    family = "系统"
    anchors = ("户编号",)
    alternative_anchors = ("证件号码",)
    spread = Spread((("措施类别", "措施类别"), ("措施内容", "帮扶子项")), cell="措施内容")
    blurb = "帮扶措施，一户（或一人）一项措施一行"

    户编号: HouseholdNumber = column(required=True)
    证件号码: ResidentId = column()
    年度: Year = column()
    措施类别: Annotated[str | None, code("措施类别")] = column("帮扶措施类别", required=True)
    措施内容: Text = column("帮扶措施内容")
    项目编号: Code = column()
    金额: Yuan = column()
    实施日期: Day = column("实施时间")


class Relocation(Ledger):
    """A person moved out of a place that cannot feed its people."""

    title = "易地搬迁"
    lists_members = True
    names = (
        "易地扶贫搬迁",
        "搬迁人口",
        "异地搬迁",
    )
    family = "系统"
    key = ("证件号码",)
    blurb = "易地扶贫搬迁，一人一行"

    户编号: HouseholdNumber = column()
    户主姓名: Text = column()
    证件号码: ResidentId = column(required=True)
    姓名: Text = column(required=True)
    搬迁方式: Annotated[str | None, code("搬迁方式")] = column()
    安置方式: Annotated[str | None, code("安置方式")] = column()
    安置点: Text = column("安置点名称")
    安置面积: SquareMetres = column("安置住房面积")
    家庭人口: Integer = column()
    实际入住: YesNo = column("是否实际入住", "是否入住")
    入住日期: Day = column("入住时间")
    旧房拆除: YesNo = column("是否拆旧复垦", "是否拆除旧房")
    搬迁补助: Yuan = column("搬迁补助金额")


class WorkPeriod(Ledger):
    """A period a person worked away from home."""

    title = "务工"
    names = ("外出务工",)
    family = "系统"
    anchors = ("证件号码",)
    blurb = "务工记录，一人一段务工一行"
    yearly = True

    户编号: HouseholdNumber = column()
    姓名: Text = column()
    证件号码: ResidentId = column(required=True)
    年度: Year = column(required=True)
    务工所在地: Text = column("务工地点", "务工所在县", required=True)
    单位: Text = column("务工单位", "务工企业名称", "务工企业")
    开始: Month = column("务工开始时间", own=("开始时间", "开始日期"))
    结束: Month = column("务工结束时间", own=("结束时间", "结束日期"))
    月收入: Yuan = column("务工月收入")
    点对点输送: YesNo = column("是否点对点输送")
    交通补助: Yuan = column("交通费补助", "年度交通费补助", "年度交通补助")


class Procedure(Ledger):
    """The steps by which a household was registered, let go or taken back."""

    title = "识别退出程序"
    names = (
        "识别程序",
        "退出程序",
    )
    family = "系统"
    key = ("户编号", "程序类型", "年度")
    blurb = "识别、退出、返贫的程序，一户一次一行"

    户编号: HouseholdNumber = column(required=True)
    程序类型: Annotated[str | None, code("程序类型")] = column(required=True)
    年度: Year = column(required=True)
    申请日期: Day = column()
    小组评议日期: Day = column()
    村评议日期: Day = column()
    公示一开始: Day = column()
    公示一结束: Day = column()
    入户核实日期: Day = column()
    信息比对日期: Day = column()
    乡镇审核日期: Day = column()
    公示二开始: Day = column()
    公示二结束: Day = column()
    县级审定日期: Day = column()
    公告日期: Day = column()
    户主签字: YesNo = column()
    帮扶人签字: YesNo = column()
    村负责人签字: YesNo = column()
