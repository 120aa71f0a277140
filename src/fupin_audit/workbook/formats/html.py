"""Web pages that hold a table, which many systems export under the name `.xls`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from fupin_audit.errors import DamagedFileError, NotASpreadsheetError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.files.refusal import RESAVE, damaged_if_malformed
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.layout import RowLayout
from fupin_audit.workbook.formats.plain_text.encoding import decode

_SPACES = re.compile(r"[ \t\r\n\xa0]+")
_TAIL = 1 << 16
_UNCLOSED = ("网页里的表格没有结尾，可能没有下载完，后面的行也许缺了；请核对",)
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
        events = etree.iterparse(page, tag="tr", html=True, encoding="utf-8", huge_tree=True)
        for _, row in events:
            layout.next_row()
            for cell in row.iterchildren("td", "th"):
                layout.put(_text(cell), height=_span(cell, "rowspan"), width=_span(cell, "colspan"))
            row.clear()
        _refuse_cut_off(events)
    if not layout.rows:
        raise NotASpreadsheetError("网页里没有表格", "请重新导出，或用 Excel 打开后另存为 .xlsx")
    laid = layout.lay_out()
    unclosed = _UNCLOSED if _is_unclosed(decoded.text) else ()
    yield Grid(
        "", laid.columns, merged=tuple(layout.merged), caveats=(*decoded.caveats, *unclosed, *laid.caveats)
    )


def _refuse_cut_off(events: etree.iterparse) -> None:
    """The parser of HTML forgives all but a few faults; at those it stops without an error."""
    if any(entry.level == etree.ErrorLevels.FATAL for entry in events.error_log):
        raise DamagedFileError("网页的标记嵌套太深或有误，后面的行读不到", RESAVE)


def _is_unclosed(page: str) -> bool:
    lower = page[-_TAIL:].lower()
    return lower.rfind("</table") < lower.rfind("<tr")


def _span(cell: etree._Element, attribute: str) -> int:
    text = cell.get(attribute, "1").strip()
    return int(text) if text.isdecimal() else 1


def _text(cell: etree._Element) -> str | None:
    for line_break in cell.iter("br"):
        line_break.tail = _LINE_BREAK + (line_break.tail or "")
    text = _SPACES.sub(" ", "".join(map(str, cell.itertext())))
    return "\n".join(line.strip() for line in text.split(_LINE_BREAK)).strip() or None
