"""整改通知: one A4 page for a village or town: what is wrong, in which cell, who mends it, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import BinaryIO

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Place
from fupin_audit.writing.excel import Worksheet, new_workbook
from fupin_audit.writing.marks import NOTICE_TITLE
from fupin_audit.writing.one_line import one_line, shorten
from fupin_audit.writing.workbook_style import Style

TITLE = "整改通知"
_COLUMNS = (("序号", 5), ("级别", 6), ("谁", 12), ("什么问题", 38), ("在哪一格", 24), ("责任人", 14))
_MOST = 16  # findings that can be read on one page
_LONGEST = 90  # characters of a problem
_A4 = 9
_LINE = 13.5
_HEAD_ROWS = 3


def write_notice(sink: BinaryIO, result: AuditResult, place: Place) -> None:
    """Write the page; the gravest findings come first, and those beyond its end are counted."""
    found = sorted(result.records, key=lambda finding: finding.severity.rank)
    with new_workbook(sink, NOTICE_TITLE, result.as_of) as book:
        sheet, style = book.add_worksheet(TITLE), Style(book)
        sheet.merge_range(0, 0, 0, len(_COLUMNS) - 1, "", style.headline)
        sheet.write_string(0, 0, one_line(f"{place}{TITLE}"), style.headline)
        sheet.set_row(0, 36)
        _write_text(sheet, 1, _asked(found, result), style)
        for at, (title, width) in enumerate(_COLUMNS):
            sheet.set_column(at, at, width)
            sheet.write_string(_HEAD_ROWS - 1, at, title, style.header)
        for number, finding in enumerate(found[:_MOST], start=1):
            _write_finding(sheet, _HEAD_ROWS - 1 + number, [str(number), *_cells(finding)], style)
        rest = len(found) - _MOST
        more = f"另有 {rest} 条，见“整改台账”。" if rest > 0 else ""
        last = _HEAD_ROWS + min(len(found), _MOST)
        _write_text(
            sheet, last, f"{more}每条的依据、怎样改、两边的值，见“整改台账”。收件人：　　　　日期：", style
        )
        _set_up(sheet, last)


def _asked(found: Sequence[Finding], result: AuditResult) -> str:
    """What is to be done, in a sentence."""
    counts = "、".join(
        f"{severity.label} {number} 条"
        for severity in Severity
        if (number := sum(finding.severity is severity for finding in found))
    )
    secret = "含完整个人信息，请妥善保管。" if result.revealed else ""
    return f"核对发现 {counts}。请于{_until(found, result)}前核实更正，在“整改台账”里填写整改状态，交回。{secret}"


def _until(found: Sequence[Finding], result: AuditResult) -> str:
    """The day, or the days severity by severity; room for one where nobody said it."""
    days = {severity: result.due.get(severity) for severity in dict.fromkeys(item.severity for item in found)}
    if not any(days.values()):
        return "　　　年　　月　　日"
    if len(set(days.values())) == 1:
        return _day(next(iter(days.values())))
    return "、".join(f"{_day(day)}（{severity.label}）" for severity, day in days.items() if day)


def _day(day: date | None) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if day else ""


def _cells(finding: Finding) -> list[str]:
    who = finding.person or finding.head or finding.household or str(finding.place)
    where = str(finding.locations[0]) if finding.locations else "（见整改台账）"
    owner = "、".join(str(one) for one in finding.responsible) or finding.owner
    problem = shorten(f"{finding.rule} {one_line(finding.message)}", _LONGEST)
    return [finding.severity.label, one_line(who), problem, one_line(where), one_line(owner)]


def _write_finding(sheet: Worksheet, row: int, texts: Sequence[str], style: Style) -> None:
    lines = max(ceil(2 * len(text) / width) for text, (_, width) in zip(texts, _COLUMNS, strict=True))
    sheet.set_row(row, _LINE * max(lines, 1) + 4)
    for at, text in enumerate(texts):
        sheet.write_string(row, at, text, style.text if at > 1 else style.centred)


def _write_text(sheet: Worksheet, row: int, text: str, style: Style) -> None:
    width = sum(width for _, width in _COLUMNS)
    sheet.merge_range(row, 0, row, len(_COLUMNS) - 1, "", style.note)
    sheet.write_string(row, 0, text, style.note)
    sheet.set_row(row, _LINE * ceil(2 * len(text) / width) + 6)


def _set_up(sheet: Worksheet, last: int) -> None:
    sheet.set_paper(_A4)
    sheet.set_portrait()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, last, len(_COLUMNS) - 1)
    sheet.hide_gridlines(0)
