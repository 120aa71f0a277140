"""Zipped workbooks that lie about themselves, or hold more than is good for anybody."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from odd import compound, packages, tables

from fupin_audit.errors import DamagedFileError, InputError, OverLimitError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.formats import sheet_scan, xml2003
from fupin_audit.workbook.formats.open_grids import open_grids

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = packages.worksheet('<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>')
TEXT = "<si><t>甲</t></si></sst>"
HUGE = 4_294_967_295


def read(folder: Path, content: bytes) -> list[list[str | None]]:
    path = folder / "a.xlsx"
    path.write_bytes(content)
    return [grid.row(0) for grid in open_grids(path)]


@pytest.mark.parametrize(
    "texts",
    [
        f'<sst xmlns="{MAIN}" uniqueCount="{HUGE}">{TEXT}',
        f'<!--{"乙" * 9000}--><sst xmlns="{MAIN}" uniqueCount="{HUGE}">{TEXT}',
        f'<!-- <sst uniqueCount="1"> --><sst xmlns="{MAIN}" uniqueCount="{HUGE}">{TEXT}',
        f'<sst xmlns="{MAIN}" title=">" uniqueCount="{HUGE}">{TEXT}',
        f'<sst xmlns="{MAIN}" uniqueCount="&#52;294967295">{TEXT}',
        f'<sst xmlns="{MAIN}" uniqueCount="0000{HUGE}">{TEXT}',
        f'<sst xmlns="{MAIN}" uniqueCount="18446744073709551615">{TEXT}',
        f'<x:sst xmlns:x="{MAIN}" uniqueCount="{HUGE}">{TEXT.replace("</", "</x:").replace("<s", "<x:s").replace("<t", "<x:t")}',
        f'<a><sst xmlns="{MAIN}" uniqueCount="{HUGE}">{TEXT}</a>',
        f'<a/><sst xmlns="{MAIN}" uniqueCount="{HUGE}">{TEXT}',
        f'<a></b><sst uniqueCount="{HUGE}">{TEXT}',
        f'<sst xmlns="{MAIN}" uniqueCount="200000">{" " * 250_000}{TEXT}',
    ],
)
@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/SharedStrings.XML"])
def test_a_claim_of_texts_is_checked_wherever_it_stands(texts: str, name: str, tmp_path: Path) -> None:
    with ZipFile(BytesIO(packages.xlsx_of(SHEET, texts=texts))) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = parts.pop("xl/sharedStrings.xml")
    with pytest.raises(DamagedFileError):
        read(tmp_path, packages.zipped(parts))


def test_an_honest_claim_is_believed(tmp_path: Path) -> None:
    texts = f'<?xml version="1.0"?><!--{"乙" * 9000}--><sst xmlns="{MAIN}" count="9" uniqueCount="1">{TEXT}'
    assert read(tmp_path, packages.xlsx_of(SHEET, texts=texts)) == [["甲"]]


ROW = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
PASSED_OVER = {
    "a second table": f"<sheetData>{ROW.format(1)}</sheetData><sheetData>{ROW.format(2)}</sheetData>",
    "a wrapped number": '<sheetData><row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row></sheetData>',
    "half a text wrapped": '<sheetData><row r="1"><c r="A1" t="str"><v>张<![CDATA[三]]></v></c></row></sheetData>',
    "in a sheet written unusually": '<sheetData><row><c t="str"><v><![CDATA[1]]></v></c></row></sheetData>',
}


@pytest.mark.parametrize("body", PASSED_OVER.values(), ids=PASSED_OVER)
def test_cells_the_parser_passes_over_are_not_lost_in_silence(body: str, tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match="有的单元格会读不到"):
        read(tmp_path, packages.xlsx_of(packages.worksheet(body)))


def _text(text: str, place: str = "") -> str:
    where = f' r="{place}"' if place else ""
    return f'<c{where} t="inlineStr"><is><t>{text}</t></is></c>'


def _row(*cells: str, number: int = 0) -> str:
    where = f' r="{number}"' if number else ""
    return f"<row{where}>{''.join(cells)}</row>"


TWICE = {
    "a row number": (_row(_text("甲", "A5"), number=5) + _row(_text("乙", "A5"), number=5), "A5"),
    "a row number, cells without": (_row(_text("甲"), number=3) + _row(_text("乙"), number=3), "A3"),
    "a row number, far apart": (
        _row(_text("甲", "B2"), number=2) + "".join(_row(_text("丙", f"A{n}"), number=n) for n in range(3, 40_000))
        + _row(_text("乙", "B2"), number=2),
        "B2",
    ),
    "in a row": (_row(_text("甲", "C1"), _text("乙", "C1"), number=1), "C1"),
    "after cells that say none": (_row(_text("甲"), _text("丙"), _text("乙", "A1"), number=1), "A1"),
    "before a cell that says none": (_row(_text("丙", "B1"), _text("甲", "A1"), _text("乙"), number=1), "B1"),
    "in small letters": (_row(_text("甲", "B1"), _text("乙", "b1"), number=1), "B1"),
    "in another row's element": (_row(_text("甲", "A2"), number=1) + _row(_text("乙", "A2"), number=2), "A2"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "place"), TWICE.values(), ids=TWICE)
def test_of_two_cells_at_one_place_none_is_lost_in_silence(rows: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match=f"两个 {place}，有的单元格会读不到"):
        read(tmp_path, packages.xlsx(f"<sheetData>{rows}</sheetData>"))


APART = {
    "one row's cells in two elements": (_row(_text("甲", "A1"), number=1) + _row(_text("乙", "B1"), number=1)),
    "cells the other way round": _row(_text("乙", "B1"), _text("甲", "A1"), number=1),
    "rows the other way round": _row(_text("丙", "A2"), number=2) + _row(_text("甲", "A1"), _text("乙", "B1"), number=1),
    "the second says no place": _row(_text("甲", "A1"), _text("乙"), number=1),
    "small letters": _row(_text("甲", "a1"), _text("乙", "b1"), number=1),
    "nothing says a place": _row(_text("甲"), _text("乙")) + _row(_text("丙")),
    "a blank one at the same place": _row('<c r="A1"/>', _text("甲", "A1"), '<c r="A1"/>', _text("乙", "B1"), number=1),
}  # fmt: skip


@pytest.mark.parametrize("rows", APART.values(), ids=APART)
def test_cells_at_places_of_their_own_are_read_in_any_order(rows: str, tmp_path: Path) -> None:
    assert read(tmp_path, packages.xlsx(f"<sheetData>{rows}</sheetData>")) == [["甲", "乙"]]


def _short_numbers(row: int, first: int, count: int) -> bytes:
    numbers = b"".join(struct.pack("<HI", 0, number << 2 | 2) for number in range(count))
    return compound.record(
        0x00BD, struct.pack("<HH", row, first) + numbers + struct.pack("<H", first + count - 1)
    )


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (compound.label(0, 0, "甲") + compound.label(4, 1, "乙") + compound.label(4, 1, "丙"), "B5 "),
        (compound.label(0, 0, "甲") + _short_numbers(2, 1, 3) + compound.number(2, 3, 1.5), "D3 "),
        (compound.label(0, 0, "甲") * 9, "A1等8格 "),
    ],
)
def test_of_two_records_of_one_cell_the_reader_says_which_it_took(
    cells: bytes, told: str, tmp_path: Path
) -> None:
    """Old programs write a cell that is changed once more."""
    (tmp_path / "a.xls").write_bytes(compound.xls(cells))
    (grid,) = open_grids(tmp_path / "a.xls")
    assert grid.caveats == (f"{told}写了两次，只读到后一次写的",)


def test_cells_of_an_old_workbook_that_stand_apart_are_no_matter(tmp_path: Path) -> None:
    cells = (
        compound.label(0, 0, "甲")
        + _short_numbers(2, 1, 3)
        + compound.number(2, 4, 1)
        + compound.number(1, 1, 1)
    )
    (tmp_path / "a.xls").write_bytes(compound.xls(cells, sheets=3))
    assert [grid.caveats for grid in open_grids(tmp_path / "a.xls")] == [(), (), ()]


@pytest.mark.parametrize("rows", [((4, 1), (4, 1)), ((4, 1), (3, 1)), ((4, 2), (4, 1))])
def test_records_that_do_not_follow_each_other_are_refused(
    rows: tuple[tuple[int, int], ...], tmp_path: Path
) -> None:
    cells = b"".join(packages.xlsb_row(row) + packages.xlsb_text(column, "甲") for row, column in rows)
    with pytest.raises(DamagedFileError, match="有的单元格会读不到"):
        read(tmp_path, packages.xlsb(cells))


def test_a_text_that_speaks_of_tables_is_read(tmp_path: Path) -> None:
    text = "sheetData &lt;![CDATA[ sheetData"
    cell = f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'
    assert read(tmp_path, packages.xlsx_of(packages.worksheet(cell))) == [["sheetData <![CDATA[ sheetData"]]


def lying(package: bytes, name: str, size: int) -> bytes:
    """The package with an entry said to be smaller than it is, and the checksum of that much."""
    with ZipFile(BytesIO(package)) as archive:
        entry, check = archive.getinfo(name), zlib.crc32(archive.read(name)[:size])
        start = archive.start_dir
    forged = bytearray(package)
    struct.pack_into("<I4xI", forged, entry.header_offset + 14, check, size)
    place = package.index(name.encode(), start) - 46
    struct.pack_into("<I4xI", forged, place + 16, check, size)
    return bytes(forged)


def test_a_sheet_larger_than_its_entry_says_is_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 3000))
    content = packages.xlsx(f"<sheetData>{rows}</sheetData>")
    whole = packages.part(content, "xl/worksheets/1.xml")
    assert read(tmp_path, content) == [["1"]]
    with pytest.raises(DamagedFileError):
        read(tmp_path, lying(content, "xl/worksheets/1.xml", whole.index(b'<row r="9"')))


def test_texts_larger_than_their_entry_says_are_refused(tmp_path: Path) -> None:
    # Packed to more than a quarter of a megabyte, to be worth a look.
    noise = "".join(chr(0x4E00 + number * number % 20_000) for number in range(200_000))
    content = packages.xlsx_of(SHEET, texts=f'<sst xmlns="{MAIN}"><si><t>{noise}</t></si></sst>')
    assert read(tmp_path, content) == [[noise]]
    with pytest.raises(DamagedFileError):
        read(tmp_path, lying(content, "xl/sharedStrings.xml", 1000))


def test_a_part_of_two_sheets_is_refused(tmp_path: Path) -> None:
    with ZipFile(BytesIO(packages.xlsx(SHEET, SHEET))) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"rId2", b"rId1")
    with pytest.raises(DamagedFileError, match="同一处"):
        read(tmp_path, packages.zipped(parts))


CELL = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def sheets_of_xlsx(count: int) -> bytes:
    return packages.xlsx(*[CELL] * count)


def sheets_of_ods(count: int) -> bytes:
    return packages.ods("".join(f'<table:table table:name="{number}"/>' for number in range(count)))


def sheets_of_xml(count: int) -> bytes:
    return tables.spreadsheet_ml(
        "".join(f'<Worksheet ss:Name="{number}"><Table/></Worksheet>' for number in range(count))
    )


@pytest.mark.parametrize("write", [sheets_of_xlsx, sheets_of_ods, sheets_of_xml, tables.sheets_of_xls])
def test_thousands_of_sheets_are_refused_at_once(write: Callable[[int], bytes], tmp_path: Path) -> None:
    with pytest.raises(OverLimitError, match=r"(3000|1001) 个工作表"):
        read(tmp_path, write(3000))


@pytest.mark.parametrize("write", [sheets_of_xlsx, sheets_of_ods, sheets_of_xml])
def test_hundreds_of_sheets_are_read(write: Callable[[int], bytes], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(write(300))
    assert len(list(open_grids(path))) == 300


def test_a_row_longer_than_any_is_refused_and_the_next_sheet_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_scan, "_LONGEST_ROW", 1 << 20)
    long = '<sheetData><row r="1">' + '<c r="A1"><v>1</v></c>' * 100_000 + "</row></sheetData>"
    assert_refused_but_the_next(tmp_path, long, "有一行过长")


def test_cells_beyond_the_last_column_are_refused_and_the_next_sheet_read(tmp_path: Path) -> None:
    assert_refused_but_the_next(
        tmp_path, '<sheetData><row r="1">' + "<c><v>1</v></c>" * 20_000 + "</row></sheetData>", "XFE1 超出"
    )


@pytest.mark.nightly
@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>{}</v></c>',
        "<c><v>{}</v></c>",
        '<c r="A1" t="inlineStr"><is><t>甲{}</t></is></c>',
    ],
)
def test_three_million_cells_in_a_row_are_refused(cell: str, tmp_path: Path) -> None:
    cells = "".join(cell.format(number * number % 1_000_003) for number in range(3_000_000))
    assert_refused_but_the_next(
        tmp_path, f'<sheetData><row r="1">{cells}</row></sheetData>', r"(有一行过长|XFE1 超出)"
    )


def assert_refused_but_the_next(folder: Path, body: str, says: str) -> None:
    path = folder / "a.xlsx"
    path.write_bytes(packages.xlsx(body, CELL))
    grids = open_grids(path)
    assert next(grids).row(0) == ["1"]
    with pytest.raises(OverLimitError, match=says):
        next(grids)


@pytest.mark.parametrize(
    "value", ['office:boolean-value="true"', 'office:value="3"', 'office:string-value="甲"']
)
def test_repeated_cells_count_whatever_says_their_value(value: str, tmp_path: Path) -> None:
    cell = f'<table:table-cell {value} table:number-columns-repeated="16384"/>'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with pytest.raises(OverLimitError):
        read(tmp_path, packages.ods(f'<table:table table:name="表">{rows}</table:table>'))


@pytest.mark.parametrize("attribute", ["-5", "99999999999999999999", "1e9", "", "９"])
def test_repeats_that_are_none_are_read_or_refused(attribute: str, tmp_path: Path) -> None:
    cell = f'<table:table-cell office:value="3" table:number-columns-repeated="{attribute}"/>'
    with pytest.raises(InputError):
        read(
            tmp_path,
            packages.ods(
                f'<table:table table:name="表"><table:table-row>{cell}</table:table-row></table:table>'
            ),
        )


def test_the_limit_of_sheets_is_said() -> None:
    limits.check_sheets(limits.SHEETS)
    with pytest.raises(OverLimitError, match=f"超过 {limits.SHEETS} 个"):
        limits.check_sheets(limits.SHEETS + 1)


def test_xml_nested_deeper_than_any_is_refused(tmp_path: Path) -> None:
    deep = tables.spreadsheet_ml("<Worksheet><Table><Row>" + "<Cell>" * 100_000)
    with pytest.raises(InputError):
        list(xml2003.read_xml(deep))
