"""已不再发现: rows of an earlier 整改台账 that have no finding any more, with what people wrote beside them."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_audit.reports.findings.sheets.findings_sheet import (
    TYPED,
    Heading,
    SheetColumn,
    close_table,
    open_table,
)
from fupin_audit.results.carried import Written
from fupin_audit.writing.excel import Worksheet
from fupin_audit.writing.workbook_style import Style

GONE = "已不再发现"
WHY = "本次情况"
NOTE = "以前列出、这次没有列出的，连同填写的内容。不等于已经整改：台账没有交付、规则没有检查的也在这里，见“本次情况”"
_HEADER_ROW = 2
_WHY_WIDTH = 16


def write_gone(
    sheet: Worksheet, heading: Heading, rows: Sequence[Written], columns: Sequence[SheetColumn], style: Style
) -> None:
    """Fills the sheet: the columns of a finding, and before them why it is here."""
    why = SheetColumn(WHY, _WHY_WIDTH, "text", lambda _: [])
    columns = (why, *columns)
    open_table(sheet, heading, columns, style)
    for number, row in enumerate(rows, start=1):
        at = _HEADER_ROW + number
        sheet.write_number(at, 0, number, style.centred)
        for index, column in enumerate(columns, start=1):
            look = style.input if column.title in TYPED else style.text
            sheet.write_string(at, index, row.get(column.title, ""), look)
    close_table(sheet, _HEADER_ROW + len(rows), columns)
