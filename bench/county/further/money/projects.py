"""Projects, the money spent on them, the assets they left, and what these earn for households."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from county.further.family import Family, table
from county.further.poverty_office.helping import industry_project
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, Village

_TABLES = {
    "项目库": table(
        "项目库",
        "项目编号 项目名称 项目类别 县 乡镇 村 入库日期 批复日期 预算 开工日期 计划完工日期 完工日期 验收日期 公示日期 公告日期 带动户数",
    ),
    "资金台账": table(
        "资金台账", "资金文号 年度 县 资金类型 级次 下达日期 下达金额 项目编号 支出日期 支出金额"
    ),
    "扶贫资产": table(
        "扶贫资产",
        "资产编号 资产名称 资产类型 项目编号 形成年度 原值 所有权人 确权登记 管护责任人 经营主体 年收益",
    ),
    "收益分配": table("收益分配", "资产编号 项目编号 村 户编号 年度 份额 金额 发放日期"),
}
_SPECIAL, _POOLED = "财政专项扶贫资金", "统筹整合涉农资金"


@dataclass(frozen=True, slots=True)
class _Plan:
    """A project every village has had.

    Attributes:
        year, order: of its number.
        name, kind: 项目名称 without the village, 项目类别.
        fund: 资金类型.
        granted, spent: yuan.
        asset: 资产类型 of what it left.
    """

    year: int
    order: int
    name: str
    kind: str
    fund: str
    granted: float
    spent: float
    asset: str

    def number(self, village: Village) -> str:
        return f"XM{self.year}{village.index + 1:04d}{self.order:02d}"


_HERD = _Plan(2018, 1, "肉牛养殖小区", "产业发展", _SPECIAL, 200_000, 200_000, "经营性")
_PLANS = (
    _HERD,
    _Plan(2019, 1, "村内道路硬化", "基础设施", _SPECIAL, 150_000, 148_500, "公益性"),
    _Plan(AUDIT_YEAR, 1, "食用菌大棚", "产业发展", _SPECIAL, 300_000, 291_000, "经营性"),
    _Plan(AUDIT_YEAR, 2, "饮水巩固提升", "基础设施", _POOLED, 100_000, 90_000, "公益性"),
)


def _project(village: Village, plan: _Plan) -> Record:
    place: Row = {name: village.place[name] for name in ("县", "乡镇", "村")}
    return Record(
        "项目库",
        place
        | {
            "项目编号": plan.number(village),
            "项目名称": f"{village.place['村']}{plan.name}",
            "项目类别": plan.kind,
            "入库日期": date(plan.year - 1, 11, 20),
            "公示日期": date(plan.year - 1, 11, 25),
            "公告日期": date(plan.year, 2, 15),
            "带动户数": len(village.dossiers),
            "批复日期": date(plan.year, 2, 10),
            "预算": plan.granted / 10_000,
            "开工日期": date(plan.year, 3, 20),
            "计划完工日期": date(plan.year, 6, 20) if plan.fund == _POOLED else date(plan.year, 9, 30),
            "完工日期": date(plan.year, 6, 5) if plan.fund == _POOLED else date(plan.year, 9, 10),
            "验收日期": date(plan.year, 10, 8),
        },
    )


def _money(village: Village, plan: _Plan) -> list[Record]:
    """What was granted, and what was spent in two payments."""
    line: Row = {
        "资金文号": f"财农〔{plan.year}〕{village.index + 1}号",
        "年度": plan.year,
        "县": village.place["县"],
        "资金类型": plan.fund,
        "级次": "中央" if plan.fund == _SPECIAL else "省级",
        "下达日期": None,
        "下达金额": None,
        "项目编号": plan.number(village),
        "支出日期": None,
        "支出金额": None,
    }
    half = plan.spent / 2
    return [
        Record("资金台账", line | {"下达日期": date(plan.year, 2, 20), "下达金额": plan.granted}),
        Record("资金台账", line | {"支出日期": date(plan.year, 5, 10), "支出金额": half}),
        Record("资金台账", line | {"支出日期": date(plan.year, 10, 20), "支出金额": half}),
    ]


def _asset(village: Village, plan: _Plan, keeper: str, earned: float | None) -> Record:
    return Record(
        "扶贫资产",
        {
            "资产编号": f"ZC{plan.number(village)[2:]}",
            "资产名称": f"{village.place['村']}{plan.name}",
            "资产类型": plan.asset,
            "项目编号": plan.number(village),
            "形成年度": plan.year,
            "原值": plan.spent,
            "所有权人": f"{village.place['村']}村集体",
            "确权登记": True,
            "管护责任人": keeper,
            "经营主体": f"{village.place['村']}合作社" if plan.asset == "经营性" else None,
            "年收益": earned,
        },
    )


def _shares(village: Village, dossier: Dossier, total: float) -> Iterator[Record]:
    """What the herd brought the household, if anything, as its 户年度 says."""
    amount = dossier.years[-1].number("资产收益分红")
    if not amount:
        return
    yield Record(
        "收益分配",
        {
            "资产编号": f"ZC{_HERD.number(village)[2:]}",
            "项目编号": _HERD.number(village),
            "村": village.place["村"],
            "户编号": dossier.household.values["户编号"],
            "年度": AUDIT_YEAR,
            "份额": round(amount / total * 100, 2),
            "金额": amount,
            "发放日期": date(AUDIT_YEAR, 11, 30),
        },
    )


def _add(village: Village, draw: Draw) -> None:
    total = sum(dossier.years[-1].number("资产收益分红") for dossier in village.dossiers)
    keeper = draw.names.full(draw.names.surname(), male=True)
    for plan in _PLANS:
        village.records.append(_project(village, plan))
        village.records += _money(village, plan)
        village.records.append(_asset(village, plan, keeper, total if plan is _HERD else None))
    for dossier in village.dossiers:
        dossier.records += _shares(village, dossier, total)
    if not any(plan.number(village) == industry_project(village) for plan in _PLANS):
        raise LookupError(industry_project(village))


FAMILY = Family("财政局-项目资金资产", _TABLES, _add)
