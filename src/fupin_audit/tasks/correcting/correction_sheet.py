"""The sheet of corrections to be filled in: a line a finding, at the cell it wants mended."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import BinaryIO

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.correction import COLUMNS, Action
from fupin_audit.results.finding import Finding
from fupin_audit.writing.excel import new_workbook
from fupin_audit.writing.marks import CORRECTION_BOOK
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.row_heights import row_height
from fupin_audit.writing.workbook_style import Style

_SAID = ("规则", "问题")  # for whoever fills it in; not read again
_TYPED = frozenset({"新值", "动作"})
_WIDTH, _A3 = 11, 8
_WIDTHS = {
    "户编号": 18,
    "人编号": 20,
    "证件号码": 20,
    "字段": 16,
    "原值": 18,
    "新值": 18,
    "文件": 28,
    "问题": 60,
}
_HELP = (
    "一行改一格。新值写改成什么，和表里的单位一样；要清空写（空白）。核实过、原来没有错的，动作写 属实；整行要去掉的，动作写 删。",
    "户编号、人编号（没有人编号的写证件号码）用来找这一行；原值和表里不同的不改。不改的行空着就行。",
    "填好后运行：fupin-audit correct 数据文件夹 --with 本文件 --output 更正后",
)


def write_template(lines: Sequence[Mapping[str, str]], as_of: date, sink: BinaryIO) -> None:
    """Write the sheet, with these lines to fill in."""
    title, sheet_name, help_name = CORRECTION_BOOK
    columns = [*COLUMNS, *_SAID]
    with new_workbook(sink, title, as_of) as book:
        style = Style(book)
        sheet = book.add_worksheet(sheet_name)
        for at, name in enumerate(columns):
            sheet.set_column(at, at, _WIDTHS.get(name, _WIDTH))
            sheet.write_string(0, at, name, style.header)
        for row, line in enumerate(lines, start=1):
            sheet.set_row(
                row, row_height((line.get(name, ""), _WIDTHS.get(name, _WIDTH)) for name in columns)
            )
            for at, name in enumerate(columns):
                sheet.write_string(row, at, line.get(name, ""), style.input if name in _TYPED else style.text)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.fit_to_pages(1, 0)
        if lines:
            at = columns.index("动作")
            choices = {"validate": "list", "source": [action.value for action in Action]}
            sheet.data_validation(1, at, len(lines), at, choices)
        help_sheet = book.add_worksheet(help_name)
        help_sheet.set_column(0, 0, 100)
        for row, text in enumerate(_HELP):
            help_sheet.write_string(row, 0, text, style.note)


def template_lines(result: AuditResult) -> Iterator[Mapping[str, str]]:
    """A line a cell that findings want mended; what several say of it stands together.

    Cells of nobody in the system are left out: no number says which row is meant.
    """
    yield from (_line(findings) for findings in _by_cell(result) if _is_somebodys(findings))


def of_nobody(result: AuditResult) -> int:
    """Number of cells to mend of which the sheet has no line."""
    return sum(not _is_somebodys(findings) for findings in _by_cell(result))


def _by_cell(result: AuditResult) -> Collection[list[Finding]]:
    found: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in result.records:
        if finding.locations and finding.locations[0].field:
            at = finding.locations[0]
            found.setdefault((at.file, at.sheet, at.cell, at.field), []).append(finding)
    return found.values()


def _is_somebodys(findings: list[Finding]) -> bool:
    return bool(findings[0].household or findings[0].person_id)


def _line(findings: list[Finding]) -> Mapping[str, str]:
    first = findings[0]
    at = first.locations[0]
    return {
        "户编号": first.household,
        "人编号": first.person_id,
        "台账": at.ledger,
        "年度": str(first.fields.get("年度") or ""),
        "字段": at.field,
        "原值": one_line(at.value or "（空白）"),
        "文件": at.file,
        "工作表": at.sheet,
        "单元格": at.cell,
        "规则": "、".join(dict.fromkeys(finding.rule for finding in findings)),
        "问题": one_line("；".join(finding.message for finding in findings)),
    }
