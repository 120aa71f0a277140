"""Visits, cadres in the village, second looks, mending and targets."""

from __future__ import annotations

from typing import Annotated

from fupin_audit.ledgers.base import OFFICIAL, Ledger, column
from fupin_audit.ledgers.types.kinds import (
    Code,
    Day,
    HouseholdNumber,
    Number,
    Phone,
    ResidentId,
    Text,
    Year,
    YesNo,
    code,
)


class Call(Ledger):
    """One visit of a helper to a household."""

    title = "走访记录"
    names = ("走访",)
    family = "治理"
    anchors = ("户编号",)
    blurb = "走访记录，一次一行"

    户编号: HouseholdNumber = column(required=True)
    走访人: Text = column(required=True)
    走访身份: Annotated[str | None, code("走访身份")] = column(required=True)
    日期: Day = column("走访日期", "走访时间", required=True)
    内容: Text = column("走访内容")


class Cadre(Ledger):
    """A cadre sent to live in a village."""

    title = "驻村干部"
    names = (
        "驻村",
        "工作队",
        "第一书记",
    )
    family = "治理"
    anchors = ("村", "姓名")
    blurb = "驻村第一书记和工作队员，一人一段任期一行"

    县: Text = column()
    乡镇: Text = column()
    村: Text = column(
        required=True,
        own=(
            "负责村",
            "驻村",
            "所驻村",
            "驻村名称",
        ),
    )
    姓名: Text = column(required=True)
    职务: Annotated[str | None, code("驻村职务")] = column("工作队职务", required=True)
    派出单位: Text = column(
        own=(
            "单位",
            "选派单位",
        )
    )
    开始日期: Day = column("任职日期", "任职时间")
    结束日期: Day = column()
    证件号码: ResidentId = column()
    联系电话: Phone = column("联系方式")
    队伍类型: Text = column("驻村工作队类型")


class SecondLook(Ledger):
    """A second look at a household that left poverty."""

    title = "回头看"
    family = "治理"
    anchors = ("户编号",)
    blurb = "脱贫户回头看，一次一行"

    户编号: HouseholdNumber = column(required=True)
    日期: Day = column("回头看日期", required=True)
    结论: Text = column(required=True)
    需回头帮: YesNo = column("是否需要回头帮")


class Issue(Ledger):
    """A problem found elsewhere and how far it is mended."""

    title = "问题整改"
    names = (
        "整改台账",
        "问题清单",
    )
    family = "治理"
    anchors = ("问题编号",)
    blurb = "各级反馈问题整改台账，一个问题一行"

    问题编号: Code = column(required=True)
    来源: Text = column("问题来源", required=True)
    县: Text = column()
    乡镇: Text = column()
    村: Text = column()
    户编号: HouseholdNumber = column()
    问题描述: Text = column(required=True)
    责任单位: Text = column(required=True)
    整改时限: Day = column("整改期限", required=True, future=True)
    完成日期: Day = column("整改完成日期", "完成时间")
    状态: Annotated[str | None, code("整改状态")] = column("整改状态", required=True)
    责任人: Text = column("整改责任人")
    佐证编号: Code = column()
    规则: Text = column("规则编号")


class Target(Ledger):
    """A figure a county has promised to reach."""

    title = "目标任务"
    family = "治理"
    anchors = ("县", "指标")
    blurb = "目标任务，一县一年一个指标一行"

    县: Text = column(required=True)
    年度: Year = column(required=True)
    指标: Text = column("指标名称", required=True)
    目标值: Number = column(required=True)
    完成值: Number = column()


class VillageOfficial(Ledger):
    """A village official and his near relatives."""

    title = "村干部"
    kind = OFFICIAL
    names = (
        "村两委",
        "村“两委”",
    )
    family = "治理"
    anchors = ("证件号码",)
    blurb = "村“两委”干部及近亲属，一人（一亲属）一行"

    县: Text = column()
    乡镇: Text = column()
    村: Text = column(required=True)
    姓名: Text = column(required=True)
    证件号码: ResidentId = column(required=True)
    职务: Text = column(own=("村干部职务", "村两委职务"))
    亲属姓名: Text = column("近亲属姓名")
    亲属证件号码: ResidentId = column("近亲属证件号码", "近亲属身份证号", "亲属身份证号")
    关系: Text = column("亲属关系", "与村干部关系")
