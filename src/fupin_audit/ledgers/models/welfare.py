"""Civil affairs and social insurance: who is kept, insured, paid."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import BENEFIT, Ledger, column
from fupin_audit.ledgers.models.departments import PersonRecord
from fupin_audit.ledgers.types.kinds import (
    Account,
    Day,
    HouseholdNumber,
    Integer,
    Phone,
    PrivateNumber,
    ResidentId,
    Text,
    Year,
    Yuan,
    code,
)


class Allowance(PersonRecord):
    """A person on the roll of the minimum living allowance."""

    title = "低保"
    lists_members = True
    kind = BENEFIT
    names = (
        "最低生活保障",
        "低收入",
        "城保名册",
        "农保名册",
        "低保边缘",
        "刚性支出",
    )
    blurb = "民政低保名册，一人一行；整户保障的户金额写在户主行"

    户主姓名: Text = column("姓名户主", "申请人姓名")
    保障类别: Annotated[str | None, code("低保类别")] = column(
        "低保类别",
        own=(
            "救助类别",
            "家庭类别",
            "救助类型",
            "享受政策类型",
            "类别",
        ),
    )
    保障方式: Annotated[str | None, code("保障方式")] = column()
    保障人数: Integer = column(
        own=(
            "保障人口",
            "享受人数",
            "每户保障人口数",
            "保障人口数",
        )
    )
    月保障金: Yuan = column(
        "月保障金额",
        "月补差金额",
        "月低保金",
        required=True,
        own=(
            "补贴金额",
            "家庭补差",
            "月补助金额",
            "月保障标准",
            "救助金额",
            "月救助金",
            "保障金额",
            "低保金额",
            "月补差",
            "补差金额",
        ),
    )
    开始日期: Day = column(
        "享受开始日期",
        "最初享受月",
        "最初享受月份",
        "纳入月份",
        "起始保障年月",
        "享受起始时间",
        "开始救助年月",
        "享受开始时间",
        "享受待遇时间",
        "起始享受时间",
    )
    停止日期: Day = column("停发日期", own=("结束时间",))
    状态: Annotated[str | None, code("待遇状态")] = column("低保状态", own=("账号状态",))
    户主证件号码: ResidentId = column("身份证号户主", "申请人身份证号", "申请人证件号码", "申请人身份证号码")
    户月保障金: Yuan = column("户月保障金额", "户月金额")
    分类施保金: Yuan = column("分类施保金额", "家庭分类施保总额", "家庭分类施保金额", "重点救助60元")
    低保证号: PrivateNumber = column("低保（特困）证号", "低保证编号")
    户籍类型: Text = column("户籍性质")
    与户主关系: Annotated[str | None, code("与户主关系")] = column("与低保户主关系", "与申请人关系")
    账号: Account = column("银行帐号", "银行账号", "一卡通账号", "一卡通帐号")
    联系电话: Phone = column()


class Destitute(PersonRecord):
    """A person without means or family, kept by the state."""

    title = "特困"
    lists_members = True
    kind = BENEFIT
    names = (
        "五保",
        "特困人员",
        "特困供养",
    )
    blurb = "民政特困供养名册，一人一行"

    供养方式: Annotated[str | None, code("供养方式")] = column("类型（集中/分散）", "供养类型")
    月供养金: Yuan = column(
        "月供养金额",
        required=True,
        own=(
            "基本生活总费用",
            "标准",
            "生活补助",
            "基本生活费",
        ),
    )
    状态: Annotated[str | None, code("待遇状态")] = column()
    户主姓名: Text = column()
    户主证件号码: ResidentId = column()
    保障人数: Integer = column("特困人员数")
    开始日期: Day = column("最初享受月份")
    照料护理费: Yuan = column("照料护理总费用", "护理标准", own=("护理费", "护理补贴"))
    分类施保金: Yuan = column("家庭分类施保总额")
    低保证号: PrivateNumber = column("特困证号")
    户籍类型: Text = column("户籍性质")
    账号: Account = column("银行卡号")
    联系电话: Phone = column()


class EmergencyRelief(PersonRecord):
    """One payment of emergency relief."""

    title = "临时救助"
    kind = BENEFIT
    names = (
        "临时困难",
        "临时生活救助",
        "急难救助",
    )
    blurb = "民政临时救助，一笔一行"

    姓名: Text = column(required=True, own=("收款人姓名",))
    救助原因: Text = column("困难原因", "申请事由")
    金额: Yuan = column("救助金额", required=True)
    日期: Day = column("救助日期", "救助时间", required=True, own=("审批日期", "审批时间"))
    户主姓名: Text = column()


class Disabled(PersonRecord):
    """A holder of a disability certificate."""

    title = "残疾人"
    kind = BENEFIT
    names = (
        "残疾",
        "残联",
        "两项补贴",
        "持证名册",
    )
    blurb = "残联持证残疾人名册，一人一行"

    残疾证号: PrivateNumber = column("残疾人证号", "残疾证号码", "残疾人证号码", required=True)
    残疾类别: Annotated[str | None, code("残疾类别")] = column("残疾类型", required=True)
    残疾等级: Annotated[str | None, code("残疾等级")] = column("残疾级别", required=True)
    发证日期: Day = column("发证时间", "办证日期")
    有效期至: Day = column("有效期", future=True)
    生活补贴月标准: Yuan = column("困难残疾人生活补贴", "生活补贴", "生活补贴（金额）")
    护理补贴月标准: Yuan = column("重度残疾人护理补贴", "护理补贴", "护理补贴（金额）")
    两项补贴类型: Text = column("残疾人保障类型1", "残疾人保障类型", "补贴类型")
    补贴金额: Yuan = column()
    状态: Annotated[str | None, code("待遇状态")] = column()
    户籍类型: Text = column("户籍类别")
    联系电话: Phone = column()


class Pension(PersonRecord):
    """A person's pension insurance in one year."""

    title = "养老保险"
    names = (
        "养老保险参保",
        "新农保",
        "养老金",
        "养老待遇",
        "城乡居保",
    )
    blurb = "人社养老保险，一人一年一行"
    yearly = True

    年度: Year = column(required=True)
    参保状态: Annotated[str | None, code("参保状态")] = column(required=True)
    缴费金额: Yuan = column()
    代缴金额: Yuan = column()
    领取状态: Annotated[str | None, code("待遇状态")] = column()
    月养老金: Yuan = column("月待遇")
    发放金额: Yuan = column("养老金发放金额")
    账号: Account = column("社保卡号", "银行账号")


class SubsidyPayment(PersonRecord):
    """One subsidy paid to the one-card account."""

    title = "一卡通发放"
    kind = BENEFIT
    names = (
        "补贴公示",
        "直补",
        "补贴清册",
        "补贴发放",
        "发放明细",
        "发放列表",
        "发放表",
        "发放清册",
        "补贴资金发放",
        "发放花名册",
        "兑付清册",
        "补贴兑付",
        "补助发放",
        "补贴花名册",
    )
    blurb = "财政惠民惠农补贴“一卡通”发放，一笔一行"

    姓名: Text = column(required=True, own=("收款人姓名", "姓名户主"))
    证件号码: ResidentId = column(
        required=True, own=("收款人证件号码", "收款人身份证号", "收款人身份证号码", "身份证号户主")
    )
    户编号: HouseholdNumber = column()
    账号: Account = column(
        "开户银行账号",
        "收款人账号",
        "银行账号",
        "一卡通存折号码",
        "存折账号",
        "存折号码",
        "一卡通卡号",
        "一卡通号",
        "一卡通账号",
        "打卡账号",
    )
    补贴项目: Text = column("补贴项目名称", required=True, own=("补贴类型",))
    金额: Yuan = column(
        "发放金额",
        "补贴金额",
        required=True,
        own=(
            "实际发放金额",
            "实发金额",
            "低保金",
            "补贴之金额",
        ),
    )
    发放日期: Day = column("发放时间", "领款时间", required=True)
    发放状态: Text = column()
    户主姓名: Text = column()
    户主证件号码: ResidentId = column()
    低保证号: PrivateNumber = column()


class Disaster(Ledger):
    """Damage a disaster did to a household."""

    title = "受灾"
    names = ("灾情",)
    family = "部门"
    anchors = ("户编号",)
    blurb = "应急受灾情况，一户一次灾害一行"

    户编号: HouseholdNumber = column(required=True)
    灾种: Text = column("灾害种类", required=True)
    受灾日期: Day = column("受灾时间", required=True)
    损失金额: Yuan = column("直接经济损失")
    帮扶措施: Text = column()


class ChildWelfare(PersonRecord):
    """A child the state keeps: an orphan, or one nobody in fact brings up."""

    title = "儿童保障"
    kind = BENEFIT
    names = (
        "孤儿",
        "事实无人抚养",
        "困境儿童",
        "儿童基本生活",
    )
    blurb = "孤儿、事实无人抚养儿童基本生活保障，一人一行"

    姓名: Text = column("孤儿姓名", "儿童姓名", "孤儿›姓名", required=True)
    证件号码: ResidentId = column("孤儿›身份证号", required=True)
    户主姓名: Text = column()
    户主证件号码: ResidentId = column()
    家庭人口: Integer = column()
    保障类型: Text = column("补助类型", "儿童类别", "儿童类型", "孤儿类别")
    供养方式: Annotated[str | None, code("供养方式")] = column("类型（集中/分散）")
    月保障金: Yuan = column(own=("标准", "补助金额", "补助标准", "发放标准", "发放金额"))
    账号: Account = column("银行卡号")


class Veteran(PersonRecord):
    """A person with preferential treatment as a veteran or the relative of one."""

    title = "优抚"
    names = (
        "抚恤补助",
        "抚恤对象",
    )
    blurb = "退役军人事务部门优抚对象，一人一行"

    人员类别: Text = column("优抚类别", "优抚对象类别")
    入伍日期: Day = column("入伍时间")
    退伍日期: Day = column("退伍时间", "退役时间")


class CardAccount(PersonRecord):
    """A person's account that subsidies are paid into."""

    title = "一卡通账户"
    names = (
        "补贴对象",
        "一卡通信息",
        "账户信息",
    )
    blurb = "惠民惠农补贴“一卡通”补贴对象及账户，一人一户头一行"

    户主姓名: Text = column()
    户主证件号码: ResidentId = column()
    与户主关系: Annotated[str | None, code("与户主关系")] = column()
    账号: Account = column("银行账号")
    账户名: Text = column("账户名称")
    开户银行: Text = column()
    状态: Text = column()
    联系电话: Phone = column()


class MedicalRelief(PersonRecord):
    """One payment of medical relief."""

    title = "医疗救助"
    kind = BENEFIT
    blurb = "医疗救助，一次一行"

    总费用: Yuan = column()
    基本医保支付: Yuan = column()
    大病保险支付: Yuan = column()
    救助金额: Yuan = column("医疗救助金额", "救助支付金额")
    个人自付: Yuan = column()
    日期: Day = column("救助日期", "救助时间")
