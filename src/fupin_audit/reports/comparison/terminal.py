"""The comparison a clerk reads on the screen: verdict, columns, differences, one-sided rows, repeated keys."""

from __future__ import annotations

from typing import BinaryIO

from fupin_audit.reports.comparison.compared_columns import column_lines, unpaired_lines
from fupin_audit.reports.comparison.compared_rows import (
    difference_lines,
    one_sided_lines,
    repeated_lines,
    unread_lines,
)
from fupin_audit.reports.comparison.comparison_verdict import circumstances, verdict
from fupin_audit.results.comparison import Comparison
from fupin_audit.writing.console import Screen, Text, closing_line, hanging, text_file
from fupin_audit.writing.marks import text_mark
from fupin_audit.writing.numbered_sections import put_sections
from fupin_audit.writing.wrapping import wrap

_KIND = "两表比较"
MARK = text_mark(closing_line(_KIND))
_LABEL = 6


def write(found: Comparison, sink: BinaryIO) -> None:
    """Writes the report, uncut and without colours, as UTF-8 text."""
    with text_file(sink, _KIND) as screen:
        show(found, screen, full=True)


def show(found: Comparison, screen: Screen, full: bool = False) -> None:
    """Prints the report; unless `full`, long lists are cut and say so."""
    width = screen.width
    style = "bold green" if found.same else "bold red"
    screen.put(Text("\n".join(wrap(verdict(found), width)), style=style))
    screen.put(
        *(hanging(label and f"{label}：", text, width, _LABEL) for label, text in circumstances(found))
    )
    sections = {
        "各列": column_lines(found, width),
        "没有配上的列": unpaired_lines(found, width),
        "不同之处": difference_lines(found, full, width),
        "一边读不成、没有比较的格": unread_lines(found, full, width),
        "只在左边的行": one_sided_lines(found.only_left, full),
        "只在右边的行": one_sided_lines(found.only_right, full),
        "键重复、没有比较的行": repeated_lines(found.repeated, full, width),
    }
    put_sections(screen, sections.items())
