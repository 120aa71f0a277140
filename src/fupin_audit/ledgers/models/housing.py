"""Houses rebuilt and appraised, water supplied and certified."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import BENEFIT, Ledger, column
from fupin_audit.ledgers.types.kinds import (
    Account,
    Code,
    Day,
    HouseholdNumber,
    Integer,
    ResidentId,
    SquareMetres,
    Text,
    Year,
    YesNo,
    Yuan,
    code,
)


class Rebuilding(Ledger):
    """A dangerous house that is being repaired or rebuilt."""

    title = "危房改造"
    lists_members = True
    kind = BENEFIT
    names = ("危改",)
    family = "部门"
    anchors = ("户主证件号码",)
    alternative_anchors = ("户编号",)
    blurb = "住建危房改造，一户一次改造一行"

    户编号: HouseholdNumber = column()
    户主姓名: Text = column("农户姓名", required=True)
    户主证件号码: ResidentId = column(required=True)
    家庭人口: Integer = column("人口数")
    危房等级: Annotated[str | None, code("住房等级")] = column(
        "危房鉴定等级", "改造前危房等级", required=True
    )
    改造方式: Annotated[str | None, code("改造方式")] = column()
    年度: Year = column(
        "改造年度",
        own=(
            "纳入改造时间",
            "列入计划的年度",
            "列入计划年度",
        ),
    )
    改造面积: SquareMetres = column(own=("建筑面积",))
    开工日期: Day = column("开工时间")
    竣工日期: Day = column("竣工时间")
    验收日期: Day = column("验收时间")
    入住日期: Day = column()
    旧房拆除: YesNo = column()
    补助金额: Yuan = column("补助资金")
    拨付日期: Day = column("拨付时间")
    收款账号: Account = column(
        own=(
            "一卡通账号",
            "一卡通帐号",
            "银行账号",
        )
    )
    县: Text = column()
    乡镇: Text = column()
    村: Text = column()
    农户贫困类型: Text = column("贫困类型", "农户类型")


class Appraisal(Ledger):
    """A surveyor's grade for a house."""

    title = "住房鉴定"
    names = (
        "房屋鉴定",
        "危房鉴定",
        "安全隐患排查",
        "房屋安全",
    )
    family = "部门"
    anchors = ("户主证件号码",)
    alternative_anchors = ("户编号",)
    blurb = "住房安全鉴定，一户一次鉴定一行"

    户编号: HouseholdNumber = column()
    户主姓名: Text = column("无户主姓名", "农户姓名", required=True)
    户主证件号码: ResidentId = column("无户主身份证号", required=True)
    住房安全等级: Annotated[str | None, code("住房等级")] = column(
        "鉴定等级", "鉴定结论", "房屋安全等级", required=True
    )
    鉴定日期: Day = column(
        required=True,
        own=(
            "鉴定时间",
            "排查日期",
            "登记时间",
        ),
    )
    鉴定机构: Text = column()
    乡镇: Text = column("乡镇、街道名称")
    村: Text = column("村、居委会名称")
    建成年份: Year = column("建造年份", "建造年代", "建造时间")
    建筑面积: SquareMetres = column()
    结构类型: Text = column("房屋结构")


class WaterCertificate(Ledger):
    """The water bureau's finding on a household's drinking water."""

    title = "饮水认定"
    names = (
        "饮水安全",
        "饮水调查",
    )
    family = "部门"
    anchors = ("户编号",)
    blurb = "水利饮水安全认定，一户一行"

    户编号: HouseholdNumber = column(required=True)
    户主姓名: Text = column("农户姓名")
    供水方式: Annotated[str | None, code("供水方式")] = column(required=True)
    水量达标: YesNo = column("水量是否达标", "水量是否符合要求")
    水质达标: YesNo = column("水质是否达标", "水质是否符合要求")
    方便程度达标: YesNo = column("方便程度是否达标", "用水方便程度")
    保证率达标: YesNo = column("保证率是否达标", "供水保证率")
    结论: YesNo = column("饮水安全", required=True)
    水质报告编号: Code = column()
    认定日期: Day = column(own=("调查时间",))
    县: Text = column()
    乡镇: Text = column()
    村: Text = column()


class WaterWorks(Ledger):
    """A waterworks of a village."""

    title = "供水工程"
    family = "部门"
    anchors = ("村", "工程名称")
    blurb = "水利供水工程，一处一行"

    乡镇: Text = column()
    村: Text = column(required=True)
    工程名称: Text = column(required=True)
    计划完工日期: Day = column(future=True)
    完工日期: Day = column()
    水质检测日期: Day = column()
    报告编号: Code = column()
    县: Text = column()
    年度: Year = column("建设年度")
