"""The door of python-docx: official letters in the layout of GB/T 9704, the same bytes for the same content."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from fupin_audit.errors import UsageError
from fupin_audit.writing.wrapping import cell_len

BODY = "【正文】"  # where in a template the letter stands
_LATIN = "Times New Roman"
_FONTS = {
    "方正小标宋简体": "宋体",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
}  # else this
_FONT_TABLE = "word/fontTable.xml"
_PAGE = {
    "top": 37,
    "bottom": 35,
    "left": 28,
    "right": 26,
}  # millimetres: GB/T 9704 lets the text be 156 × 225
_TEXT_WIDTH = 156
_LONGEST_CELL = 24  # columns
_LINE = 28.9  # points: 22 lines a page
_BROKEN = (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a kind of paragraph looks; sizes in points (三号 16, 二号 22), indents in characters."""

    font: str = "仿宋_GB2312"
    size: float = 16
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    first: int = 0
    right: int = 0
    line: float | None = _LINE
    before: float = 0
    red: bool = False


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
_BORDERS = f"<w:tblBorders {nsdecls('w')}>{_LINES}</w:tblBorders>"


class LetterPart(Enum):
    """The kinds of paragraphs; a template that has a style of that name says how they look."""

    ISSUER = "通报机关"
    NUMBER = "通报文号"
    TITLE = "通报标题"
    ADDRESSEE = "通报主送"
    TEXT = "通报正文"
    HEADING = "通报一级标题"
    SUBHEADING = "通报二级标题"
    CELL = "通报表格"
    SIGNATURE = "通报落款"


_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_LOOKS = {
    LetterPart.ISSUER: _Look("方正小标宋简体", 34, _CENTRE, line=None, before=20, red=True),
    LetterPart.NUMBER: _Look(align=_CENTRE, before=16),
    LetterPart.TITLE: _Look("方正小标宋简体", 22, _CENTRE, line=36, before=30),
    LetterPart.ADDRESSEE: _Look(before=16),
    LetterPart.TEXT: _Look(first=2),
    LetterPart.HEADING: _Look("黑体", first=2),
    LetterPart.SUBHEADING: _Look("楷体_GB2312", first=2),
    LetterPart.CELL: _Look(size=12, align=_CENTRE, line=18),
    LetterPart.SIGNATURE: _Look(align=WD_ALIGN_PARAGRAPH.RIGHT, right=4),
}


class Letter:
    """A letter to be filled from top to bottom."""

    def __init__(self, document: Document) -> None:
        self._document = document
        marks = (paragraph for paragraph in document.paragraphs if paragraph.text.strip() == BODY)
        self._end = next(marks, None) or document.add_paragraph()

    def add(self, part: LetterPart, text: str) -> Paragraph:
        """Adds a paragraph."""
        return self._end.insert_paragraph_before(text, part.value)

    def add_red_line(self) -> None:
        """Rules off what was added last, as the head of an official letter is."""
        above = self._end.insert_paragraph_before("", LetterPart.NUMBER.value)
        above.paragraph_format.space_before = Pt(0)
        above.paragraph_format.line_spacing = Pt(6)
        above._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="1" w:color="FF0000"/></w:pBdr>'
            )
        )

    def add_table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Adds a table, whose head stands on every page it takes."""
        table = self._document.add_table(1 + len(rows), len(header))
        table._tbl.tblPr.append(parse_xml(_BORDERS))  # a template need not have the style that has them
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = _widths([header, *rows])
        for line, texts in zip(table.rows, (header, *rows), strict=True):
            for cell, text, width in zip(line.cells, texts, widths, strict=True):
                cell.width = Mm(width)
                _fill(cell, text, bold=texts is header)
            line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self._end._p.addprevious(table._tbl)

    def close(self) -> None:
        """Takes away the mark of where the letter stands."""
        element: Any = self._end._p
        element.getparent().remove(element)


@contextmanager
def new_letter(sink: BinaryIO, title: str, day: date, template: Path | None = None) -> Iterator[Letter]:
    """A letter to fill; it is written to the sink at the end.

    Its page and whatever a template has besides are the template's; its looks too, as far as it has these styles.

    Raises:
        UsageError: the template can't be opened.
    """
    document = open_template(template) if template else _blank()
    for part in LetterPart:
        _add_style(document, part)
    letter = Letter(document)
    yield letter
    letter.close()
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title, "fupin-audit", "fupin-audit"
    about.created = about.modified = datetime.combine(day, time())
    about.revision = 1
    _pack(document, sink, own=template is None)


def open_template(path: Path) -> Document:
    """A document to write into.

    Raises:
        UsageError: it is none.
    """
    try:
        return docx.Document(str(path))
    except _BROKEN as error:
        raise UsageError(f"--template {path}：打不开，应是 Word 的 .docx 文件") from error


def _blank() -> Document:
    """An empty page with its number at the foot, on the outer side."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, size in _PAGE.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.footer_distance = Mm(25)
    relations: Any = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]  # of an empty page
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _number(footer.paragraphs[0], align)
    return document


def _number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = align
    for text in ("— ", "", " —"):
        run = paragraph.add_run(text)
        run.font.size, run.font.name = Pt(14), "宋体"
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        if not text:
            field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>')
            run._r.addnext(field)
            field.append(run._r)
            run.text = "1"


def _add_style(document: Document, part: LetterPart) -> None:
    """The look of a part, unless the template has one."""
    if part.value in [style.name for style in document.styles]:
        return
    style = document.styles.add_style(part.value, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    look = _LOOKS[part]
    style.base_style = None
    style.font.name, style.font.size = _LATIN, Pt(look.size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.font)
    if look.red:
        style.font.color.rgb = RGBColor(0xFF, 0, 0)
    layout = style.paragraph_format
    layout.alignment = look.align
    layout.space_before, layout.space_after = Pt(look.before), Pt(0)
    layout.keep_with_next = part in (LetterPart.HEADING, LetterPart.SUBHEADING)
    if look.line:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    if look.first:
        indent.set(qn("w:firstLineChars"), str(100 * look.first))
        indent.set(qn("w:firstLine"), str(round(20 * look.size * look.first)))
    if look.right:
        indent.set(qn("w:rightChars"), str(100 * look.right))
        indent.set(qn("w:right"), str(round(20 * look.size * look.right)))


def _widths(lines: Sequence[Sequence[str]]) -> list[float]:
    """Millimetres, as much for each column as its longest text takes of them all."""
    needed = [3 + min(max(map(cell_len, texts)), _LONGEST_CELL) for texts in zip(*lines, strict=True)]
    return [_TEXT_WIDTH * each / sum(needed) for each in needed]


def _fill(cell: _Cell, text: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = LetterPart.CELL.value
    paragraph.add_run(text).bold = bold or None


def _pack(document: Document, sink: BinaryIO, *, own: bool) -> None:
    """The parts with the date of no day; those of our own know what stands in for a font that is not there."""
    saved = io.BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts, ZipFile(sink, "w", ZIP_DEFLATED) as package:
        for name in parts.namelist():
            entry = ZipInfo(name)  # of 1980: the same content, the same bytes
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, _font_table() if own and name == _FONT_TABLE else parts.read(name))


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _FONTS.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
