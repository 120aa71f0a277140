"""Zipped workbooks written part by part, so that each part can be as odd as a test wants."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from random import Random
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def part(package: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(package)) as archive:
        return archive.read(name)


def relations(*relations: tuple[str, str]) -> str:
    """A relations part; each relation is its type and target."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{sort}" Target="{target}"/>'
        for number, (sort, target) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>'


def worksheet(body: str, prefix: str = "") -> str:
    """A worksheet part; a prefix such as `x:` is expected to stand before the tags of the body too."""
    name = f":{prefix[:-1]}" if prefix else ""
    return f'<{prefix}worksheet xmlns{name}="{_MAIN}">{body}</{prefix}worksheet>'


def xlsx(*bodies: str) -> bytes:
    """An xlsx file of sheets 表1, 表2 … whose worksheet elements hold these bodies."""
    return xlsx_of(*map(worksheet, bodies))


def xlsx_of(*sheets: str, texts: str = "") -> bytes:
    """An xlsx file of sheets 表1, 表2 … with these worksheet parts, and a part of shared texts."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="表{number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": relations(
                *(("worksheet", f"worksheets/{number}.xml") for number in numbers),
                ("sharedStrings", "sharedStrings.xml"),
            ),
            "xl/sharedStrings.xml": texts or f'<sst xmlns="{_MAIN}"/>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
            **{f"xl/worksheets/{number}.xml": sheet for number, sheet in enumerate(sheets, 1)},
        }
    )


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of an xlsb part."""
    return _groups(kind) + _groups(len(body)) + body


def xlsb(rows: bytes, *, before: bytes = b"", after: bytes = b"") -> bytes:
    """An xlsb file of one sheet with these records in, before and after its cells."""
    listed = pack("<II", 0, 1) + _wide("rId1") + _wide("表")
    cells = record(145) + rows + record(146)
    size = record(148, pack("<4I", 0, 0, 0, 0))
    book = record(131) + record(143) + record(156, listed) + record(144) + record(132)
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
            "_rels/.rels": relations(("officeDocument", "xl/workbook.bin")),
            "xl/_rels/workbook.bin.rels": relations(("worksheet", "worksheets/sheet1.bin")),
            "xl/workbook.bin": book,
            "docProps/thumbnail.jpeg": Random(1).randbytes(5000),
            "xl/worksheets/sheet1.bin": record(129) + size + before + cells + after + record(130),
        }
    )


def xlsb_row(row: int, hidden: bool = False) -> bytes:
    return record(0, pack("<IIHBBBI", row, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def xlsb_number(column: int, value: float) -> bytes:
    return record(5, pack("<IId", column, 0, value))


def xlsb_text(column: int, text: str) -> bytes:
    return record(6, pack("<II", column, 0) + _wide(text))


def _groups(number: int) -> bytes:
    low = bytearray()
    while number > 0x7F:
        low.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*low, number])


def _wide(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode("utf-16-le")


def ods(tables: str, *, manifest: str = "") -> bytes:
    """An ods file with these table elements."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return zipped(
        {
            "mimetype": _ODS,
            "META-INF/manifest.xml": manifest or "<manifest/>",
            "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
        }
    )
