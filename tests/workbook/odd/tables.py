"""One small table in every kind of file, its first cell at C4."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from struct import pack

import xlsxwriter

from odd import compound, packages

ID = 990101199001010000.0

ROWS = (("姓名", "编号"), ("张三", "0012"), ("李四", "0013"))
TOP, LEFT = 3, 2
LEAP_DAY = datetime(2020, 2, 29)


def cells() -> list[tuple[int, int, str]]:
    """Row, column and text of each cell, from 0."""
    return [
        (TOP + row, LEFT + column, text)
        for row, texts in enumerate(ROWS)
        for column, text in enumerate(texts)
    ]


def as_xlsx() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for row, column, text in cells():
            sheet.write_string(row, column, text)
    return file.getvalue()


def as_xls() -> bytes:
    return compound.xls(b"".join(compound.label(*cell) for cell in cells()))


def as_xlsb() -> bytes:
    records = b""
    for row, texts in enumerate(ROWS):
        records += packages.xlsb_row(TOP + row)
        records += b"".join(packages.xlsb_text(LEFT + column, text) for column, text in enumerate(texts))
    return packages.xlsb(records)


def as_ods() -> bytes:
    blank = f'<table:table-row table:number-rows-repeated="{TOP}"><table:table-cell/></table:table-row>'
    indent = f'<table:table-cell table:number-columns-repeated="{LEFT}"/>'
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{indent}{''.join(map(cell.format, row))}</table:table-row>" for row in ROWS
    )
    return packages.ods(f'<table:table table:name="表">{blank}{rows}</table:table>')


def as_csv() -> bytes:
    return ("\n" * TOP + "".join("," * LEFT + ",".join(row) + "\n" for row in ROWS)).encode("gb18030")


def as_html() -> bytes:
    blank = "<tr></tr>" * TOP
    rows = "".join("<tr>" + "<td></td>" * LEFT + "".join(f"<td> {text}</td>" for text in row) for row in ROWS)
    return f'<html><meta charset="gb2312"><table>{blank}{rows}</table></html>'.encode("gb18030")


def as_xml() -> bytes:
    cell = '<Cell{}><Data ss:Type="String">{}</Data></Cell>'
    first, rest = f' ss:Index="{LEFT + 1}"', ""
    rows = "".join(
        f'<Row ss:Index="{TOP + 1 + index}">{cell.format(first, name)}{cell.format(rest, number)}</Row>'
        for index, (name, number) in enumerate(ROWS)
    )
    return spreadsheet_ml(f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet>')


def spreadsheet_ml(sheets: str) -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheets}</Workbook>'.encode()


WRITERS = {
    "xlsx": as_xlsx,
    "xls": as_xls,
    "xlsb": as_xlsb,
    "ods": as_ods,
    "csv": as_csv,
    "html": as_html,
    "xml": as_xml,
}


def far_xls(sheets: int) -> bytes:
    """Sheets of two cells at opposite corners."""
    return compound.xls(compound.number(0, 0, 1) + compound.number(65535, 255, 1), sheets=sheets)


def sheets_of_xls(count: int) -> bytes:
    """So many sheets of one cell."""
    return compound.xls(compound.number(0, 0, 1), sheets=count)


def far_xlsb() -> bytes:
    corner = packages.xlsb_row(1_048_575) + packages.xlsb_number(16_383, 1)
    return packages.xlsb(packages.xlsb_row(0) + packages.xlsb_number(0, 1) + corner)


def far_xlsx(cell: str = '<c r="XFD1048576"><v>1</v></c>') -> bytes:
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return packages.xlsx(f'<sheetData>{first}<row r="1048576">{cell}</row></sheetData>')


def far_ods() -> bytes:
    cell = (
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return packages.ods(f'<table:table table:name="表">{row}</table:table>')


def claiming_xlsx() -> bytes:
    """A workbook that says it has four billion texts."""
    sheet = packages.worksheet('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    return packages.xlsx_of(
        sheet, texts='<sst count="4294967295" uniqueCount="4294967295"><si><t>甲</t></si></sst>'
    )


def merged_xlsb() -> bytes:
    """A sheet with a hidden row and column, a merged range and a long number."""
    columns = packages.record(60, pack("<4IH", 4, 4, 300, 0, 1))
    cells = (
        packages.xlsb_row(3, hidden=True) + packages.xlsb_text(2, "证件号码") + packages.xlsb_number(4, ID)
    )
    merge = (
        packages.record(177, pack("<I", 1))
        + packages.record(176, pack("<4I", 3, 3, 2, 3))
        + packages.record(178)
    )
    return packages.xlsb(cells, before=columns, after=merge)
