"""What a reader of values alone would miss: merged, hidden, too long, wrong."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from odd import compound, packages, tables

from effort import examples
from fupin_audit.workbook.formats import sheet_scan
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids
from fupin_audit.workbook.formats.sheet_facts import SheetFacts
from fupin_audit.workbook.formats.sheet_parse import parse_sheet
from fupin_audit.workbook.formats.sheet_scan import IrregularSheetError, scan_sheet


def as_xlsx() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("C4:D4", "证件号码")
        sheet.write_number("E4", tables.ID)
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column("E:E", None, None, {"hidden": True})
    return file.getvalue()


def as_xls() -> bytes:
    cells = compound.label(3, 2, "证件号码") + compound.number(3, 4, tables.ID)
    layout = compound.hidden_row(3) + compound.hidden_columns(4, 4) + compound.merged(3, 2, 3, 3)
    return compound.xls(cells + layout)


def as_ods() -> bytes:
    text = '<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>证件号码</text:p></table:table-cell>'
    number = f'<table:table-cell office:value-type="float" office:value="{tables.ID:.0f}"><text:p>9.9E+17</text:p></table:table-cell>'
    return packages.ods(
        '<table:table table:name="表"><table:table-column table:number-columns-repeated="4"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row table:visibility="collapse"><table:table-cell table:number-columns-repeated="2"/>'
        f"{text}<table:covered-table-cell/>{number}</table:table-row></table:table>"
    )


def as_xml() -> bytes:
    cells = (
        '<Cell ss:Index="3" ss:MergeAcross="1"><Data ss:Type="String">证件号码</Data></Cell>'
        f'<Cell><Data ss:Type="Number">{tables.ID:.16E}</Data></Cell>'
    )
    row = f'<Row ss:Index="4" ss:Hidden="1">{cells}</Row>'
    column = '<Column ss:Index="5" ss:Hidden="1"/>'
    return tables.spreadsheet_ml(f'<Worksheet ss:Name="表"><Table>{column}{row}</Table></Worksheet>')


WRITERS = {"xlsx": as_xlsx, "xls": as_xls, "xlsb": tables.merged_xlsb, "ods": as_ods, "xml": as_xml}


@pytest.mark.parametrize("kind", WRITERS)
def test_layout_and_long_numbers(kind: str, tmp_path: Path) -> None:
    grid = _grid(tmp_path, WRITERS[kind]())
    assert grid.row(3)[2] == "证件号码"
    assert re.fullmatch(r"9901011990010\d{5}", grid.row(3)[4] or "")
    assert grid.long_numbers == {(3, 4)}
    assert grid.merged == ((3, 2, 3, 3),)
    assert grid.hidden_rows == {3}
    assert grid.hidden_columns == {4}


@pytest.mark.parametrize("code", ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"])
def test_error_cells_are_null_and_named(code: str, tmp_path: Path) -> None:
    body = f'<sheetData><row r="3"><c r="B3"><v>1</v></c><c r="C3" t="e"><v>{code}</v></c></row></sheetData>'
    grid = _grid(tmp_path, packages.xlsx(body))
    assert grid.row(2) == [None, "1", None]
    assert grid.errors == {(2, 2): code}


def test_error_cells_of_an_xls_file(tmp_path: Path) -> None:
    grid = _grid(tmp_path, compound.xls(compound.number(0, 1, 1) + compound.error(2, 3, 0x17)))
    assert grid.errors == {(2, 3): "#REF!"}


@pytest.mark.parametrize(
    ("cell", "is_long"),
    [
        ("<v>990101199001010000</v>", True),
        ("<v>9.9010119900101E+17</v>", True),
        ("<v>9.9E17</v>", True),
        ("<v>100000000000000</v>", True),
        ("<v>99999999999999</v>", False),
        ("<v>0.66666666666666663</v>", False),
        ("<v>12345678901.123456</v>", False),
        ("<v>1E-17</v>", False),
        ("<f>A1&amp;B1</f><v>990101199001010000</v>", True),
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_only_numbers_can_be_too_long(cell: str, is_long: bool, prefix: str, tmp_path: Path) -> None:
    body = '<sheetData><row r="1"><c r="A1" t="str"><v>990101199001010000</v></c>'
    body += f'<c r="B1" s="0">{cell}</c></row></sheetData>'
    sheet = packages.worksheet(re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", body), prefix)
    assert _grid(tmp_path, packages.xlsx_of(sheet)).long_numbers == ({(0, 1)} if is_long else set())


def test_blank_cells_with_a_style_cost_nothing(tmp_path: Path) -> None:
    content = tables.far_xlsx('<c r="XFD1048576" s="0"/>')
    assert _grid(tmp_path, content).height == 1


def test_a_false_dimension_is_ignored(tmp_path: Path) -> None:
    body = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    assert _grid(tmp_path, packages.xlsx(body)).height == 1


@pytest.mark.parametrize(
    "body",
    [
        "<row><c><v>1</v></c></row>",
        '<row r="1"><c s="1" r="A1"><v>1</v></c></row>',
        "<row r='1'><c r='A1'/></row>",
    ],
)
def test_unusual_cells_are_left_to_the_parser(body: str) -> None:
    sheet = packages.worksheet(f"<sheetData>{body}</sheetData>").encode()
    with pytest.raises(IrregularSheetError):
        scan_sheet(BytesIO(sheet))
    assert parse_sheet(BytesIO(sheet), SheetFacts()).last_row <= 0


CELLS = st.dictionaries(
    st.tuples(st.integers(0, 150), st.integers(0, 16_383)),
    st.one_of(st.text("甲Ee<&", min_size=1), st.floats(-1e18, 1e18), st.integers(0, 10**18)),
    max_size=30,
)


@given(cells=CELLS, chunk=st.integers(600, 3000), hidden=st.sets(st.integers(0, 100), max_size=3))
@examples(60)
def test_the_scan_agrees_with_the_parser(
    cells: dict[tuple[int, int], str | float], chunk: int, hidden: set[int]
) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row in hidden:
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.merge_range("B2:C3", "合并")
        sheet.set_h_pagebreaks([5, 9])
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
    xml = packages.part(file.getvalue(), "xl/worksheets/sheet1.xml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_scan, "_CHUNK", chunk)
        scanned = scan_sheet(BytesIO(xml))
    parsed = parse_sheet(BytesIO(xml), SheetFacts())
    assert _without_blanks(scanned) == _without_blanks(parsed)
    assert scanned.filled >= parsed.filled


def _without_blanks(seen: SheetFacts) -> tuple[object, ...]:
    return seen.long_numbers, seen.merged, seen.hidden_rows, seen.hidden_columns


def _grid(folder: Path, content: bytes) -> Grid:
    path = folder / "a.xlsx"
    path.write_bytes(content)
    (grid,) = open_grids(path)
    return grid
