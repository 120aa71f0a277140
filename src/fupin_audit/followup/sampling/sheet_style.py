"""How the sheets for checkers look."""

from __future__ import annotations

from typing import Any

from fupin_audit.writing.excel import Format, Workbook, Worksheet

# Column widths are counted in digits of the default font: one that Excel and WPS have in China, so that
# the forms come out there as they were laid out. A digit of it takes 8 pixels, a usual column 72.
OPTIONS: dict[str, Any] = {
    "default_format_properties": {"font_name": "宋体", "font_size": 11},
    "default_column_width": 72,
}
_FONT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
_BOLD = {"font_name": "黑体", "bold": True}
_BORDER = {"border": 1, "text_wrap": True}
A4 = 9
_GREY, _YELLOW = "#EDEDED", "#FFFBE6"


def print_across(sheet: Worksheet, *, pages: int = 1) -> None:
    """Print a table on A4 held sideways, its columns side by side on so many pages."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(pages, 0)
    sheet.set_footer("&L&9&A&R&9第 &P 页，共 &N 页")


class SheetStyle:
    """The formats of one workbook; cells to fill in are unlocked."""

    def __init__(self, book: Workbook) -> None:
        centred = {**_FONT, **_BORDER, "align": "center"}
        self.title: Format = book.add_format({**_FONT, **_BOLD, "font_size": 18, "align": "center"})
        self.heading: Format = book.add_format({**_FONT, **_BOLD, "font_size": 14})
        self.section: Format = book.add_format({**_FONT, **_BOLD})
        self.note: Format = book.add_format({**_FONT, "font_size": 9})
        self.wrapped: Format = book.add_format({**_FONT, "font_size": 9, "text_wrap": True})
        self.header: Format = book.add_format({**centred, "bold": True, "bg_color": _GREY})
        self.label: Format = book.add_format({**centred, "bg_color": _GREY})
        self.given: Format = book.add_format({**centred, "num_format": "@"})
        self.answer: Format = book.add_format({**_FONT, **_BORDER, "indent": 1})
        self.decimal: Format = book.add_format({**centred, "num_format": "0.0000"})
        self.text: Format = book.add_format({**_FONT, **_BORDER, "num_format": "@"})
        self.share: Format = book.add_format({**centred, "num_format": "0.0%"})
        self.number: Format = book.add_format({**centred, "num_format": "#,##0"})
        self._open = {**centred, "bg_color": _YELLOW, "locked": False}
        self._book = book
        self._entries: dict[str, Format] = {}

    def entry(self, number_format: str) -> Format:
        """A cell to fill in, with Excel's number format."""
        if number_format not in self._entries:
            self._entries[number_format] = self._book.add_format({**self._open, "num_format": number_format})
        return self._entries[number_format]
