"""The typed tables all engines judge: 户, 人口 and 户年度 of one county, some cells spoiled on purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.workbook.loading import load

LEDGERS = ("户", "人口", "户年度")

# Ledger, field, what is done to some of its cells; a field that is named twice is spoiled in two ways.
_SPOILED = (
    ("人口", "证件号码", "cut"),
    ("人口", "证件号码", "repdigit"),
    ("人口", "证件号码", "aged"),
    ("人口", "证件号码", "old form"),
    ("人口", "证件号码", "blank"),
    ("人口", "人编号", "of the row before"),
    ("人口", "出生日期", "of the row before"),
    ("人口", "出生日期", "blank"),
    ("人口", "性别", "of the row before"),
    ("人口", "性别", "blank"),
    ("人口", "姓名", "first letter"),
    ("人口", "与户主关系", "of the row before"),
    ("人口", "成员状态", "left"),
    ("户", "户主证件号码", "cut"),
    ("户", "联系电话", "cut"),
    ("户", "户编号", "of the row before"),
    ("户", "家庭人口", "of the row before"),
    ("户", "危房户", "of the row before"),
    ("户", "饮水困难", "yes"),
    ("户", "脱贫年度", "blank"),
    ("户", "脱贫年度", "of the row before"),
    ("户", "脱贫年度", "early"),
    ("户年度", "工资性收入", "negated"),
    ("户年度", "转移性收入", "of the row before"),
    ("户年度", "纯收入", "of the row before"),
    ("户年度", "人均纯收入", "negated"),
    ("户年度", "住房安全等级", "blank"),
)


def load_county(folder: Path, rate: float, seed: int = 7) -> tuple[Delivery, date]:
    """Read a county; spoil a share of the cells of each judged field.

    Args:
        folder: workbooks written by make_county.py.
        rate: share of a field's cells that each way of spoiling changes.
        seed: of the choice of cells.

    Returns:
        The three ledgers, and the end of the latest year in them.
    """
    delivery = load([folder])
    chance = np.random.default_rng(seed)
    tables = {title: delivery.tables[title] for title in LEDGERS}
    for title, field, way in _SPOILED:
        tables[title] = _spoiled(tables[title], field, way, chance.random(tables[title].data.num_rows) < rate)
    return replace(delivery, tables=tables), date(max(delivery.household_years), 12, 31)


def _spoiled(table: LedgerTable, field: str, way: str, chosen: np.ndarray) -> LedgerTable:
    """The table with the chosen cells of a field changed."""
    position = table.data.column_names.index(field)
    column = table.data.column(position).combine_chunks()
    changed = pc.if_else(pa.array(chosen), _worse(column, way), column)
    return replace(table, data=table.data.set_column(position, field, changed))


def _worse(column: pa.Array, way: str) -> pa.Array | pa.Scalar:
    """What the cells of a column become."""
    match way:
        case "of the row before":
            return pa.concat_arrays([column.slice(len(column) - 1), column.slice(0, len(column) - 1)])
        case "cut":
            return pc.utf8_slice_codeunits(column, 0, -1)
        case "first letter":
            return pc.utf8_slice_codeunits(column, 0, 1)
        case "aged":
            return pc.utf8_replace_slice(column, 6, 8, "18")
        case "old form":
            year_less = pc.utf8_replace_slice(column, 6, 8, "")
            return pc.utf8_slice_codeunits(year_less, 0, 15)
        case "negated":
            return pc.negate(column)
        case _:
            values = {"repdigit": "1" * 18, "left": "死亡", "yes": True, "early": 2010, "blank": None}
            return pa.scalar(values[way], column.type)
