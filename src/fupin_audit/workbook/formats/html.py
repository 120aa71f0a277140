"""Web pages that hold a table, which many systems export under the name `.xls`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from fupin_audit.errors import NotASpreadsheetError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.files.refusal import damaged_if_malformed
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.layout import RowLayout
from fupin_audit.workbook.formats.plain_text.encoding import decode

_SPACES = re.compile(r"[ \t\r\n\xa0]+")
_LINE_BREAK = "\u2028"


def read_html(content: bytes) -> Iterator[Grid]:
    """All tables of a page below each other on one sheet, as Excel shows them.

    Raises:
        NotASpreadsheetError: there is no table.
        OverLimitError: the page is too large to hold.
        DamagedFileError: it can't be parsed.
    """
    limits.check_markup(content)
    layout = RowLayout()
    decoded = decode(content)
    with damaged_if_malformed():
        page = BytesIO(decoded.text.encode())
        for _, row in etree.iterparse(page, tag="tr", html=True, encoding="utf-8", huge_tree=True):
            layout.next_row()
            for cell in row.iterchildren("td", "th"):
                layout.put(_text(cell), height=_span(cell, "rowspan"), width=_span(cell, "colspan"))
            row.clear()
    if not layout.rows:
        raise NotASpreadsheetError("网页里没有表格", "请重新导出，或用 Excel 打开后另存为 .xlsx")
    laid = layout.lay_out()
    yield Grid("", laid.columns, merged=tuple(layout.merged), caveats=(*decoded.caveats, *laid.caveats))


def _span(cell: etree._Element, attribute: str) -> int:
    text = cell.get(attribute, "1").strip()
    return int(text) if text.isdecimal() else 1


def _text(cell: etree._Element) -> str | None:
    for line_break in cell.iter("br"):
        line_break.tail = _LINE_BREAK + (line_break.tail or "")
    text = _SPACES.sub(" ", "".join(map(str, cell.itertext())))
    return "\n".join(line.strip() for line in text.split(_LINE_BREAK)).strip() or None
