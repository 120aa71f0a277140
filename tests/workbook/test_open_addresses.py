"""Every text stands where Excel shows it, in every kind of file and under any name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from odd import packages, tables

from effort import examples
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids


def grid_of(path: Path, content: bytes) -> Grid:
    path.write_bytes(content)
    (grid,) = open_grids(path)
    return grid


def texts(grid: Grid) -> dict[tuple[int, int], str]:
    return {
        (row, index): text
        for index, column in enumerate(grid.columns)
        for row, text in enumerate(column.to_pylist())
        if text is not None
    }


@pytest.mark.parametrize("name", ["清河镇.xlsx", "清河镇.xls", "清河镇.csv", "清河镇.et"])
@pytest.mark.parametrize("kind", tables.WRITERS)
def test_the_bytes_say_what_a_file_is(kind: str, name: str, tmp_path: Path) -> None:
    grid = grid_of(tmp_path / name, tables.WRITERS[kind]())
    assert texts(grid) == {(row, column): text for row, column, text in tables.cells()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimited_text_in_every_encoding(encoding: str, delimiter: str, tmp_path: Path) -> None:
    lines = ["清河县人口台账", "", delimiter.join(["姓名", "编号"]), delimiter.join(["张㐂", "0012"])]
    grid = grid_of(tmp_path / "a.csv", "\r\n".join(lines).encode(encoding))
    assert texts(grid) == {
        (0, 0): "清河县人口台账",
        (2, 0): "姓名",
        (2, 1): "编号",
        (3, 0): "张㐂",
        (3, 1): "0012",
    }


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a,b\n"1\n2",3\n4,5\n', [["a", "b"], ["1\n2", "3"], ["4", "5"]]),
        ("sep=;\na;b,c\n1;2\n", [["a", "b,c"], ["1", "2"]]),
        ('a,b\n=""0012"",x\n', [["a", "b"], ['=""0012""', "x"]]),
        ("a,b\n1\n2,3\n4,5,6\n", [["a", "b", None], ["1", None, None], ["2", "3", None], ["4", "5", "6"]]),
        ("a,b\n,\n1,2\n", [["a", "b"], [None, None], ["1", "2"]]),
        ("a,b,c", [["a", "b", "c"]]),
    ],
)
def test_the_records_of_a_csv_are_its_rows(text: str, rows: list[list[str | None]], tmp_path: Path) -> None:
    grid = grid_of(tmp_path / "a.csv", text.encode())
    assert [grid.row(index) for index in range(grid.height)] == rows


def test_a_broken_character_costs_one_character(tmp_path: Path) -> None:
    lines = "姓名,村\n" + "张三,东关村\n" * 500
    grid = grid_of(
        tmp_path / "a.csv", lines.encode("gb18030") + b"\xc0\xee\xcb," + "西沟村\n".encode("gb18030")
    )
    assert grid.height == 502
    assert "\ufffd" in str(grid.row(501))


def test_spans_and_breaks_of_a_web_page(tmp_path: Path) -> None:
    page = """<table><tr><th rowspan=2>姓&nbsp;名<th colspan=2>保障人数
        <tr><td>重点<br>人数<td>残疾人数</td></tr><tr><td>  张三 </td><td>1<td>0</table>"""
    grid = grid_of(tmp_path / "a.xls", page.encode())
    assert [grid.row(index) for index in range(grid.height)] == [
        ["姓 名", "保障人数", None],
        [None, "重点\n人数", "残疾人数"],
        ["张三", "1", "0"],
    ]
    assert set(grid.merged) == {(0, 0, 1, 0), (0, 1, 0, 2)}


def test_texts_of_numbers_dates_and_truth_values(tmp_path: Path) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [12, 1234.56, 1e-5, True, False, " 甲 "])
        sheet.write_datetime(0, 6, tables.LEAP_DAY, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_formula(0, 7, "=1+1", value="")
    grid = grid_of(tmp_path / "a.xlsx", file.getvalue())
    assert grid.row(0)[:7] == ["12", "1234.56", "0.00001", "TRUE", "FALSE", " 甲 ", "2020-02-29 00:00:00"]


@pytest.mark.parametrize("number", [20200229, 19680402, 2958466, 20231218])
def test_a_number_shown_as_a_day_that_does_not_exist_is_that_number(number: int, tmp_path: Path) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_number(0, 0, number, book.add_format({"num_format": "yyyy-mm-dd"}))
    assert grid_of(tmp_path / "a.xlsx", file.getvalue()).row(0) == [str(number)]


@pytest.mark.parametrize("flag", ["1", "true"])
def test_days_are_counted_from_1904_whatever_an_extension_leaves_out(flag: str, tmp_path: Path) -> None:
    """As modern Excel writes it: `x15:workbookPr` stands in the extensions and names no date system."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, tables.LEAP_DAY, book.add_format({"num_format": "yyyy-mm-dd"}))
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
    more = f'<extLst><ext uri="{{1}}" xmlns:x15="{space}"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>'
    book_part = parts["xl/workbook.xml"].replace(b'date1904="1"', f'date1904="{flag}"'.encode())
    parts["xl/workbook.xml"] = book_part.replace(b"</workbook>", more.encode())
    assert grid_of(tmp_path / "a.xlsx", packages.zipped(parts)).row(0) == ["2020-02-29 00:00:00"]


ODS_CELL = '<table:table-cell office:value-type="{}"{}><text:p>{}</text:p></table:table-cell>'
CALC_EXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods_of(*cells: str, more: str = "") -> bytes:
    row = f"<table:table-row>{''.join(cells)}</table:table-row>"
    return packages.ods(f'<table:table table:name="表">{row}</table:table>{more}')


def test_times_of_an_ods_file_are_read(tmp_path: Path) -> None:
    times = {
        "PT8H5M3S": "08:05:03",
        "PT255H10M10S": "255:10:10",
        "PT09H00M00.5S": "09:00:00",
        "PT30M": "00:30:00",
    }
    cells = [ODS_CELL.format("time", f' office:time-value="{time}"', "?") for time in times]
    grid = grid_of(tmp_path / "a.ods", ods_of(ODS_CELL.format("string", "", "甲"), *cells))
    assert (grid.row(0), grid.errors) == (["甲", *times.values()], {})


def test_errors_of_an_ods_file_are_none_of_its_blanks(tmp_path: Path) -> None:
    error = f' office:string-value="" calcext:value-type="error" {CALC_EXT}'
    cells = [
        ODS_CELL.format("string", more, text) for more, text in (("", "甲"), (error, "#DIV/0!"), ("", "乙"))
    ]
    grid = grid_of(tmp_path / "a.ods", ods_of(*cells))
    assert (grid.row(0), grid.errors) == (["甲", None, "乙"], {(0, 1): "#DIV/0!"})


def test_what_an_ods_file_keeps_of_others_is_no_sheet_of_it(tmp_path: Path) -> None:
    """Formulas referred to them; a sheet that is linked is one all the same."""
    row = f"<table:table-row>{ODS_CELL.format('string', '', '丙')}</table:table-row>"
    source = '<table:table-source table:table-name="Sheet1"/>'
    names = ("&apos;file:///别的.xlsx&apos;#Sheet1", "连着的", "#1")
    more = "".join(f'<table:table table:name="{name}">{source}{row}</table:table>' for name in names)
    (tmp_path / "a.ods").write_bytes(ods_of(ODS_CELL.format("string", "", "甲"), more=more))
    assert [grid.sheet for grid in open_grids(tmp_path / "a.ods")] == ["表", "连着的", "#1"]


@pytest.mark.parametrize("folder", ["Basic/Standard", "Dialogs/Standard"])
def test_an_ods_file_with_macros_is_read(folder: str, tmp_path: Path) -> None:
    """LibreOffice declares a DTD there, which is refused where something would read it."""
    with ZipFile(BytesIO(ods_of(ODS_CELL.format("string", "", "甲")))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts[f"{folder}/script-lb.xml"] = '<!DOCTYPE library:library SYSTEM "library.dtd"><library:library/>'
    assert grid_of(tmp_path / "a.ods", packages.zipped(parts)).row(0) == ["甲"]


def test_hidden_sheets_are_marked_and_charts_left_out(tmp_path: Path) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name in ("今年", "去年"):
            book.add_worksheet(name).write(0, 0, name)
        book.add_chartsheet("图").set_chart(_chart(book))
        book.get_worksheet_by_name("去年").hide()
    (tmp_path / "a.xlsx").write_bytes(file.getvalue())
    assert [(grid.sheet, grid.hidden) for grid in open_grids(tmp_path / "a.xlsx")] == [
        ("今年", False),
        ("去年", True),
    ]


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=今年!$A$1:$A$1"})
    return chart


PLACES = st.dictionaries(
    st.tuples(st.integers(0, 60), st.integers(0, 40)),
    st.text("甲乙ab&<>\"' ", min_size=1),
    min_size=1,
    max_size=12,
)


@given(places=PLACES)
@examples(25)
def test_scattered_cells_come_back_at_their_places(
    places: dict[tuple[int, int], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for (row, column), text in places.items():
            sheet.write_string(row, column, text)
    assert texts(grid_of(tmp_path_factory.mktemp("a") / "a.xlsx", file.getvalue())) == places
