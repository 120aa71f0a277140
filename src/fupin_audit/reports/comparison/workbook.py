"""The comparison as a workbook: a summary, the differences, the rows of one side, the repeated keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from fupin_audit.reports.comparison.comparison_verdict import circumstances, suspicion, verdict
from fupin_audit.results.comparison import (
    KEY,
    LEFT,
    RIGHT,
    ComparedRecord,
    Comparison,
    Difference,
    OneSided,
    Repeated,
)
from fupin_audit.writing.excel import Format, Worksheet, new_workbook
from fupin_audit.writing.marks import COMPARISON_BOOK, workbook_mark
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.workbook_style import Style

_TITLE = COMPARISON_BOOK[0]
MARK = workbook_mark(*COMPARISON_BOOK)
_LONGEST_CELL = 32_000  # Excel refuses a cell of more than 32,767 characters
_MOST_ROWS = 1_000_000  # Excel ends at 1,048,576
_UNDATED = date(2020, 1, 1)
_A4 = 9
_TITLE_HEIGHT, _HEADER_HEIGHT = 28, 24
_PAIRED = ("列", 20), ("左边表头", 24), ("右边表头", 24), ("配法", 8), ("当作", 10), ("作用", 8)
_WHOSE = {"村": 12, "户编号": 20}  # shown where any record tells it
_COUNTED = ("允许相差", 9), ("不同", 8), ("左空白", 8), ("右空白", 8), ("说明", 44)


@dataclass(frozen=True)
class _Table:
    """A sheet's table: its headings with their widths in characters, and its rows."""

    name: str
    headings: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[str | int]]


def write(found: Comparison, sink: BinaryIO) -> None:
    """Writes the workbook."""
    with new_workbook(sink, _TITLE, _UNDATED, {"constant_memory": True}) as book:
        style = Style(book)
        _write_summary(book.add_worksheet("汇总"), found, style)
        for table in _tables(found):
            _write_table(book.add_worksheet(table.name), 0, table, style)


def _tables(found: Comparison) -> Iterable[_Table]:
    keys = [(name, 20) for name in found.key.columns]
    values = [("列", 18), (LEFT, 26), (RIGHT, 26), ("左边单元格", 11), ("右边单元格", 11), ("可能的原因", 44)]
    whose = [column for column in _WHOSE if any(_whose(record)[column] for record in _records(found))]
    name = [("姓名", 12), *((column, _WHOSE[column]) for column in whose)]
    yield _Table(
        "不同之处", [*keys, *name, *values], (_difference(item, whose) for item in found.differences)
    )
    if found.unread:
        yield _Table(
            "读不成的格", [*keys, *name, *values], (_difference(item, whose) for item in found.unread)
        )
    for side, rows in ((LEFT, found.only_left), (RIGHT, found.only_right)):
        yield _Table(f"只在{side}", [*keys, *name, ("单元格", 11)], (_one_sided(row, whose) for row in rows))
    cells = [("左边单元格", 40), ("右边单元格", 40)]
    yield _Table("键重复", [*keys, *name, *cells], (_repeated(item, whose) for item in found.repeated))


def _records(found: Comparison) -> Iterable[ComparedRecord]:
    listed = (found.differences, found.unread, found.only_left, found.only_right, found.repeated)
    return (item.record for items in listed for item in items)


def _record(record: ComparedRecord, whose: Sequence[str]) -> list[str]:
    return [*record.key, record.name, *(_whose(record)[column] for column in whose)]


def _whose(record: ComparedRecord) -> Mapping[str, str]:
    return dict(zip(_WHOSE, (record.village, record.household), strict=True))


def _difference(item: Difference, whose: Sequence[str]) -> list[str | int]:
    values = [item.left.value or "", item.right.value or ""]
    return [
        *_record(item.record, whose),
        item.column,
        *values,
        item.left.cell,
        item.right.cell,
        item.why,
    ]


def _one_sided(row: OneSided, whose: Sequence[str]) -> list[str | int]:
    return [*_record(row.record, whose), row.at.cell]


def _repeated(item: Repeated, whose: Sequence[str]) -> list[str | int]:
    sides = ["、".join(at.cell for at in side) for side in (item.left, item.right)]
    return [*_record(item.record, whose), *sides]


def _write_summary(sheet: Worksheet, found: Comparison, style: Style) -> None:
    lines = [(_TITLE, style.title), (one_line(verdict(found)), style.section)]
    lines += [(f"{label}：{text}" if label else text, style.plain) for label, text in circumstances(found)]
    sheet.set_row(0, _TITLE_HEIGHT)
    for at, (line, look) in enumerate(lines):
        sheet.write_string(at, 0, line, look)
    rows = [[*_paired(found, number), *_counted(found, number)] for number in range(len(found.columns))]
    _write_table(sheet, len(lines) + 1, _Table("", [*_PAIRED, *_COUNTED], rows), style)


def _paired(found: Comparison, number: int) -> list[str | int]:
    column = found.columns[number]
    headers = [f"{column.left_letter} {column.left}", f"{column.right_letter} {column.right}"]
    return [column.name, *headers, column.pairing, column.kind, column.role]


def _counted(found: Comparison, number: int) -> list[str | int]:
    column = found.columns[number]
    if column.role == KEY:
        return ["", "", "", "", ""]
    counts = [column.differing, column.blank_left, column.blank_right]
    return [f"{column.tolerance:g}" if column.tolerance else "", *counts, suspicion(found, column)]


def _write_table(sheet: Worksheet, top: int, table: _Table, style: Style) -> None:
    sheet.set_row(top, _HEADER_HEIGHT)
    for index, (title, width) in enumerate(table.headings):
        sheet.set_column(index, index, width)
        sheet.write_string(top, index, one_line(title), style.header)
    last = top
    for last, row in enumerate(_within_limit(table.rows), start=top + 1):
        for index, value in enumerate(row):
            _write_cell(sheet, last, index, value, style)
    sheet.autofilter(top, 0, last, len(table.headings) - 1)
    _set_up(sheet, top)


def _write_cell(sheet: Worksheet, row: int, column: int, value: str | int, style: Style) -> None:
    look: Format = style.text
    if isinstance(value, int):
        sheet.write_number(row, column, value, style.number)
    elif value:
        sheet.write_string(row, column, one_line(value)[:_LONGEST_CELL], look)
    else:
        sheet.write_blank(row, column, None, look)


def _within_limit(rows: Iterable[Sequence[str | int]]) -> Iterable[Sequence[str | int]]:
    """As many rows as a sheet holds, the last one telling that there are more."""
    for number, row in enumerate(rows):
        if number == _MOST_ROWS:
            yield ["……还有更多，一个工作表放不下；请用 --output json=文件 取全部"]
            return
        yield row


def _set_up(sheet: Worksheet, top: int) -> None:
    if not top:
        sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&C第 &P 页，共 &N 页")
