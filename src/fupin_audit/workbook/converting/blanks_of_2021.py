"""The second generation of exports (2021 on): there a blank cell of some code lists is a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.types.codes import CodeList
from fupin_audit.memory import compact
from fupin_audit.workbook.converting.conversion import Cells
from fupin_audit.workbook.recognising.headers import Header

_FIRST_YEAR = 2021
# Columns only these exports have.
_NEW_HEADERS = frozenset(
    {"人口编号", "失学或辍学原因", "公益性岗位(月数)", "就业渠道", "户联系电话", "监测对象类别", "监测对象类型",
     "是否会讲普通话"}
)  # fmt: skip
_ENOUGH = 2


def is_second_generation(header: Header, latest_year: int) -> bool:
    """Whether a sheet is such an export, by its columns or its latest year (0 where unknown)."""
    headers = {key for cell in header.cells for key in cell.own_keys}
    return latest_year >= _FIRST_YEAR or len(headers & _NEW_HEADERS) >= _ENOUGH


def with_blanks_meaning(ledger: type[Ledger], cells: Mapping[str, Cells]) -> dict[str, Cells]:
    """The columns with what a blank cell means (在校生状况: 非在校生); its text stays blank."""
    columns = ledger.columns()
    return {name: _filled(column, _meaning(columns[name].type.codes)) for name, column in cells.items()}


def _meaning(codes: CodeList | None) -> str:
    return codes.blank_since_2021 if codes else ""


def _filled(cells: Cells, label: str) -> Cells:
    if not label:
        return cells
    blank = cells.values.is_null().to_numpy(zero_copy_only=False)
    for fault in cells.faults:
        blank[fault.rows] &= fault.rule == "CEL-06"
    mask = pa.array(blank)
    texts = pa.nulls(len(blank), pa.string()) if cells.texts is None else cells.texts
    shown = pc.if_else(pc.and_(mask, texts.is_null()), "", texts)
    return replace(cells, values=compact(pc.if_else(mask, label, cells.values)), texts=shown)
