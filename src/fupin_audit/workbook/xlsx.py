"""The worksheets of xlsx and xlsm files, with their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from fupin_audit.workbook.evidence import Evidence, SheetPart
from fupin_audit.workbook.package import Worksheet, check_parts, parse_part, worksheets
from fupin_audit.workbook.refusal import damaged_if_it_fails
from fupin_audit.workbook.sheet_parse import parse_sheet
from fupin_audit.workbook.sheet_scan import IrregularSheetError, scan_sheet

_WORKBOOK = "xl/workbook.xml"


def sheet_parts(content: bytes) -> tuple[SheetPart, ...]:
    """The worksheets in workbook order.

    Raises:
        DamagedFileError, EncryptedFileError, OverLimitError: it can't be read.
    """
    with damaged_if_it_fails(), ZipFile(BytesIO(content)) as archive:
        check_parts(archive)
        return tuple(
            SheetPart(sheet.index, sheet.name, _evidence(archive, sheet))
            for sheet in worksheets(archive, _WORKBOOK, _listed(parse_part(archive, _WORKBOOK)))
        )


def _listed(workbook: etree._Element) -> Iterator[tuple[str, str]]:
    for node in workbook.iterfind("{*}sheets/{*}sheet"):
        # `r:id`, in whichever of the two namespaces (transitional or strict) the writer chose.
        relation = next((str(value) for key, value in node.attrib.items() if str(key).endswith("}id")), "")
        yield node.get("name", ""), relation


def _evidence(archive: ZipFile, sheet: Worksheet) -> Evidence:
    try:
        with archive.open(sheet.part) as stream:
            return scan_sheet(stream)
    except IrregularSheetError:
        with archive.open(sheet.part) as stream:
            return parse_sheet(stream)
