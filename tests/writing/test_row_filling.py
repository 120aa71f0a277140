"""Rows beside those the library wrote: the same texts, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from fupin_audit.writing.excel import new_workbook
from fupin_audit.writing.row_filling import fill_rows, styles_in, xml_text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("张三", "张三"),
        ("<a> & b", "&lt;a&gt; &amp; b"),
        ("一\n二\t三", "一\n二\t三"),
        ("控\x01制\x0b", "控_x0001_制_x000B_"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x_ _xG000_", "_x_ _xG000_"),
        ("\uffff", "_xFFFF_"),
    ],
)
def test_a_text_is_written_as_excel_writes_it(text: str, written: str) -> None:
    assert xml_text(text) == written


def filled() -> bytes:
    """Two sheets, the second filled."""
    frame, whole = BytesIO(), BytesIO()
    with new_workbook(frame, "表", date(2020, 12, 31)) as book:
        book.add_worksheet("甲").write_string(0, 0, "不动")
        bold = book.add_format({"bold": True})
        book.add_worksheet("乙").write_blank(1, 0, None, bold)

    def rows(framed: Mapping[int, str]) -> Iterator[str]:
        style = styles_in(framed[2])["A"]
        for number in (2, 3):
            yield f'<row r="{number}"><c r="A{number}" s="{style}"><v>{number}</v></c></row>'

    fill_rows(frame, whole, {2: rows})
    return whole.getvalue()


def test_rows_stand_in_their_sheet_in_the_look_of_the_frame() -> None:
    book = openpyxl.load_workbook(BytesIO(filled()))
    assert book["甲"]["A1"].value == "不动"
    cells = [book["乙"][name] for name in ("A2", "A3")]
    assert [cell.value for cell in cells] == [2, 3]
    assert all(cell.font.bold for cell in cells)


def test_the_same_rows_give_the_same_bytes() -> None:
    assert filled() == filled()
