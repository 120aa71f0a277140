"""Households watched so that they do not fall back into poverty (2021 on)."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.types.kinds import (
    HouseholdNumber,
    Income,
    Integer,
    Month,
    Phone,
    ResidentId,
    Text,
    YesNo,
    code,
    many_codes,
)


class Monitored(Ledger):
    """One monitored household."""

    title = "监测对象"
    lists_members = True
    names = (
        "监测户",
        "防返贫",
        "监测信息",
    )
    family = "系统"
    key = ("户编号",)
    merge = True
    alternative_anchors = ("户主证件号码",)
    selective = True
    dated = "识别年月"
    blurb = "防止返贫监测对象，一户一行；按人导出的宽表同时归到“户”“人口”"

    县: Text = column(required=True)
    乡镇: Text = column(required=True)
    村: Text = column(required=True)
    户编号: HouseholdNumber = column(required=True)
    户主姓名: Text = column(required=True)
    户主证件号码: ResidentId = column(required=True)
    家庭人口: Integer = column(required=True)
    监测类别: Annotated[str | None, code("监测类别")] = column(
        "监测对象类别",
        "监测对象类型",
        "检测对象类别",
        "易返贫致贫户（监测对象）类型",
        "易返贫致贫户类型",
        "监测类型",
        "监测对象分类",
        required=True,
    )
    风险: Annotated[str | None, many_codes("风险")] = column(
        "致贫返贫风险",
        "致贫风险",
        "返贫风险",
        "返贫致贫风险",
        "风险类型",
        "致贫/返贫风险",
        "致贫/返贫风险1",
        "致贫/返贫风险2",
        "致贫/返贫风险3",
        "致贫/返贫风险4",
        "致贫/返贫风险5",
        "致贫返贫风险1",
        "致贫返贫风险2",
        "致贫返贫风险3",
        "致贫返贫风险4",
        "致贫返贫风险5",
        required=True,
    )
    识别年月: Month = column(
        "识别监测时间",
        "风险识别时间",
        "识别检测时间",
        "纳入监测时间",
        required=True,
        own=("纳入时间", "识别时间"),
    )
    人均收入: Income = column(
        "人均参考范围",
        "纳入监测对象的人均收入参考范围",
        "纳入监测对象人均收入参考范围",
        "纳入易返贫致贫户的人均收入参考范围",
        "人均收入参考范围",
    )
    风险消除: YesNo = column(
        "风险是否已消除", "风险是否消除", "是否解除监测", "是否消除风险", "是否已消除风险", "风险已消除"
    )
    消除年月: Month = column("消除监测时间", "风险消除时间", "解除监测时间", "消除时间")
    消除方式: Annotated[str | None, code("消除方式")] = column("风险消除方式")
    失学辍学: YesNo = column("是否义务教育阶段适龄儿童少年失学辍学")
    住房安全问题: YesNo = column("是否住房出现安全问题")
    饮水安全问题: YesNo = column("是否饮水出现安全问题")
    未参加医保: YesNo = column(
        "是否有家庭成员未参加城乡居民（职工）基本医疗保险", "是否有家庭成员未参加城乡居民基本医疗保险"
    )
    开发式帮扶: YesNo = column("实施开发式帮扶措施情况")
    消除后失学辍学: YesNo = column("风险消除后是否义务教育阶段适龄儿童少年失学辍学")
    消除后住房安全问题: YesNo = column("风险消除后是否住房出现安全问题", "风险消除后是否住房损毁")
    消除后饮水安全问题: YesNo = column("风险消除后是否饮水出现安全问题", "风险消除后是否饮水设施损毁")
    消除后未参加医保: YesNo = column(
        "风险消除后是否有家庭成员未参加城乡居民（职工）基本医疗保险",
        "风险消除后是否有家庭成员未参加城乡居民基本医疗保险",
    )
    消除后人均纯收入: Income = column("风险消除后人均纯收入", "风险消除后家庭人均纯收入")
    监测联系人: Text = column()
    监测联系人电话: Phone = column("监测联系人联系电话")
    因自然灾害子项: Text = column("自然灾害子项")
    其他备注: Text = column("风险其他备注")
    整户无劳动能力兜底保障户: YesNo = column("是否整户无劳动能力兜底保障户")
    收入参考范围: Income = column(
        "纳入监测对象的收入参考范围", "纳入监测对象收入参考范围", "纳入易返贫致贫户的收入参考范围"
    )
    纯收入: Income = column("家庭纯收入")
    理赔收入: Income = column("家庭理赔收入")
    合规自付支出: Income = column()
    消除后工资性收入: Income = column("风险消除后工资性收入")
    消除后财产性收入: Income = column("风险消除后财产性收入")
    消除后转移性收入: Income = column("风险消除后转移性收入")
    消除后生产经营性收入: Income = column("风险消除后生产经营性收入")
    消除后生产经营性支出: Income = column("风险消除后生产经营性支出")
    消除后纯收入: Income = column("风险消除后家庭纯收入", "风险消除后纯收入")
    消除后理赔收入: Income = column("风险消除后理赔收入")
    消除后合规自付支出: Income = column("风险消除后合规自付支出")
