"""The follow-up as a workbook: the counts in tables with data bars, and every finding with how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from fupin_audit.reports.tracking.cells import MOST_ROWS, cut_to, write_cells
from fupin_audit.reports.tracking.track_tables import (
    COUNTED,
    ITEM_HEADERS,
    LATE,
    LISTED,
    TrackTable,
    circumstances,
    item_row,
    listed,
    remarks,
    rule_titles,
    tables,
    verdict,
)
from fupin_audit.results.tracking import State, Tracking
from fupin_audit.writing.excel import Workbook, Worksheet, new_workbook
from fupin_audit.writing.marks import TRACK_BOOK, workbook_mark
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.workbook_style import Style

TITLE, _FIRST, _LAST = TRACK_BOOK
MARK = workbook_mark(*TRACK_BOOK)
_BARS = {State.NEW: "#F4B183", State.STILL: "#FFD966", State.MENDED: "#A9D18E", LATE: "#FF7C80"}
_WIDTHS = {"问题": 46, "责任人": 34, "名称": 30, "户编号": 17, "说明": 40, "指纹": 18, "规则": 10, "村": 14, "类别": 14,
           "乡镇": 14, "备注": 14, "日期": 12, "发现日期": 12, "期限": 12}  # fmt: skip
_WIDTH, _FIRST_WIDTH = 9, 26
_A4 = 9
_DRAWN = (State.NEW, State.STILL, State.MENDED)


def write(tracking: Tracking, sink: BinaryIO) -> None:
    """Writes 汇总, a sheet a table, and a sheet a list of findings."""
    with new_workbook(sink, TITLE, tracking.day) as book:
        style = Style(book)
        made = [table for table in tables(tracking) if table.rows]
        _write_summary(book.add_worksheet(_FIRST), tracking, made[0] if made else None, style)
        for table in made:
            sheet = book.add_worksheet(table.title.partition("：")[0])
            _write_table(sheet, 0, table, style)
            _set_up(sheet)
            if table.headers[0] == "日期":
                _draw_months(book, sheet, len(table.rows))
        titles = rule_titles(tracking)
        for name, chosen in LISTED:
            found = listed(tracking, chosen)
            rows = tuple(item_row(item, titles) for item in found[:MOST_ROWS])
            if rows or name == _LAST:
                sheet = book.add_worksheet(name)
                _write_table(sheet, 0, TrackTable(f"{name}{cut_to(len(found))}", ITEM_HEADERS, rows), style)
                sheet.freeze_panes(2, 3)
                _set_up(sheet)


def _write_summary(sheet: Worksheet, tracking: Tracking, towns: TrackTable | None, style: Style) -> None:
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, 7, TITLE, style.headline)
    lines = [verdict(tracking), *circumstances(tracking), *remarks(tracking)]
    for row, line in enumerate(lines, start=1):
        sheet.merge_range(row, 0, row, 7, one_line(line), style.verdict if row == 1 else style.note)
        sheet.set_row(row, 16 * (1 + len(line) // 52))
    if towns:
        _write_table(sheet, len(lines) + 2, towns, style)
    _set_up(sheet)


def _write_table(sheet: Worksheet, top: int, table: TrackTable, style: Style) -> None:
    sheet.write_string(top, 0, table.title, style.section)
    for column, header in enumerate(table.headers):
        if top == 0:
            sheet.set_column(column, column, _width(table, column))
        sheet.write_string(top + 1, column, header, style.header)
    if top:
        sheet.set_column(0, 0, _FIRST_WIDTH)
        sheet.set_column(1, len(table.headers) - 1, _WIDTH + 1)
    for row, cells in enumerate(table.rows, start=top + 2):
        write_cells(sheet, row, cells, [_width(table, column) for column in range(len(cells))], style)
    if table.rows:
        last = top + 1 + len(table.rows)
        sheet.autofilter(top + 1, 0, last, len(table.headers) - 1)
        _draw_bars(sheet, table.headers, top + 2, last)


def _width(table: TrackTable, column: int) -> int:
    header = table.headers[column]
    if column == 0 and header in {"责任人", "乡镇", "村", "类别"}:
        return _WIDTHS.get(header, _FIRST_WIDTH) if header == "责任人" else _FIRST_WIDTH
    return _WIDTHS.get(header, _WIDTH)


def _draw_bars(sheet: Worksheet, headers: Sequence[str], first: int, last: int) -> None:
    for name, colour in _BARS.items():
        if name in headers and COUNTED[0] in headers:
            at = headers.index(name)
            sheet.conditional_format(first, at, last, at, {"type": "data_bar", "bar_color": colour})


def _draw_months(book: Workbook, sheet: Worksheet, months: int) -> None:
    """How many are new, left and mended, run by run."""
    chart = book.add_chart({"type": "line"})
    for state in _DRAWN:
        at = 1 + COUNTED.index(state)
        chart.add_series(
            {
                "name": [sheet.name, 1, at],
                "categories": [sheet.name, 2, 0, months + 1, 0],
                "values": [sheet.name, 2, at, months + 1, at],
                "marker": {"type": "circle"},
                "line": {"color": _BARS[state], "width": 2.25},
            }
        )
    chart.set_title({"name": "整改进展", "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 640, "height": 300})
    sheet.insert_chart(months + 4, 0, chart)


def _set_up(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
