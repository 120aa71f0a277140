"""Projects, money and the assets they leave."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import Ledger, Spread, column
from fupin_audit.ledgers.types.kinds import (
    Account,
    Code,
    Day,
    HouseholdNumber,
    Integer,
    Number,
    ResidentId,
    TenThousandYuan,
    Text,
    Year,
    YesNo,
    Yuan,
    code,
)


class Project(Ledger):
    """One project in the county's pool."""

    title = "项目库"
    family = "项目"
    anchors = ("项目编号",)
    blurb = "县级项目库，一个项目一行"

    项目编号: Code = column("项目编码", required=True)
    项目名称: Text = column(required=True)
    项目类别: Text = column("项目类型")
    县: Text = column()
    乡镇: Text = column()
    村: Text = column()
    入库日期: Day = column("入库时间")
    批复日期: Day = column("批复时间")
    预算: TenThousandYuan = column("项目预算", "预算总投资")
    开工日期: Day = column()
    计划完工日期: Day = column(future=True)
    完工日期: Day = column("完工时间")
    验收日期: Day = column()
    公示日期: Day = column("公示时间")
    公告日期: Day = column("公告时间")
    带动户数: Integer = column()


class FundLine(Ledger):
    """One line of the account of funds."""

    title = "资金台账"
    names = ("资金使用",)
    family = "项目"
    anchors = ("资金文号",)
    blurb = "扶贫资金台账，一笔一行"

    资金文号: Text = column("文号", "资金下达文号", required=True)
    年度: Year = column(required=True)
    县: Text = column(required=True)
    资金类型: Annotated[str | None, code("资金类型")] = column(required=True)
    级次: Annotated[str | None, code("资金级次")] = column("资金级次")
    下达日期: Day = column("下达时间")
    下达金额: Yuan = column()
    项目编号: Code = column()
    支出日期: Day = column("支出时间")
    支出金额: Yuan = column()


class Asset(Ledger):
    """What the money bought and who keeps it."""

    title = "扶贫资产"
    names = ("资产台账",)
    family = "项目"
    anchors = ("资产编号",)
    blurb = "扶贫项目资产，一项一行"

    资产编号: Code = column("资产编码", required=True)
    资产名称: Text = column(required=True)
    资产类型: Annotated[str | None, code("资产类型")] = column("资产类别")
    项目编号: Code = column()
    形成年度: Year = column("资产形成年度", required=True)
    原值: Yuan = column("资产原值", required=True)
    所有权人: Text = column("所有权归属")
    确权登记: YesNo = column("是否确权登记", "是否确权")
    管护责任人: Text = column("管护人")
    经营主体: Text = column()
    年收益: Yuan = column()


class Dividend(Ledger):
    """A household's share in what an asset earned."""

    title = "收益分配"
    names = (
        "分红",
        "资产收益",
    )
    family = "项目"
    anchors = ("户编号",)
    blurb = "资产收益分配，一户一笔一行"

    资产编号: Code = column()
    项目编号: Code = column()
    村: Text = column(required=True, own=("村居",))
    户编号: HouseholdNumber = column(required=True)
    年度: Year = column(required=True)
    份额: Number = column("分配份额", note="百分数，25 表示 25%")
    金额: Yuan = column("分配金额", required=True)
    发放日期: Day = column("分配日期", "分配时间")
    县: Text = column()
    乡镇: Text = column()
    户主姓名: Text = column()
    户主证件号码: ResidentId = column()
    账号: Account = column("一折通卡号", "一卡通账号")
    发放状态: Text = column("拨款状态")


class Industry(Ledger):
    """A business a household takes part in."""

    title = "产业项目"
    names = (
        "产业到户",
        "到户产业",
    )
    family = "项目"
    anchors = ("户编号",)
    spread = Spread((("项目名称", "养殖品种"),), cell="数量")
    blurb = "产业项目带动，一户一年一个项目一行"
    yearly = True

    户编号: HouseholdNumber = column(required=True)
    年度: Year = column(required=True)
    项目名称: Text = column(required=True)
    项目编号: Code = column()
    带动方式: Annotated[str | None, code("带动方式")] = column()
    经营主体: Text = column()
    收益: Yuan = column()
    乡镇: Text = column()
    村: Text = column()
    户主姓名: Text = column()
    户主证件号码: ResidentId = column()
    数量: Number = column()
    补助金额: Yuan = column()


class Pioneer(Ledger):
    """Someone who shows a village how to make money."""

    title = "致富带头人"
    names = ("带头人",)
    family = "项目"
    anchors = ("村", "姓名")
    blurb = "致富带头人及其带动的户，一人带一户一行"

    县: Text = column()
    乡镇: Text = column()
    村: Text = column(required=True)
    姓名: Text = column(required=True)
    证件号码: ResidentId = column()
    产业项目: Text = column()
    带动户编号: HouseholdNumber = column()


class CountyFunds(Ledger):
    """What a county itself put in within one year."""

    title = "财政投入"
    family = "项目"
    anchors = ("县", "年度")
    blurb = "县本级财政投入，一县一年一行"

    县: Text = column(required=True)
    年度: Year = column(required=True)
    本级投入: TenThousandYuan = column("县级财政投入", required=True)
