"""The screens as a workbook: what stands out, every test, charts beside the figures they are drawn of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from fupin_audit.reports.screening.chart_sheet import write_charts
from fupin_audit.reports.screening.screen_words import CAUTION, HEADERS, listed, not_tested, row, verdict
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.writing.excel import Worksheet, new_workbook
from fupin_audit.writing.marks import SCREEN_BOOK, workbook_mark
from fupin_audit.writing.workbook_style import Style

MARK = workbook_mark(*SCREEN_BOOK)
TITLE, _FINDINGS, _TESTS = SCREEN_BOOK
_FOUND = {
    "级别": 7,
    "规则": 9,
    "看什么": 22,
    "乡镇": 12,
    "村": 12,
    "说明": 80,
    "怎样核实": 36,
    "谁来核实": 18,
}
_TEST_WIDTHS = (9, 22, 12, 12, 16, 18, 60, 9, 22, 22, 9, 9, 7)
_TOP = 3
_A4 = 9
_LINE, _PER_LINE = 14, 40  # height of a line of text; characters of 说明 in one


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes 不寻常的地方, 全部检验, 没有检验的, and 图."""
    with new_workbook(sink, TITLE, result.as_of) as book:
        style = Style(book)
        _write_findings(_opened(book.add_worksheet(_FINDINGS), result, style), result, style)
        _write_tests(_opened(book.add_worksheet(_TESTS), result, style), result, style)
        write_charts(book, [shown.picture for shown in result.screens.drawings], style)


def _opened(sheet: Worksheet, result: AuditResult, style: Style) -> Worksheet:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, TITLE, style.title)
    sheet.write_string(1, 0, f"{verdict(result)}。{CAUTION}", style.section)
    return sheet


def _write_findings(sheet: Worksheet, result: AuditResult, style: Style) -> None:
    _write_head(sheet, list(_FOUND), list(_FOUND.values()), style)
    found = listed(result)
    for at, item in enumerate(found, _TOP + 1):
        sheet.write_string(at, 0, item.severity.label, style.severity[item.severity])
        told = (
            item.rule,
            item.title,
            item.place.town,
            item.place.village,
            item.message,
            item.fix,
            item.owner,
        )
        for column, text in enumerate(told, 1):
            sheet.write_string(at, column, text, style.text)
        sheet.set_row(at, _LINE * -(-len(item.message) // _PER_LINE))
    for at, (rule, why) in enumerate(not_tested(result), _TOP + len(found) + 2):
        sheet.write_string(at, 0, f"没有检验的：{rule}：{why}", style.plain)


def _write_tests(sheet: Worksheet, result: AuditResult, style: Style) -> None:
    _write_head(sheet, HEADERS, _TEST_WIDTHS, style)
    for at, test in enumerate(result.screens.tests, _TOP + 1):
        for column, text in enumerate(row(test)):
            sheet.write_string(at, column, text, style.text)
    if tests := len(result.screens.tests):
        sheet.autofilter(_TOP, 0, _TOP + tests, len(HEADERS) - 1)


def _write_head(sheet: Worksheet, headers: Sequence[str], widths: Sequence[float], style: Style) -> None:
    for column, (header, width) in enumerate(zip(headers, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_TOP, column, header, style.header)
    sheet.freeze_panes(_TOP + 1, 0)
