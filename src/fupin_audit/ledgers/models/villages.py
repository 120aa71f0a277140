"""The village in one year."""

from __future__ import annotations

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.types.kinds import Code, Integer, TenThousandYuan, Text, Year, YesNo


class Village(Ledger):
    """A village in one year: its people, income and public services."""

    title = "村"
    names = (
        "行政村信息",
        "村信息",
        "村情",
    )
    family = "系统"
    key = ("县", "乡镇", "村", "年度")
    anchors = ("村",)
    blurb = "行政村信息，一村一年一行"

    县: Text = column(required=True)
    乡镇: Text = column(required=True)
    村: Text = column(required=True)
    村编号: Code = column("行政村编号", "村编码")
    年度: Year = column(required=True)
    贫困村: YesNo = column("是否贫困村")
    出列年度: Year = column("脱贫出列年度", "退出年度")
    总户数: Integer = column()
    总人口: Integer = column("总人口数")
    贫困户数: Integer = column("建档立卡贫困户数")
    贫困人口: Integer = column("建档立卡贫困人口数", "贫困人口数")
    集体经济收入: TenThousandYuan = column("村级集体经济收入", "村集体经济收入")
    生产经营性收入: TenThousandYuan = column("集体经济生产经营性收入")
    标准化卫生室: YesNo = column("卫生室", "是否有标准化卫生室")
    合格村医数: Integer = column("执业（助理）医师", "行政村执业（助理）医师", "村医数")
    文化服务中心: YesNo = column("综合性文化服务中心", "是否有综合性文化服务中心")
    通有线电视: YesNo = column()
    通宽带: YesNo = column()
    通客车: YesNo = column("客运班车", "是否通客运班车")
    通硬化路: YesNo = column("到乡镇是否通沥青（水泥）路", "是否通硬化路", "通沥青（水泥）路")
    集中供水: YesNo = column("是否集中供水")
    水质检测报告: YesNo = column("是否有水质检测报告")
    合作社数: Integer = column("农民专业合作社数")
    家庭农场数: Integer = column()
    主导产业: Text = column()
    产业技术指导员数: Integer = column()
    致富带头人数: Integer = column()
    挂图作战上墙: YesNo = column("挂图作战是否上墙")
    低保户数: Integer = column()
    低保人口: Integer = column("低保人口数")
    特困人口: Integer = column("特困供养人口数")
    残疾人口: Integer = column("残疾人口数")
    危房户数: Integer = column()
    未实现饮水安全户数: Integer = column()
