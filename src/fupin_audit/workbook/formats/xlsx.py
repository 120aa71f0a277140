"""The worksheets of xlsx and xlsm files, with their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from fupin_audit.errors import InputError, OverLimitError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.files.refusal import damaged_if_malformed
from fupin_audit.workbook.formats.grid import Cell
from fupin_audit.workbook.formats.sheet_facts import SheetFacts, SheetPart, table_facts
from fupin_audit.workbook.formats.sheet_parse import parse_sheet
from fupin_audit.workbook.formats.sheet_scan import IrregularSheetError, scan_sheet
from fupin_audit.workbook.formats.stray_cells import place_name
from fupin_audit.workbook.formats.whole_sheet import WholeSheet
from fupin_audit.workbook.formats.zip_parts import (
    Part,
    Worksheet,
    check_parts,
    parse_part,
    part_name,
    with_parts_changed,
    workbook_part,
    worksheets,
)

WORKBOOK = "workbook.xml"
_TRUE = frozenset({"1", "true"})
_CELL = re.compile(rb"<((?:[\w.-]+:)?c)\s")


def sheet_parts(content: bytes) -> tuple[SheetPart, ...]:
    """The worksheets in workbook order.

    Raises:
        DamagedFileError, EncryptedFileError, OverLimitError: it can't be read.
    """
    with damaged_if_malformed(), ZipFile(BytesIO(content)) as archive:
        check_parts(archive)
        return tuple(
            SheetPart(sheet.index, sheet.name, _evidence(archive, sheet), sheet.part)
            for sheet in workbook_sheets(archive)
        )


def workbook_sheets(archive: ZipFile) -> tuple[Worksheet, ...]:
    """The worksheets in workbook order, where their parts are to be found.

    Raises:
        DamagedFileError, OverLimitError: they can't be.
    """
    workbook = workbook_part(archive, WORKBOOK)
    return tuple(worksheets(archive, workbook, _listed(parse_part(archive, workbook))))


def in_one_date_system(content: bytes) -> bytes:
    """The workbook without extensions that say again what it is, where its days are counted from 1904.

    The bulk reader believes the last that says so, and modern Excel's extension does not speak of days.

    Raises:
        DamagedFileError: it can't be read.
    """
    with damaged_if_malformed():
        with ZipFile(BytesIO(content)) as archive:
            part = part_name(archive, workbook_part(archive, WORKBOOK))
            said = list(parse_part(archive, part).iterfind(".//{*}workbookPr"))
        if len(said) <= 1 or said[0].get("date1904") not in _TRUE:
            return content
        return with_parts_changed(content, {part: _without_extensions})


def _without_extensions(workbook: bytes) -> bytes:
    root = etree.fromstring(workbook, etree.XMLParser(resolve_entities=False, no_network=True))
    for extensions in root.findall("{*}extLst"):
        root.remove(extensions)
    return etree.tostring(root)


def _listed(workbook: etree._Element) -> Iterator[tuple[str, str]]:
    for node in workbook.iterfind("{*}sheets/{*}sheet"):
        # `r:id`, in whichever of the two namespaces (transitional or strict) the writer chose.
        relation = next((str(value) for key, value in node.attrib.items() if str(key).endswith("}id")), "")
        yield node.get("name", ""), relation


def _evidence(archive: ZipFile, sheet: Worksheet) -> SheetFacts:
    try:
        return _scanned(archive, sheet.part) or table_facts(partial(_parse, archive, sheet.part))
    except InputError as error:
        return SheetFacts(refused=error)


def _scanned(archive: ZipFile, part: str) -> SheetFacts | None:
    """What a fast look tells; None where blank cells count, so that a sheet that seems too large may not be."""
    try:
        seen = scan_sheet(WholeSheet(Part(archive, part)))
    except IrregularSheetError:
        return None
    return None if seen.is_scattered or seen.is_too_large else seen


def _parse(archive: ZipFile, part: str, seen: SheetFacts) -> None:
    parse_sheet(WholeSheet(Part(archive, part)), seen)


def without_far_cells(content: bytes, parts: Sequence[SheetPart]) -> bytes:
    """The workbook without the cells that stand far away from its tables.

    Raises:
        OverLimitError: such a cell can't be taken out.
    """
    return with_parts_changed(
        content,
        {part.part: partial(_without, cells=part.evidence.far) for part in parts if part.evidence.far},
    )


def _without(sheet: bytes, cells: Sequence[Cell]) -> bytes:
    cuts = sorted(_element(sheet, place_name(cell).encode()) for cell in cells)
    ends = [0, *(end for _, end in cuts)]
    starts = [*(start for start, _ in cuts), len(sheet)]
    return b"".join(sheet[end:start] for end, start in zip(ends, starts, strict=True))


def _element(sheet: bytes, name: bytes) -> tuple[int, int]:
    """Where a cell's element begins and ends; it is looked for byte by byte, for sheets may be large."""
    at = sheet.find(b' r="' + name + b'"')
    start = sheet.rfind(b"<", 0, at)
    tag = _CELL.match(sheet, start)
    if at < 0 or tag is None:
        raise OverLimitError(f"{name.decode()} 离表格太远", limits.FAR)
    end = sheet.find(b">", at) + 1
    if sheet[end - 2 : end] != b"/>":
        closing = b"</" + tag[1] + b">"
        end = sheet.find(closing, end) + len(closing)
    return start, end
