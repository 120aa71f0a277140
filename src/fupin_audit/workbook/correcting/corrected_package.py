"""A copy of an xlsx or xlsm package with other values in some cells; everything else is passed on as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import BinaryIO
from zipfile import ZipFile

from lxml import etree

from fupin_audit.workbook.annotating.package_copy import PackageCopy
from fupin_audit.workbook.annotating.package_parts import PackageParts
from fupin_audit.workbook.annotating.sheet_outline import outline
from fupin_audit.workbook.annotating.sheet_patch import patched
from fupin_audit.workbook.annotating.small_parts import as_part
from fupin_audit.workbook.correcting.new_contents import (
    NewContent,
    SheetCells,
    UncorrectableError,
    by_row,
    places_of,
)
from fupin_audit.workbook.correcting.refilled_rows import RefillingPatch
from fupin_audit.workbook.formats.grid import Cell
from fupin_audit.workbook.formats.xlsx import workbook_sheets
from fupin_audit.workbook.formats.zip_parts import Part, check_parts

_FORMULA = "这一格是公式算出来的，不能直接改；请改它所用的格"
_STALE = "有公式：副本里公式的结果还是原来的，用 Excel 打开并保存一次才会重新计算"
_CHUNK, _LONGEST_TAG = 1 << 20, 64  # bytes
# The formula of a cell, whatever prefix its tags have; that of a sparkline is told by the prefix of extensions.
_COMPUTED = re.compile(rb"<(?!xm:)(?:[\w.-]+:)?f[\s/>]")
# What may stand before calcPr in a workbook part; it is put behind the last of these.
_BEFORE = ("definedNames", "externalReferences", "functionGroups", "sheets")


def correct_package(content: bytes, cells: SheetCells) -> tuple[bytes, tuple[str, ...]]:
    """The copy, and what a reader of it should know, in Chinese.

    Args:
        content: the package.
        cells: what is to stand where.

    Raises:
        UncorrectableError: a cell holds a formula.
        UnusualSheetError: a sheet is not written in a way that can be patched.
        OSError, BadZipFile, lxml.etree.LxmlError: what a damaged package raises.
    """
    sink = BytesIO()
    with ZipFile(BytesIO(content)) as archive:
        check_parts(archive)
        parts = PackageParts(archive)
        every = workbook_sheets(archive)
        sheets = {sheet.part: sheet.name for sheet in every if sheet.name in cells}
        stale = any(_computes(Part(archive, sheet.part)) for sheet in every)
        computed = _write(parts, {part: cells[name] for part, name in sheets.items()}, sink, content)
    formulas = [
        place for part, found in computed.items() for place in places_of(sheets[part], found.formulas)
    ]
    if formulas:
        raise UncorrectableError(_FORMULA, formulas)
    return sink.getvalue(), (_STALE,) * stale


def _write(
    parts: PackageParts, cells: Mapping[str, Mapping[Cell, NewContent]], sink: BinaryIO, content: bytes
) -> Mapping[str, RefillingPatch]:
    """Writes the package; the workbook part last, which has formulas and charts worked out anew."""
    patches: dict[str, RefillingPatch] = {}
    with PackageCopy(BytesIO(content), sink) as copy:
        for entry in parts.archive.infolist():
            name = entry.filename
            if name in cells:
                copy.write(name, _patched(parts, name, cells[name], patches))
            elif name.replace("\\", "/").lower() != parts.workbook.lower():
                copy.pass_on(entry)
        _work_out_anew(parts.book)
        copy.write(parts.workbook, [as_part(parts.book)])
    return patches


def _patched(
    parts: PackageParts, part: str, cells: Mapping[Cell, NewContent], patches: dict[str, RefillingPatch]
) -> Iterator[bytes]:
    sheet = outline(Part(parts.archive, part))
    patches[part] = RefillingPatch(by_row(cells), sheet)
    yield from patched(Part(parts.archive, part), sheet, patches[part])


def _computes(part: Part) -> bool:
    """Whether a sheet has formulas: they may take what was changed in another."""
    last = b""
    while chunk := part.read(_CHUNK):
        if _COMPUTED.search(last + chunk):
            return True
        last = chunk[-_LONGEST_TAG:]
    return False


def _work_out_anew(book: etree._Element) -> None:
    """Tells Excel to work all formulas out when it opens the workbook."""
    found = book.find("{*}calcPr")
    if found is None:
        namespace = etree.QName(book).namespace
        found = etree.Element(etree.QName(namespace, "calcPr"))
        before = next(node for name in _BEFORE if (node := book.find(f"{{*}}{name}")) is not None)
        before.addnext(found)
    found.set("fullCalcOnLoad", "1")
