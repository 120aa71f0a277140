"""How the cells of the 整改台账 look."""

from __future__ import annotations

from fupin_audit.results.finding import Severity
from fupin_audit.writing.excel import Format, Workbook

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_BORDER = {"border": 1, "border_color": "#A6A6A6"}
FILLS = {Severity.ERROR: "#F8CBAD", Severity.WARNING: "#FFE699", Severity.INFO: "#DDEBF7"}


class Style:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        cell = {**_FONT, **_BORDER}
        centred = {**cell, "align": "center"}
        self.title: Format = book.add_format({**_FONT, "font_name": "黑体", "font_size": 16})
        self.headline: Format = book.add_format(
            {**_FONT, "font_name": "黑体", "font_size": 18, "align": "center"}
        )
        self.verdict: Format = book.add_format({**_FONT, "font_size": 12, "bold": True, "text_wrap": True})
        self.section: Format = book.add_format({**_FONT, "font_size": 12, "bold": True})
        self.plain: Format = book.add_format(_FONT)
        self.note: Format = book.add_format({**_FONT, "text_wrap": True})
        self.header: Format = book.add_format(
            {**centred, "bold": True, "text_wrap": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF"}
        )
        self.text: Format = book.add_format({**cell, "text_wrap": True})
        self.centred: Format = book.add_format({**centred, "text_wrap": True})
        self.number: Format = book.add_format({**cell, "align": "right", "indent": 1, "num_format": "#,##0"})
        self.share: Format = book.add_format({**centred, "num_format": "0.0%"})
        self.total: Format = book.add_format(
            {**cell, "align": "right", "indent": 1, "bold": True, "bg_color": "#F2F2F2"}
        )
        self.link: Format = book.add_format({**centred, "font_color": "#0563C1", "underline": 1})
        self.state: Format = book.add_format({**centred, "bg_color": "#FFFFF0"})
        self.input: Format = book.add_format({**cell, "text_wrap": True, "bg_color": "#FFFFF0"})
        self.date: Format = book.add_format({**centred, "num_format": "yyyy-mm-dd", "bg_color": "#FFFFF0"})
        self.differing: Format = book.add_format(
            {**centred, "text_wrap": True, "bold": True, "bg_color": FILLS[Severity.ERROR]}
        )
        self.done: Format = book.add_format({"bg_color": "#C6E0B4"})
        self.doing: Format = book.add_format({"bg_color": "#FFF2CC"})
        self.severity: dict[Severity, Format] = {
            severity: book.add_format({**centred, "bg_color": fill}) for severity, fill in FILLS.items()
        }
