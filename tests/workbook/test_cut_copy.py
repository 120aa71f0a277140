"""A copy of some rows: every text as it was, and the look of the file it was cut out of."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import fastexcel
import openpyxl
import pyarrow as pa
import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from fupin_audit.results.cell_note import CellNote
from fupin_audit.results.finding import Severity
from fupin_audit.workbook.annotating.bulk_rows import LONGEST, odd_rows
from fupin_audit.workbook.annotating.cut_copy import CutSheet, write_cut_copy
from fupin_audit.workbook.annotating.original_look import looks_of
from fupin_audit.workbook.annotating.sheet_look import SheetLook
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.formats.open_grids import unlock
from fupin_audit.writing.workbook_style import FILLS

HEADER = ("姓名", "备注")
TEXTS = (
    ("张三", None),
    ("李四 & 王五 <x> \"引号\" '单'", "  前后有空格  "),
    ("990101197003050015", "第一行\n第二行\t制表"),
    (None, None),
    ("_x0041_", "控\x01制"),
    ("=1+1", "00123"),
    ("长" * (LONGEST + 10), "]]>"),
    ("𠮷野家", "é\u0301"),
)


def grid_of(*rows: tuple[str | None, ...], errors: Mapping[Cell, str] | None = None) -> Grid:
    columns = tuple(pa.array(column, pa.string()) for column in zip(*rows, strict=True))
    return Grid("名单", columns, errors=errors or {})


def written(*sheets: CutSheet) -> bytes:
    sink = BytesIO()
    write_cut_copy(sheets, sink)
    return sink.getvalue()


def sheet_of(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(content)).worksheets[0]


def test_every_text_stands_as_it_was() -> None:
    grid = grid_of(HEADER, *TEXTS)
    content = written(CutSheet(grid, 1, odd=odd_rows(grid)))
    expected = [tuple(text and text[:LONGEST] for text in row) for row in (HEADER, *TEXTS)]
    rows = [tuple(cell.value for cell in row) for row in sheet_of(content).iter_rows()]
    # openpyxl leaves the written form of a control character as it is; the bulk reader shows what Excel shows.
    assert rows[:5] == expected[:5]
    read = fastexcel.read_excel(content).load_sheet(0, header_row=None, dtypes="string").to_arrow()
    found = list(zip(*(column.to_pylist() for column in read.columns), strict=True))
    assert [row for row in found if any(row)] == [row for row in expected if any(row)]


def test_only_the_odd_rows_are_odd() -> None:
    assert odd_rows(grid_of(HEADER, *TEXTS)) == {5, 7}


def test_the_rest_is_written_as_the_library_writes_it() -> None:
    """With every row cell by cell the sheet says the same, in the same styles."""
    grid = grid_of(HEADER, *TEXTS)
    bulk = sheet_of(written(CutSheet(grid, 1, odd=odd_rows(grid))))
    single = sheet_of(written(CutSheet(grid, 1, odd=frozenset(range(grid.height)))))
    assert bulk.dimensions == single.dimensions
    for ours, theirs in zip(bulk.iter_rows(), single.iter_rows(), strict=True):
        for one, other in zip(ours, theirs, strict=True):
            assert (one.value, one.number_format) == (other.value, other.number_format)
            assert (repr(one.font), repr(one.border)) == (repr(other.font), repr(other.border))


def test_errors_and_notes_stand_in_their_cells() -> None:
    grid = grid_of(HEADER, *TEXTS[:3], errors={(1, 1): "#N/A"})
    note = CellNote(Severity.ERROR, "证件号码不对")
    sheet = sheet_of(written(CutSheet(grid, 1, {"A4": note, "B4": note, "D3": note})))
    assert sheet["B2"].value == "#N/A"
    for name in ("A4", "B4", "D3"):
        comment = sheet[name].comment
        assert comment is not None
        assert comment.text == "证件号码不对"
        assert sheet[name].fill.fgColor.rgb == "FF" + FILLS[Severity.ERROR].removeprefix("#")
    assert sheet["A4"].value == TEXTS[2][0]


def test_a_sheet_of_a_header_alone_is_written() -> None:
    assert [cell.value for cell in sheet_of(written(CutSheet(grid_of(HEADER), 1)))[1]] == list(HEADER)


def test_the_same_content_gives_the_same_bytes() -> None:
    cut = CutSheet(grid_of(HEADER, *TEXTS[:3]), 1)
    assert written(cut) == written(cut)


@pytest.fixture
def styled(tmp_path: Path) -> Path:
    """A roll as an office makes it: a merged title, a coloured header, borders."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    sheet.append(["花名册", None])
    sheet.merge_cells("A1:B1")
    sheet.append(list(HEADER))
    sheet.append(["张三", "无"])
    sheet.append(["李四", "无"])
    sheet.row_dimensions[1].height = 36
    sheet.column_dimensions["A"].width = 18
    sheet["A1"].font = Font(name="黑体", size=20, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet["A2"].font = Font(name="宋体", color=Color(theme=0))
    sheet["A2"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=-0.25))
    sheet["B2"].fill = PatternFill("solid", fgColor=Color(indexed=13))
    line = Side(style="dashed", color="FF00AA00")
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.border = Border(left=line, bottom=line)
            cell.font = Font(name="仿宋", size=14)
    book.save(tmp_path / "名单.xlsx")
    return tmp_path / "名单.xlsx"


def test_a_copy_looks_like_its_original(styled: Path) -> None:
    original = unlock(styled, None)
    look = looks_of(original, lambda _: 2)["名单"]
    (grid,) = original.grids()
    look = SheetLook(look.widths, look.heights, grid.merged, look.cells, look.columns)
    sheet = sheet_of(written(CutSheet(grid, 2, {}, look)))
    assert sheet.column_dimensions["A"].width == pytest.approx(18, abs=1)
    assert sheet.row_dimensions[1].height == 36
    assert [str(found) for found in sheet.merged_cells.ranges] == ["A1:B1"]
    title, header, indexed, data = (sheet[name] for name in ("A1", "A2", "B2", "B4"))
    assert (title.value, title.font.name, title.font.size, title.font.bold) == ("花名册", "黑体", 20, True)
    assert (title.alignment.horizontal, title.alignment.vertical) == ("center", "center")
    assert title.alignment.wrap_text
    assert (header.font.color.rgb, header.fill.fgColor.rgb) == ("FFFFFFFF", "FF376092")
    assert indexed.fill.fgColor.rgb == "FFFFFF00"
    assert (data.font.name, data.font.size) == ("仿宋", 14)
    assert (data.border.left.style, data.border.left.color.rgb) == ("dashed", "FF00AA00")
    assert (data.border.right.style, data.number_format) == (None, "@")


def test_a_file_whose_look_cannot_be_read_is_copied_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text("姓名,备注\n张三,无\n", encoding="utf-8")
    assert looks_of(unlock(tmp_path / "名单.csv", None), lambda _: 1) == {}


@pytest.mark.parametrize("odd", [frozenset[int](), frozenset({8})], ids=["bulk", "odd at the end"])
def test_the_sheet_says_how_far_it_reaches(odd: frozenset[int]) -> None:
    grid = grid_of(HEADER, *TEXTS)
    assert sheet_of(written(CutSheet(grid, 1, odd=odd_rows(grid) | odd))).dimensions == "A1:B9"
