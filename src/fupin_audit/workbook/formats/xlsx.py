"""The worksheets of xlsx and xlsm files, with their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from fupin_audit.errors import OverLimitError
from fupin_audit.workbook.files.refusal import damaged_if_malformed
from fupin_audit.workbook.formats.sheet_facts import SheetFacts, SheetPart
from fupin_audit.workbook.formats.sheet_parse import parse_sheet
from fupin_audit.workbook.formats.sheet_scan import IrregularSheetError, scan_sheet
from fupin_audit.workbook.formats.zip_parts import (
    Worksheet,
    check_heads,
    parse_part,
    workbook_part,
    worksheets,
)

_WORKBOOK = "workbook.xml"


def sheet_parts(content: bytes) -> tuple[SheetPart, ...]:
    """The worksheets in workbook order.

    Raises:
        DamagedFileError, EncryptedFileError, OverLimitError: it can't be read.
    """
    with damaged_if_malformed(), ZipFile(BytesIO(content)) as archive:
        check_heads(archive)
        workbook = workbook_part(archive, _WORKBOOK)
        return tuple(
            SheetPart(sheet.index, sheet.name, _evidence(archive, sheet))
            for sheet in worksheets(archive, workbook, _listed(parse_part(archive, workbook)))
        )


def _listed(workbook: etree._Element) -> Iterator[tuple[str, str]]:
    for node in workbook.iterfind("{*}sheets/{*}sheet"):
        # `r:id`, in whichever of the two namespaces (transitional or strict) the writer chose.
        relation = next((str(value) for key, value in node.attrib.items() if str(key).endswith("}id")), "")
        yield node.get("name", ""), relation


def _evidence(archive: ZipFile, sheet: Worksheet) -> SheetFacts:
    try:
        with archive.open(sheet.part) as stream:
            seen = scan_sheet(stream)
            seen.check()
            return seen
    except (IrregularSheetError, OverLimitError):
        with archive.open(sheet.part) as stream:
            return parse_sheet(stream)
