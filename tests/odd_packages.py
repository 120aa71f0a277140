"""Workbooks with all that may stand beside the cells of a ledger, made as Excel, WPS and the usual libraries make them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Drawn
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

SHEET = "人口"
Make = Callable[[], bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument"


def picture() -> io.BytesIO:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    file.seek(0)
    return file


def _fill_rows(sheet: xlsxwriter.worksheet.Worksheet, look: object = None) -> None:
    for column in range(6):
        sheet.write(0, column, f"列{column}", look)
    for row in range(1, 30):
        for column in range(5):
            sheet.write(row, column, f"张{row}{column}" if column < 3 else row * column, look)
        sheet.write_formula(row, 5, f"=D{row + 1}+E{row + 1}", look, row * 7)


def written(
    add: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object], macros: bool = False
) -> bytes:
    """A workbook of XlsxWriter with something added to its ledger, and another sheet behind."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    _fill_rows(sheet, book.add_format({"border": 1, "num_format": "0.00"}))
    add(book, sheet)
    _fill_rows(book.add_worksheet("别的"))
    book.close()
    return file.getvalue()


def _chart(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={SHEET}!$D$2:$D$20"})
    sheet.insert_chart("H2", chart)


def _everything(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    _chart(book, sheet)
    sheet.insert_image("H20", "a.png", {"image_data": picture()})
    sheet.set_header("&C&G", {"image_center": "a.png", "image_data_center": picture()})
    sheet.write_comment("B3", "原有的批注")
    sheet.write_comment("C9", "另一条")
    sheet.data_validation("A2:A30", {"validate": "list", "source": ["甲", "乙"]})
    sheet.conditional_format("D2:D30", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(
        "E2:E30", {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format({"bold": 1})}
    )
    sheet.merge_range("A40:C42", "合并")
    sheet.autofilter("A1:F30")
    sheet.freeze_panes(1, 1)
    sheet.protect("密码")
    sheet.set_column("B:C", 20, book.add_format({"italic": True}))
    sheet.set_row(33, 30, book.add_format({"bold": True}))
    sheet.write_url("G5", "https://example.invalid/")
    sheet.insert_button("J30", {"caption": "按钮"})
    book.define_name("范围", f"={SHEET}!$A$1:$B$2")


def _table(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.add_table("H1:J8", {"columns": [{"header": name} for name in "甲乙丙"]})
    sheet.add_sparkline("K2", {"range": f"{SHEET}!D2:E2"})


def _many_comments(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    for row in range(1100):
        sheet.write_comment(row, 1, f"批注{row}")


def opened(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """A workbook of openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for row in range(1, 31):
        sheet.append([f"张{row}", date(2020, 1, 1), row, f"=C{row}*2", None, True])
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _of_openpyxl(book: openpyxl.Workbook) -> None:
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    sheet["B3"].comment = Comment("原有的", "某人")
    sheet.add_image(Drawn(picture()), "H3")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=10))
    chart.anchor = "H12"
    sheet.add_chart(chart)
    rule = DataValidation(type="whole", operator="between", formula1="1", formula2="99")
    rule.add("C1:C30")
    sheet.add_data_validation(rule)
    red = CellIsRule("greaterThan", ["5"], fill=PatternFill("solid", "FF0000"))
    sheet.conditional_formatting.add("C1:C30", red)
    sheet.merge_cells("A10:B11")
    book.security.lockStructure = True
    second = book.create_sheet("表格")
    second.append(["甲", "乙"])
    second.append(["1", "2"])
    second.add_table(Table(displayName="T1", ref="A1:B2"))


def changed(
    package: bytes, parts: Mapping[str, Callable[[bytes], bytes]], new: Mapping[str, bytes] | None = None
) -> bytes:
    """A package with some parts rewritten, and some more."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as old, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for entry in old.infolist():
            change = parts.get(entry.filename, parts.get("*", bytes))
            made.writestr(entry, change(old.read(entry)))
        for name, content in (new or {}).items():
            made.writestr(name, content)
    return file.getvalue()


def _plain() -> bytes:
    return written(lambda book, sheet: None)


def _strict() -> bytes:
    def strict(part: bytes) -> bytes:
        return part.replace(MAIN.encode(), STRICT.encode()).replace(OFFICE.encode(), STRICT_OFFICE.encode())

    return changed(written(lambda book, sheet: sheet.write_comment("B3", "原有的")), {"*": strict})


def _with_prefix() -> bytes:
    def prefixed(part: bytes) -> bytes:
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")

    return changed(_plain(), {"xl/worksheets/sheet1.xml": prefixed})


def _without_references() -> bytes:
    def bare(part: bytes) -> bytes:
        return re.sub(rb'(<(?:c|row)) r="[A-Z]*\d+"', rb"\1", part)

    return changed(_plain(), {"xl/worksheets/sheet1.xml": bare})


def _style_first() -> bytes:
    def turned(part: bytes) -> bytes:
        return re.sub(rb"<c r=(\"\w+\") s=(\"\d+\")", rb"<c s=\2  r=\1", part).replace(
            b'<row r="9"', b"<row\n r='9'"
        )

    return changed(_plain(), {"xl/worksheets/sheet1.xml": turned})


def _quoted_tags() -> bytes:
    def quoted(part: bytes) -> bytes:
        aside = b'<!-- <row r="3"><c r="A3"/></row> --><row r="2"'
        inline = b'<c r="G2" t="inlineStr"><is><t><![CDATA[<c r="B2">]]></t></is></c></row>'
        return (
            part.replace(b'<row r="2"', aside, 1).replace(b"</row>", inline, 2).replace(inline, b"</row>", 1)
        )

    return changed(_plain(), {"xl/worksheets/sheet1.xml": quoted})


def _empty_sheet() -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.add_worksheet(SHEET)
    book.close()
    return file.getvalue()


def _without_styles() -> bytes:
    file = io.BytesIO()
    package = _plain()
    with ZipFile(io.BytesIO(package)) as old, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/styles.xml":
                continue
            content = re.sub(rb'<Relationship Id="\w+" Type="[^"]*/styles"[^>]*>', b"", content)
            content = re.sub(rb'<Override PartName="/xl/styles.xml"[^>]*>', b"", content)
            content = re.sub(rb'(<c r="\w+") s="\d+"', rb"\1", content)
            made.writestr(entry, content)
    return file.getvalue()


def _threaded() -> bytes:
    thread = b"<author>tc={5A0B0C0D-0000-4000-8000-000000000001}</author>"

    def threaded(part: bytes) -> bytes:
        return part.replace(b"<author></author>", thread).replace(b"<author/>", thread)

    talk = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
    )
    book = written(lambda book, sheet: sheet.write_comment("B3", "[Threaded comment] 谈话"))
    return changed(book, {"xl/comments1.xml": threaded}, {"xl/threadedComments/threadedComment1.xml": talk})


def _sloppy_drawing() -> bytes:
    """Excel leaves some tags of its drawings open."""

    def sloppy(part: bytes) -> bytes:
        return part.replace(
            b'<div style="text-align:left"></div>', b'<div style="text-align:left">a<br>b</div>'
        )

    return changed(
        written(lambda book, sheet: sheet.write_comment("B3", "原有的")),
        {"xl/drawings/vmlDrawing1.vml": sloppy},
    )


def _signed() -> bytes:
    return changed(
        _plain(), {}, {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    )


def _alternatives() -> bytes:
    """Controls as Excel writes them: in a choice, behind the drawing of notes."""

    def wrapped(part: bytes) -> bytes:
        choice = (
            b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            b'<mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent></worksheet>'
        )
        return part.replace(b"</worksheet>", choice)

    return changed(_plain(), {"xl/worksheets/sheet1.xml": wrapped})


PACKAGES: Mapping[str, Make] = {
    "plain": _plain,
    "chart": lambda: written(_chart),
    "everything": lambda: written(_everything),
    "table": lambda: written(_table),
    "many comments": lambda: written(_many_comments),
    "openpyxl": lambda: opened(_of_openpyxl),
    "strict": _strict,
    "prefix": _with_prefix,
    "no references": _without_references,
    "style first": _style_first,
    "quoted tags": _quoted_tags,
    "empty sheet": _empty_sheet,
    "no styles": _without_styles,
    "threaded": _threaded,
    "sloppy drawing": _sloppy_drawing,
    "signed": _signed,
    "alternatives": _alternatives,
}
