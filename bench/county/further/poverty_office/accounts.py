"""What a household's figures rest on: account, survey, handbook, evidence, archive."""

from __future__ import annotations

from datetime import date

from county.further.family import Family, table
from county.further.poverty_office.helping import current_helper, day
from county.records.draw import Draw
from county.records.record import AUDIT_YEAR, Dossier, Record, Row, Village

_PARTS = ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "生产经营性支出")
_SUMS = ("纯收入", "人均纯收入")
_FIGURES = " ".join((*_PARTS, *_SUMS))
_TABLES = {
    "明细账": table("明细账", "户编号 年度 收支类别 项目 金额 发生日期 佐证编号"),
    "收入调查表": table("收入调查表", f"户编号 年度 户主姓名 家庭人口 {_FIGURES} 调查人 调查日期 户主签字"),
    "扶贫手册": table(
        "扶贫手册",
        "户编号 年度 户主姓名 户主证件号码 家庭人口 识别年月 脱贫年度 主要致贫原因 "
        + _FIGURES
        + " 帮扶人 户主签字",
    ),
    "佐证": table("佐证", "户编号 字段 佐证编号 佐证材料 日期"),
    "档案目录": table("档案目录", "户编号 材料名称 有无 份数 日期"),
}
_ITEMS = {
    "工资性收入": (("务工工资", "工资条"), ("零工收入", "本人签字的收入单")),
    "生产经营性收入": (("出售粮食", "出售单据"), ("出售禽畜", "出售单据")),
    "财产性收入": (("资产收益分红", "分红发放表"), ("土地流转费", "流转合同")),
    "转移性收入": (("补贴和保障金", "一卡通流水"), ("其他补助", "发放名册")),
    "生产经营性支出": (("种子化肥", "购买单据"), ("饲料防疫", "购买单据")),
}
"""收支类别 → its two lines in the account, each with what proves it."""

_FIRST_LINE = 0.6  # of the sum; the rest is the second line
_MATERIALS = (
    "申请书",
    "评议记录",
    "公示照片",
    "审核表",
    "入户核查表",
    "收入核算表",
    "明白卡",
    "帮扶记录",
)
_ON_LEAVING = "退出审批表"


def _lines(dossier: Dossier, order: int) -> list[Record]:
    """The account of the audit year, and the evidence of each line."""
    year = dossier.years[-1]
    number = dossier.household.values["户编号"]
    rows: list[Record] = []
    for at, kind in enumerate(_PARTS):
        total = year.number(kind)
        first = round(total * _FIRST_LINE, 2)
        for (item, proof), amount in zip(_ITEMS[kind], (first, round(total - first, 2)), strict=True):
            if amount:
                when = day(order, 2 + 2 * at)
                paper = f"ZM{AUDIT_YEAR}{number}{len(rows) // 2 + 1:02d}"
                line: Row = {
                    "年度": AUDIT_YEAR,
                    "收支类别": kind,
                    "项目": item,
                    "金额": amount,
                    "发生日期": when,
                }
                shown: Row = {"字段": kind, "佐证材料": proof, "日期": when}
                both: Row = {"户编号": number, "佐证编号": paper}
                rows += [Record("明细账", both | line), Record("佐证", both | shown)]
    return rows


def _survey(dossier: Dossier, order: int) -> Record:
    year = dossier.years[-1].values
    return Record(
        "收入调查表",
        {
            "户编号": year["户编号"],
            "年度": AUDIT_YEAR,
            "户主姓名": dossier.household.values["户主姓名"],
            "家庭人口": year["家庭人口"],
            **{name: year[name] for name in (*_PARTS, *_SUMS)},
            "调查人": current_helper(dossier),
            "调查日期": day(order, 12),
            "户主签字": True,
        },
    )


def _handbook(dossier: Dossier) -> Record:
    year, household = dossier.years[-1].values, dossier.household.values
    standing = ("户编号", "户主姓名", "户主证件号码", "家庭人口", "识别年月", "脱贫年度", "主要致贫原因")
    return Record(
        "扶贫手册",
        {
            **{name: household[name] for name in standing},
            "年度": AUDIT_YEAR,
            **{name: year[name] for name in (*_PARTS, *_SUMS)},
            "帮扶人": current_helper(dossier),
            "户主签字": True,
        },
    )


def _archive(dossier: Dossier) -> list[Record]:
    left = dossier.household.values["脱贫年度"] is not None
    return [
        Record(
            "档案目录",
            {
                "户编号": dossier.household.values["户编号"],
                "材料名称": material,
                "有无": True,
                "份数": 1,
                "日期": date(AUDIT_YEAR, 11, 20),
            },
        )
        for material in (*_MATERIALS, *((_ON_LEAVING,) if left else ()))
    ]


def _add(village: Village, _draw: Draw) -> None:
    for order, dossier in enumerate(village.dossiers, start=1):
        dossier.records += _lines(dossier, order)
        dossier.records += [_survey(dossier, order), _handbook(dossier)]
        dossier.records += _archive(dossier)


FAMILY = Family("村-收入与档案", _TABLES, _add)
