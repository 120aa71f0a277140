"""Registers of people and property that betray a wrong registration."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import ASSET, Ledger, column
from fupin_audit.ledgers.models.departments import PersonRecord
from fupin_audit.ledgers.types.kinds import (
    Code,
    Day,
    Income,
    Integer,
    ResidentId,
    SquareMetres,
    TenThousandYuan,
    Text,
    Yuan,
    code,
)


class CivilRegister(PersonRecord):
    """A person in the police register of residents."""

    title = "户籍"
    names = ("常住人口", "户口簿", "户籍人口")
    blurb = "公安户籍，一人一行"

    村: Text = column()
    户号: Code = column("户口簿号", "户口号")
    与户主关系: Annotated[str | None, code("与户主关系")] = column()
    人员状态: Annotated[str | None, code("人员状态")] = column("户籍状态", required=True)
    注销日期: Day = column()
    户主姓名: Text = column()


class PublicPayroll(PersonRecord):
    """A person paid from public funds."""

    title = "财政供养"
    kind = ASSET
    names = (
        "公职人员",
        "工资统发",
        "在编人员",
    )
    blurb = "财政供养人员，一人一行"

    姓名: Text = column("公职人员姓名", "职工姓名", required=True)
    单位: Text = column(
        "单位名称",
        "工作单位",
        required=True,
        own=(
            "现工作单位",
            "所在单位",
        ),
    )
    编制类型: Text = column(
        own=(
            "单位性质",
            "人员性质",
            "编制性质",
        )
    )
    职务: Text = column("现担任职务")
    配偶证件号码: ResidentId = column("配偶身份证号")


class BusinessRegister(PersonRecord):
    """A person's part in an enterprise."""

    title = "工商登记"
    kind = ASSET
    names = (
        "工商",
        "企业法人",
        "高级管理人员",
        "个体工商户",
        "市场主体",
        "营业执照",
    )
    blurb = "市场监管企业登记，一人一企业一行"

    企业名称: Text = column(required=True)
    身份: Annotated[str | None, code("企业身份")] = column(own=("职务",))
    注册资本: TenThousandYuan = column()
    成立日期: Day = column()
    企业状态: Text = column(
        "登记状态",
        own=(
            "在业状态",
            "经营状态",
        ),
    )
    统一社会信用代码: Text = column("所属企业的统一社会信用代码", "社会信用代码")


class Vehicle(PersonRecord):
    """A registered vehicle and its owner."""

    title = "车辆"
    kind = ASSET
    names = ("机动车",)
    blurb = "交警车辆登记，一车一行"

    姓名: Text = column("所有人", "车辆所有人", required=True)
    车牌: Text = column("车牌号", "号牌号码")
    品牌: Text = column("中文品牌", "车辆品牌")
    车型: Annotated[str | None, code("车型")] = column("车辆类型", "车辆型号", "号牌种类")
    登记日期: Day = column(
        own=(
            "初次登记日期",
            "初次登记时间",
            "注册日期",
        )
    )
    价格: TenThousandYuan = column()
    使用性质: Text = column()
    状态: Text = column("机动车状态")


class RealEstate(PersonRecord):
    """Registered real estate and its owner."""

    title = "不动产"
    kind = ASSET
    names = (
        "房产",
        "二手房",
        "商品房",
    )
    blurb = "不动产登记，一处一行"

    证件号码: ResidentId = column(
        required=True, own=("买方证件号", "买方证件号码", "权利人证件号", "权利人证件号码")
    )
    姓名: Text = column(
        "权利人",
        required=True,
        own=(
            "买方姓名",
            "产权所有人",
            "所有权人",
            "产权人",
        ),
    )
    坐落: Text = column("房地坐落", "房屋坐落", "不动产坐落")
    用途: Text = column(
        own=(
            "规划用途",
            "房屋用途",
        )
    )
    面积: SquareMetres = column(own=("建筑面积",))
    登记日期: Day = column(
        own=(
            "交易日期",
            "登记时间",
            "房产登记日",
        )
    )
    产权证号: Text = column("不动产权证号", "房产证号")
    交易金额: Yuan = column()
    卖方证件号码: ResidentId = column("卖方证件号")


class FarmHousehold(Ledger):
    """A farm household that is not registered as poor."""

    title = "一般农户"
    names = ("边缘户",)
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


class HousingFund(PersonRecord):
    """A person's account with the housing fund."""

    title = "公积金"
    kind = ASSET
    blurb = "住房公积金缴存，一人一行"

    姓名: Text = column("个人姓名", required=True)
    单位: Text = column("缴存单位", own=("单位名称", "所在单位"))
    缴存基数: Yuan = column("月缴存基数", "缴存工资基数")
    月缴额: Yuan = column("个人缴交", "月缴存额")
    缴存状态: Text = column("账户状态", "个人账户状态")
    余额: Yuan = column("缴存余额", "账户余额")


class Death(PersonRecord):
    """A person who has died, as the funeral or health office knows."""

    title = "死亡"
    names = (
        "火化",
        "殡葬",
        "注销户口",
    )
    blurb = "死亡人员（殡葬、卫健、公安），一人一行；在名册上就是已死亡"

    死亡日期: Day = column("死亡时间", "去世日期")
    火化日期: Day = column("火化时间")
    来源: Text = column("数据来源")
