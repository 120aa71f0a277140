"""The rows of a follow-up's workbooks: texts that wrap, numbers to the right, high enough for both."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_audit.reports.tracking.track_tables import Cell
from fupin_audit.writing.excel import Worksheet
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.row_heights import row_height
from fupin_audit.writing.workbook_style import Style

MOST_ROWS = 1_000_000  # Excel ends at 1,048,576


def cut_to(rows: int) -> str:
    """What is to be said of more rows than a sheet takes; empty for fewer.

    >>> cut_to(1_000_001), cut_to(3)
    ('（只列前 1000000 行，共 1000001 行）', '')
    """
    return f"（只列前 {MOST_ROWS} 行，共 {rows} 行）" if rows > MOST_ROWS else ""


def write_cells(
    sheet: Worksheet, row: int, cells: Sequence[Cell], widths: Sequence[float], style: Style
) -> None:
    """Writes a row; a blank stays blank."""
    texts = [one_line(cell) if isinstance(cell, str) and cell else str(cell) for cell in cells]
    sheet.set_row(row, row_height(zip(texts, widths, strict=True)))
    for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        if cell == "":
            sheet.write_blank(row, column, None, style.text)
        elif isinstance(cell, str):
            sheet.write_string(row, column, text, style.text)
        else:
            sheet.write_number(row, column, cell, style.number)
