"""Civil affairs and social insurance: who is kept, insured, paid."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.models.departments import PersonRecord
from fupin_audit.ledgers.types.kinds import (
    Account,
    Day,
    HouseholdNumber,
    Integer,
    PrivateNumber,
    Text,
    Year,
    Yuan,
    code,
)


class Allowance(PersonRecord):
    """A person on the roll of the minimum living allowance."""

    title = "低保"
    blurb = "民政低保名册，一人一行；整户保障的户金额写在户主行"

    户主姓名: Text = column()
    保障类别: Annotated[str | None, code("低保类别")] = column("低保类别")
    保障方式: Annotated[str | None, code("保障方式")] = column()
    保障人数: Integer = column()
    月保障金: Yuan = column("月保障金额", "月补差金额", "月低保金", required=True)
    开始日期: Day = column("享受开始日期")
    停止日期: Day = column("停发日期")
    状态: Annotated[str | None, code("待遇状态")] = column("低保状态")


class Destitute(PersonRecord):
    """A person without means or family, kept by the state."""

    title = "特困"
    blurb = "民政特困供养名册，一人一行"

    供养方式: Annotated[str | None, code("供养方式")] = column()
    月供养金: Yuan = column("月供养金额", required=True)
    状态: Annotated[str | None, code("待遇状态")] = column()


class EmergencyRelief(PersonRecord):
    """One payment of emergency relief."""

    title = "临时救助"
    blurb = "民政临时救助，一笔一行"

    救助原因: Text = column()
    金额: Yuan = column("救助金额", required=True)
    日期: Day = column("救助日期", required=True)


class Disabled(PersonRecord):
    """A holder of a disability certificate."""

    title = "残疾人"
    blurb = "残联持证残疾人名册，一人一行"

    残疾证号: PrivateNumber = column("残疾人证号", "残疾证号码", "残疾人证号码", required=True)
    残疾类别: Annotated[str | None, code("残疾类别")] = column(required=True)
    残疾等级: Annotated[str | None, code("残疾等级")] = column(required=True)
    发证日期: Day = column("发证时间")
    有效期至: Day = column("有效期", future=True)
    生活补贴月标准: Yuan = column("困难残疾人生活补贴")
    护理补贴月标准: Yuan = column("重度残疾人护理补贴")


class Pension(PersonRecord):
    """A person's pension insurance in one year."""

    title = "养老保险"
    blurb = "人社养老保险，一人一年一行"
    yearly = True

    年度: Year = column(required=True)
    参保状态: Annotated[str | None, code("参保状态")] = column(required=True)
    缴费金额: Yuan = column()
    代缴金额: Yuan = column()
    领取状态: Annotated[str | None, code("待遇状态")] = column()
    月养老金: Yuan = column("月待遇")


class SubsidyPayment(PersonRecord):
    """One subsidy paid to the one-card account."""

    title = "一卡通发放"
    blurb = "财政惠民惠农补贴“一卡通”发放，一笔一行"

    户编号: HouseholdNumber = column()
    账号: Account = column()
    补贴项目: Text = column("补贴项目名称", required=True)
    金额: Yuan = column("发放金额", "补贴金额", required=True)
    发放日期: Day = column("发放时间", required=True)
    发放状态: Text = column()


class Disaster(Ledger):
    """Damage a disaster did to a household."""

    title = "受灾"
    family = "部门"
    anchors = ("户编号",)
    blurb = "应急受灾情况，一户一次灾害一行"

    户编号: HouseholdNumber = column(required=True)
    灾种: Text = column("灾害种类", required=True)
    受灾日期: Day = column("受灾时间", required=True)
    损失金额: Yuan = column("直接经济损失")
    帮扶措施: Text = column()
