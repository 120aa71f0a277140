"""A copy of an xlsx or xlsm package with cells filled and notes beside them; everything else is passed on as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO
from zipfile import ZipFile

from fupin_audit.results.cell_note import FileNotes
from fupin_audit.workbook.annotating.added_styles import AddedStyles
from fupin_audit.workbook.annotating.package_copy import PackageCopy
from fupin_audit.workbook.annotating.package_parts import PackageParts
from fupin_audit.workbook.annotating.row_patch import Restyling, RestylingPatch
from fupin_audit.workbook.annotating.sheet_notes import NotedSheet, NoteWriter
from fupin_audit.workbook.annotating.sheet_outline import SheetOutline, outline
from fupin_audit.workbook.annotating.sheet_patch import patched
from fupin_audit.workbook.annotating.small_parts import relations_of
from fupin_audit.workbook.formats.xlsx import workbook_sheets
from fupin_audit.workbook.formats.zip_parts import Part, Worksheet, check_parts
from fupin_audit.writing.workbook_style import FILLS

_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_SIGNATURES = "_xmlsignatures/"
_MACROS = "macroenabled"
_TRUE = frozenset({"1", "true"})
_SIGNED = "原件有数字签名；这份有改动，签名不再有效"
_LOCKED = "工作簿的结构有保护，照样保留"
_PROTECTED = "工作表“{}”有保护，照样保留；已有的保护密码不变"
_TALKED = "工作表“{}”有 {} 格已有批注会话，只涂了颜色，没有加批注；问题见整改台账"

Patched = Callable[[], Iterator[bytes]]


def annotate_package(content: bytes, notes: FileNotes, sink: BinaryIO) -> tuple[str, ...]:
    """Write the copy.

    Args:
        content: the package.
        notes: what is said of its cells.
        sink: where the copy goes; seekable.

    Returns:
        What a reader of the copy should know, in Chinese.

    Raises:
        UnusualSheetError: a sheet is not written in a way that can be patched.
        OSError, BadZipFile, lxml.etree.LxmlError: what a damaged package raises.
    """
    with ZipFile(BytesIO(content)) as archive:
        check_parts(archive)
        patch = _Patch(PackageParts(archive))
        for sheet in workbook_sheets(archive):
            if sheet.name in notes:
                patch.sheet(sheet, notes)
        patch.write(BytesIO(content), sink)
        return patch.remarks()


def sheets_of(content: bytes) -> tuple[str, ...]:
    """The names of a package's worksheets."""
    with ZipFile(BytesIO(content)) as archive:
        return tuple(sheet.name for sheet in workbook_sheets(archive))


def holds_macros(content: bytes) -> bool:
    """Whether a package needs the ending `.xlsm`."""
    with ZipFile(BytesIO(content)) as archive:
        parts = PackageParts(archive)
        return _MACROS in parts.types.of(parts.workbook).lower()


class _Patch:
    """The changes of one package."""

    def __init__(self, parts: PackageParts) -> None:
        self._parts = parts
        self._notes = NoteWriter(parts)
        self._relations = parts.relations(parts.workbook)
        self._styles_part = self._relations.target(sort="styles")
        self._styles = AddedStyles(parts.read(self._styles_part), parts.namespace, FILLS)
        self._sheets: dict[str, Patched] = {}
        self._said: list[str] = []

    def sheet(self, sheet: Worksheet, notes: FileNotes) -> None:
        """Writes a sheet's notes, and sees what is to be filled in it."""
        found = outline(Part(self._parts.archive, sheet.part))
        noted = self._notes.sheet(sheet.part, found.tail, notes[sheet.name])
        self._sheets[sheet.part] = lambda: self._patched(sheet.part, found, noted)
        self._said += [_PROTECTED.format(sheet.name)] * found.tail.protected
        self._said += [_TALKED.format(sheet.name, noted.talked)] * bool(noted.talked)

    def _patched(self, part: str, sheet: SheetOutline, noted: NotedSheet) -> Iterator[bytes]:
        cells: dict[int, dict[int, Callable[[int], int]]] = {}
        for (row, column), note in noted.cells.items():
            cells.setdefault(row, {})[column] = self._styles.filled(note.severity)
        restyling = Restyling(cells, sheet.column_style, sheet.prefix)
        drawing = b"<" + sheet.prefix + noted.drawing if noted.drawing else b""
        return patched(Part(self._parts.archive, part), sheet, RestylingPatch(restyling), drawing)

    def write(self, source: BinaryIO, sink: BinaryIO) -> None:
        """Writes the package; the styles last, for the sheets say which are needed."""
        if not self._styles_part:
            self._add_styles()
        changed, styles = dict(self._parts.changed()), self._styles_part
        archive = self._parts.archive
        with PackageCopy(source, sink) as copy:
            for entry in archive.infolist():
                name = entry.filename
                if name in self._sheets:
                    copy.write(name, self._sheets[name]())
                elif name in changed:
                    copy.write(name, [changed.pop(name)])
                elif name.replace("\\", "/").lower() != styles.lower():
                    copy.pass_on(entry)
            for name, content in changed.items():
                copy.write(name, [content])
            copy.write(styles, [self._styles.part()])

    def _add_styles(self) -> None:
        self._styles_part = self._parts.free_name("xl/styles{}.xml")
        self._relations.add(f"{self._parts.kinds}/styles", self._styles_part)
        self._parts.types.say(self._styles_part, _STYLES)
        self._parts.write(relations_of(self._parts.workbook), self._relations.part())

    def remarks(self) -> tuple[str, ...]:
        """What a reader should know."""
        signed = any(name.startswith(_SIGNATURES) for name in self._parts.archive.namelist())
        protection = self._parts.book.find("{*}workbookProtection")
        locked = protection is not None and protection.get("lockStructure") in _TRUE
        return (*[_SIGNED] * signed, *[_LOCKED] * locked, *self._said)
