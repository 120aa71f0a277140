"""Posts, graduates and small loans."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import BENEFIT, column
from fupin_audit.ledgers.models.departments import PersonRecord
from fupin_audit.ledgers.types.kinds import (
    Code,
    Day,
    HouseholdNumber,
    Month,
    Number,
    Text,
    Year,
    YesNo,
    Yuan,
    code,
)


class PublicPost(PersonRecord):
    """A paid post the county created for a poor person."""

    title = "公益岗位"
    kind = BENEFIT
    names = (
        "公益岗",
        "公益性岗位",
    )
    kinds = ("护林员", "保洁员", "护路员", "管护员", "护河员", "巡河员", "协管员", "光伏公益岗")
    blurb = "人社公益性岗位，一人一岗一行"

    岗位类型: Annotated[str | None, code("公益岗位")] = column("岗位名称", required=True)
    聘用日期: Day = column("上岗日期", "上岗时间", "聘用时间", own=("合同开始日期",))
    解聘日期: Day = column("离岗日期", "离岗时间", "解聘时间", own=("合同结束日期",))
    月补贴: Yuan = column("月岗位补贴", "岗位补贴标准", own=("月工资", "月补助", "月补贴标准", "管护补助"))


class Graduate(PersonRecord):
    """A graduate of a registered household."""

    title = "高校毕业生"
    names = ("毕业生",)
    blurb = "人社高校毕业生就业，一人一行"

    毕业年度: Year = column("毕业年份", required=True)
    院校: Text = column("毕业院校")
    就业状态: Annotated[str | None, code("就业状态")] = column(required=True)
    就业单位: Text = column()


class MicroLoan(PersonRecord):
    """One small loan to a registered household."""

    title = "小额信贷"
    names = (
        "小额贷款",
        "信贷",
    )
    blurb = "扶贫小额信贷，一笔一行"

    合同号: Code = column("合同编号", required=True)
    贷款金额: Yuan = column(required=True)
    利率: Number = column("年利率", note="百分数，4.35 表示 4.35%")
    发放日期: Day = column("放款日期", "放款时间", "贷款日期", "贷款时间", "借款日期", required=True)
    到期日期: Day = column("到期时间", "贷款到期日", "到期日", required=True, future=True)
    展期到期日: Day = column("展期到期日期", future=True)
    余额: Yuan = column("贷款余额")
    逾期: YesNo = column("是否逾期")
    贷款用途: Text = column()
    用款主体: Text = column()
    银行: Text = column("贷款银行", "承贷银行", "放贷银行")


class PlannedWork(PersonRecord):
    """A person who means to go away for work."""

    title = "计划务工"
    names = (
        "计划外出务工",
        "外出务工意愿",
    )
    blurb = "计划外出务工，一人一行"

    户编号: HouseholdNumber = column()
    计划务工所在地: Text = column("计划务工地点", "拟务工地点", "意向务工地")
    计划务工时间: Month = column("计划外出时间", "拟外出时间")
