"""Registers of people and property that betray a wrong registration."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.models.departments import PersonRecord
from fupin_audit.ledgers.types.kinds import (
    Day,
    Income,
    Integer,
    ResidentId,
    SquareMetres,
    TenThousandYuan,
    Text,
    code,
)


class CivilRegister(PersonRecord):
    """A person in the police register of residents."""

    title = "户籍"
    blurb = "公安户籍，一人一行"

    村: Text = column()
    户号: Text = column("户口簿号")
    与户主关系: Annotated[str | None, code("与户主关系")] = column()
    人员状态: Annotated[str | None, code("人员状态")] = column("户籍状态", required=True)
    注销日期: Day = column()


class PublicPayroll(PersonRecord):
    """A person paid from public funds."""

    title = "财政供养"
    blurb = "财政供养人员，一人一行"

    单位: Text = column("单位名称", "工作单位", required=True)
    编制类型: Text = column()


class BusinessRegister(PersonRecord):
    """A person's part in an enterprise."""

    title = "工商登记"
    blurb = "市场监管企业登记，一人一企业一行"

    企业名称: Text = column(required=True)
    身份: Annotated[str | None, code("企业身份")] = column()
    注册资本: TenThousandYuan = column()
    成立日期: Day = column()
    企业状态: Text = column("登记状态")


class Vehicle(PersonRecord):
    """A registered vehicle and its owner."""

    title = "车辆"
    blurb = "交警车辆登记，一车一行"

    姓名: Text = column("所有人", required=True)
    车牌: Text = column("车牌号", "号牌号码")
    品牌: Text = column()
    车型: Annotated[str | None, code("车型")] = column("车辆类型")
    登记日期: Day = column()
    价格: TenThousandYuan = column()


class RealEstate(PersonRecord):
    """Registered real estate and its owner."""

    title = "不动产"
    blurb = "不动产登记，一处一行"

    姓名: Text = column("权利人", required=True)
    坐落: Text = column()
    用途: Text = column()
    面积: SquareMetres = column()
    登记日期: Day = column()


class FarmHousehold(Ledger):
    """A farm household that is not registered as poor."""

    title = "一般农户"
    family = "部门"
    anchors = ("户主证件号码",)
    blurb = "未建档立卡的一般农户、边缘户，一户一行（查漏登用）"

    县: Text = column()
    乡镇: Text = column()
    村: Text = column(required=True)
    户主姓名: Text = column(required=True)
    户主证件号码: ResidentId = column(required=True)
    家庭人口: Integer = column(required=True)
    人均纯收入: Income = column()
    住房安全等级: Annotated[str | None, code("住房等级")] = column()
    农户类别: Annotated[str | None, code("农户类别")] = column()
