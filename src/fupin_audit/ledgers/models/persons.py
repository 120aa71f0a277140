"""The members of registered households."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import Ledger, column
from fupin_audit.ledgers.types.kinds import (
    Day,
    HouseholdNumber,
    Month,
    Months,
    Phone,
    ResidentId,
    Text,
    Year,
    YesNo,
    code,
    many_codes,
)


class Person(Ledger):
    """One member of a registered household."""

    title = "人口"
    names = (
        "家庭成员",
        "人员信息",
        "人口信息",
        "脱贫人口",
        "贫困人口",
    )
    family = "系统"
    key = ("人编号",)
    alternative_key = ("证件号码",)
    merge = True
    anchors = ("户编号", "人编号")
    alternative_anchors = ("户编号", "证件号码")
    least_anchors = ("证件号码",)
    blurb = "全国系统的家庭成员信息，一人一行"

    户编号: HouseholdNumber = column(required=True)
    人编号: HouseholdNumber = column("人口编号", "人员编号")
    姓名: Text = column("家庭成员姓名", "成员姓名", "家庭成员", "居民姓名", required=True)
    性别: Annotated[str | None, code("性别")] = column()
    证件类型: Annotated[str | None, code("证件类型")] = column()
    证件号码: ResidentId = column(
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "证件号",
        "居民身份证号码",
        "身份证",
        "身份证明号码",
        "公民身份证号码",
        "证件号码(身份证)",
        "家庭成员身份证号",
        "身份证件号",
        "证号",
        required=True,
    )
    出生日期: Day = column("出生年月日", "学生出生日期", "出生时间", "出生年月")
    与户主关系: Annotated[str | None, code("与户主关系")] = column("与户主的关系", required=True)
    民族: Annotated[str | None, code("民族")] = column()
    文化程度: Annotated[str | None, code("文化程度")] = column()
    在校生状况: Annotated[str | None, code("在校生状况")] = column("在校生情况", "在校状况")
    失学辍学原因: Annotated[str | None, code("失学原因")] = column(
        "失学或辍学原因", "义务教育阶段未上学原因", "失辍学原因", "不在校原因", "缀学原因"
    )
    健康状况: Annotated[str | None, many_codes("健康状况")] = column("健康情况")
    劳动技能: Annotated[str | None, code("劳动技能")] = column("劳动能力", "劳动技能情况")
    务工状况: Annotated[str | None, code("务工状况")] = column("务工情况")
    务工所在地: Text = column()
    务工时间: Months = column("务工时间（月）", "务工时长", "务工月数")
    务工企业名称: Text = column("务工单位")
    公益性岗位类型: Text = column("公益岗位", "公益性岗位", "公益岗位类型")
    公益性岗位月数: Months = column("公益性岗位（月数）", "公益岗位（月数）", "公益岗位月数", "聘用月数")
    参加城乡居民医保: YesNo = column(
        "是否参加新农合",
        "是否参加城乡居民基本医疗保险",
        "是否参加新型农村合作医疗",
        "是否参加新型农村合作医疗（城乡居民基本医疗保险）",
        "是否参加城乡居民医保",
        "是否参加城乡居民医疗保险",
        "是否参加居民医保",
        "是否参加居民医疗保险",
        "是否参加居民基本医疗保险",
        "参加医保",
    )
    参加职工医保: YesNo = column(
        "是否参加城镇职工基本医疗保险",
        "是否参加职工基本医疗保险",
        "是否参加职工医疗保险",
        "是否参加职工医保",
    )
    参加大病保险: YesNo = column("参加大病医疗", "是否参加大病保险", "是否参加大病医疗")
    参加商业补充医保: YesNo = column("是否参加商业补充医疗保险")
    参加城乡居民养老: YesNo = column(
        "是否参加城乡居民基本养老保险",
        "是否参加新型养老保险",
        "是否参加城乡居民养老保险",
        "是否参加农村居民基本养老保险",
        "是否参加居民基本养老保险",
        "是否参加居民养老保险",
        "是否参加居民养老",
    )
    参加职工养老: YesNo = column(
        "是否参加城镇职工基本养老保险", "是否参加职工基本养老保险", "是否参加职工养老保险"
    )
    享受低保: YesNo = column(
        "是否享受低保",
        "是否享受最低生活保障",
        "是否享受农村居民最低生活保障",
        "是否低保",
        "享受低保政策情况",
    )
    特困供养: YesNo = column("是否特困供养人员", "是否特困供养", "享受特困供养政策情况")
    残疾类别: Annotated[str | None, code("残疾类别")] = column("残疾类型", "残疾属性")
    残疾等级: Annotated[str | None, code("残疾等级")] = column("残疾级别")
    政治面貌: Annotated[str | None, code("政治面貌")] = column()
    现役军人: YesNo = column("是否现役军人")
    成员电话: Phone = column(
        "成员联系电话",
        "人联系电话",
        "手机号码",
        "手机号",
        "本人联系电话",
        "家庭成员联系电话",
        "电话号码",
        own=("联系电话",),
    )
    人员识别年月: Month = column("人员识别时间", "贫困人员识别时间")
    成员状态: Annotated[str | None, code("成员状态")] = column("人员增减状态")
    增减原因: Text = column("人员增减原因")
    接受医疗救助: YesNo = column("是否接受医疗救助", "是否接受大病医疗救助")
    会讲普通话: YesNo = column("是否会讲普通话")
    就业渠道: Text = column("就业渠道（易地搬迁后扶使用）")


class PlatformPerson(Person):
    """The same member in the second, local system."""

    title = "平台人口"
    blurb = "第二套系统（精准扶贫大数据平台、“六有”平台等）的人口信息，字段同“人口”"


class EarlierPerson(Ledger):
    """What an earlier year's export said of a person whom a later one has too."""

    title = "往年人口"
    family = "系统"
    earlier_of = "人口"
    anchors = ("户编号", "人编号")
    alternative_anchors = ("户编号", "证件号码")
    blurb = (
        "早一年的人口信息，供规则与上一年比；把两个年度的人口导出放在一起就有，也可用 --as 往年人口=文件 指明"
    )

    户编号: HouseholdNumber = column()
    人编号: HouseholdNumber = column()
    姓名: Text = column()
    证件号码: ResidentId = column()
    年度: Year = column()
    在校生状况: Annotated[str | None, code("在校生状况")] = column()
    务工时间: Months = column()
