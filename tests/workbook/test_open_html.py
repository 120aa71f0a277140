"""Web pages that end before their tables do: no row goes in silence."""

from __future__ import annotations

import pytest

from fupin_audit.errors import DamagedFileError
from fupin_audit.workbook.formats.html import read_html

ROWS = "<tr><td>姓名<td>村</tr><tr><td>张三<td>东沟村</tr>"


@pytest.mark.parametrize("tag", ["<div>", "<b>"])
def test_rows_behind_what_the_parser_gives_up_at_are_not_lost_in_silence(tag: str) -> None:
    page = f"<html><table>{ROWS}{tag * 100_000}<tr><td>李四<td>西沟村</tr></table></html>"
    with pytest.raises(DamagedFileError, match="嵌套太深"):
        list(read_html(page.encode()))


@pytest.mark.parametrize(
    ("end", "is_doubted"), [("</table></html>", False), ("", True), ("<tr><td>李", True)]
)
def test_a_page_without_an_end_is_doubted(end: str, is_doubted: bool) -> None:
    (grid,) = read_html(f"<html><table>{ROWS}{end}".encode())
    assert grid.row(1) == ["张三", "东沟村"]
    assert any("没有结尾" in caveat for caveat in grid.caveats) == is_doubted
