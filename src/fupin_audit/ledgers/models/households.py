"""The household in the national system: its standing record and its yearly account."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.types.kinds import (
    Account,
    HouseholdNumber,
    Income,
    Integer,
    Month,
    Mu,
    Number,
    Phone,
    ResidentId,
    SquareMetres,
    Text,
    Year,
    YesNo,
    Yuan,
    code,
    many_codes,
)


class Household(Ledger):
    """One registered household, whatever its year."""

    title = "户"
    lists_members = True
    names = (
        "户信息",
        "脱贫户",
        "贫困户",
        "户基本信息",
        "农户家庭信息",
    )
    family = "系统"
    key = ("户编号",)
    merge = True
    blurb = "全国系统的户信息，一户一行；人口导出表里每个成员行上重复的户信息也归到这里"

    省: Text = column("省（区、市）")
    市: Text = column("市（州、盟）", "地市")
    县: Text = column("县（市、区、旗）", "县（区）", "区县", "县区", "市区旗", required=True)
    乡镇: Text = column("乡", "乡（镇）", "镇", "乡镇（街道）", "乡镇名称", required=True)
    村: Text = column("行政村", "村（社区）", "村名", "所属村委会", required=True)
    组: Text = column("自然村", "自然村名", "村民小组", "村民组", "自然组", "组名")
    户编号: HouseholdNumber = column(
        "户编码",
        "贫困户编号",
        required=True,
        own=(
            "户号",
            "家庭编号",
            "户码",
        ),
    )
    户主姓名: Text = column("户主", "申请人姓名", "姓名户主", required=True)
    户主证件号码: ResidentId = column(
        "户主身份证号",
        "户主身份证号码",
        "户主身份证",
        "户主证件号",
        "身份证号户主",
        "户主公民身份号码",
        required=True,
    )
    家庭人口: Integer = column(
        "人数",
        "家庭人口数",
        "户人口",
        "家庭人数",
        "家庭成员数",
        required=True,
        own=("人口", "当前家庭人口数"),
    )
    联系电话: Phone = column(
        "户联系电话",
        "户主联系电话",
        "户主电话",
        own=("联系方式", "电话号码", "联系号码", "家庭电话"),
    )
    识别标准: Annotated[str | None, code("识别标准")] = column()
    户属性: Annotated[str | None, code("户属性")] = column("贫困户属性", own=("农户属性",))
    脱贫属性: Annotated[str | None, code("脱贫属性")] = column(required=True)
    识别年月: Month = column("首次识别时间", "识别时间", own=("识别年度",))
    脱贫年度: Year = column("脱贫年份", "脱贫时间")
    返贫年度: Year = column("返贫年份")
    主要致贫原因: Annotated[str | None, code("致贫原因")] = column(
        "致贫原因", "致贫原因1", "致(返)贫原因", "贫困原因", required=True
    )
    其他致贫原因: Annotated[str | None, many_codes("致贫原因")] = column(
        "次要致贫原因", "致贫原因2", "致贫原因3"
    )
    危房户: YesNo = column("是否危房户", "是否危房")
    饮水安全: YesNo = column("饮水是否安全", "是否解决安全饮用水", "是否解决安全饮水", "是否实现饮水安全")
    饮水困难: YesNo = column("饮水是否困难")
    人均纯收入: Income = column("家庭人均纯收入", "年人均纯收入")
    开户银行: Text = column("开户银行名称")
    银行账号: Account = column("银行卡号", "一卡通账号")
    失联: YesNo = column("是否失联", "失联户")
    户类型: Annotated[str | None, code("户类型")] = column("农户类型")
    失联原因: Text = column()
    整户无劳动能力兜底保障户: YesNo = column("是否整户无劳动能力兜底保障户")
    集中安置: YesNo = column("居住在异地扶贫搬迁集中安置区", "居住在易地扶贫搬迁集中安置区")


class HouseholdYear(Ledger):
    """A household's income, land and housing in one year."""

    title = "户年度"
    names = (
        "收支情况",
        "收入情况",
        "户收入",
        "生产生活条件",
        "家庭收入",
    )
    family = "系统"
    key = ("户编号", "年度")
    merge = True
    blurb = "全国系统的户年度信息，一户一年一行：收入、土地、住房、生产生活条件"
    yearly = True

    户编号: HouseholdNumber = column(required=True)
    年度: Year = column("年份", required=True)
    家庭人口: Integer = column()
    工资性收入: Income = column("工资性收入小计", "工资性收入合计", required=True)
    生产经营性收入: Income = column("经营性收入", "生产经营收入", "生产经营性收入合计", required=True)
    财产性收入: Income = column("财产性收入合计", "财产性收入小计", required=True)
    资产收益分红: Income = column("资产收益扶贫分红收入", "资产收益扶贫分红")
    其他财产性收入: Income = column()
    转移性收入: Income = column("转移性收入合计", "转移性收入小计", required=True)
    计划生育金: Income = column()
    低保金: Income = column("最低生活保障金")
    特困供养金: Income = column("五保金", "特困人员救助供养金")
    养老保险金: Income = column("养老金")
    生态补偿金: Income = column("生态补偿金小计")
    其他转移性收入: Income = column("其他转移性收入小计")
    生产经营性支出: Income = column(
        "经营性支出", "生产经营支出", "生产经营性支出合计", "生产经营性支出小计", required=True
    )
    年收入: Income = column("家庭年收入", "年总收入", "家庭总收入")
    纯收入: Income = column("家庭纯收入", "年纯收入", required=True)
    人均纯收入: Income = column(required=True)
    耕地面积: Mu = column()
    有效灌溉面积: Mu = column()
    林地面积: Mu = column()
    退耕还林面积: Mu = column()
    林果面积: Mu = column()
    牧草地面积: Mu = column()
    水面面积: Mu = column()
    住房面积: SquareMetres = column()
    住房安全等级: Annotated[str | None, code("住房等级")] = column("危房级别", "房屋等级", "住房等级")
    卫生厕所: YesNo = column("是否有卫生厕所")
    通生活用电: YesNo = column("是否通生活用电")
    通生产用电: YesNo = column("是否通生产用电")
    通广播电视: YesNo = column("是否通广播电视")
    入户路类型: Annotated[str | None, code("入户路")] = column()
    主要燃料: Annotated[str | None, code("燃料")] = column("主要燃料类型")
    加入合作社: YesNo = column("是否加入农民专业合作组织", "是否加入农民专业合作社", "是否加入合作社")
    龙头企业带动: YesNo = column("是否有龙头企业带动")
    致富带头人带动: YesNo = column("是否有创业致富带头人带动", "是否有致富带头人带动")
    合规自付支出: Yuan = column("其他合规自负支出", "合规自负支出")
    理赔收入: Income = column("家庭理赔收入", "其他理赔收入")
    与村主干路距离: Number = column(note="公里")
    通宽带: YesNo = column("是否通宽带")


class PlatformHousehold(Household):
    """The same household in the second, local system."""

    title = "平台户"
    blurb = "第二套系统（精准扶贫大数据平台、“六有”平台等）的户信息，字段同“户”"
