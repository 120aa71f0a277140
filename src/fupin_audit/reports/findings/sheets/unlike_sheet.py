"""收回不一致: the cells that several people filled in differently, with what each typed."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_audit.results.carried import Unlike
from fupin_audit.writing.excel import Worksheet
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.workbook_style import Style

UNLIKE = "收回不一致"
_NOTE = "同一格在收回的几份里填得不一样，请问清后改“全部发现”里的那一格。整改状态没有改，别的栏两边的都写上"
_KNOWN = (("县", 8), ("乡镇", 8), ("村", 8), ("户编号", 14), ("户主", 9), ("规则", 10), ("问题", 40))
_COLUMNS = (("序号", 5), *_KNOWN, ("栏", 10), ("各份的填写", 50), ("现在写的", 24))
_HEADER_ROW = 2


def write_unlike(sheet: Worksheet, cells: Sequence[Unlike], style: Style) -> None:
    """Fills the sheet, one row a cell."""
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, UNLIKE, style.title)
    sheet.write_string(1, 0, _NOTE, style.section)
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, title, style.header)
    for number, cell in enumerate(cells, start=1):
        _write_cell(sheet, number, cell, style)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)


def _write_cell(sheet: Worksheet, number: int, cell: Unlike, style: Style) -> None:
    said = "\n".join(f"{one_line(name)}：{one_line(text)}" for name, text in cell.said.items())
    texts = (*(cell.row.get(title, "") for title, _ in _KNOWN), cell.title, said, cell.taken)
    sheet.write_number(_HEADER_ROW + number, 0, number, style.centred)
    for column, text in enumerate(texts, start=1):
        sheet.write_string(_HEADER_ROW + number, column, text, style.text)
