"""Files that must be refused, with the error each must be refused with."""

from __future__ import annotations

from io import BytesIO

import msoffcrypto.format.ooxml

from fupin_audit.errors import (
    DamagedFileError,
    EncryptedFileError,
    InputError,
    NotASpreadsheetError,
    OverLimitError,
)
from odd import compound, packages, tables

PASSWORD = "清河2020"
_DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
_ROW = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row></sheetData>'
_FILEPASS = compound.record(0x002F, b"\1\0\1\0\1\0" + bytes(48))


def encrypted(content: bytes) -> bytes:
    """An xlsx or xlsb file inside the envelope PASSWORD opens."""
    locked = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(content)).encrypt(PASSWORD, locked)
    return locked.getvalue()


def _bomb() -> bytes:
    return packages.xlsx(_ROW + " " * (65 << 20))


def malformed() -> dict[str, tuple[bytes, type[InputError]]]:
    """File name → content and error."""
    good = tables.as_xlsx()
    manifest = "<manifest><encryption-data/></manifest>"
    word = packages.zipped({"word/document.xml": "<document/>"})
    return {
        "empty.xlsx": (b"", NotASpreadsheetError),
        "blank.csv": (b"\r\n \r\n", NotASpreadsheetError),
        "zeros.xls": (bytes(4096), NotASpreadsheetError),
        "prose.xlsx": ("本表由各村填写\n请于月底前上报\n".encode(), NotASpreadsheetError),
        "prose.csv": ("本表由各村填写\n请于月底前上报\n".encode("gb18030"), NotASpreadsheetError),
        "noise.csv": (bytes(range(256)) * 20, NotASpreadsheetError),
        "scan.xlsx": (b"%PDF-1.7\n%...", NotASpreadsheetError),
        "photo.xls": (b"\x89PNG\r\n\x1a\n" + bytes(64), NotASpreadsheetError),
        "letter.xlsx": (word, NotASpreadsheetError),
        "archive.xlsx": (packages.zipped({"清河镇.xlsx": good}), NotASpreadsheetError),
        "letter.xls": (compound.compound(b"", "WordDocument"), NotASpreadsheetError),
        "other.xls": (compound.compound(b"", "Contents"), NotASpreadsheetError),
        "page.xls": (b"<html><body>404</body></html>", NotASpreadsheetError),
        "oldest.xls": (b"\x09\x00\x04\x00\x02\x00\x10\x00" + bytes(64), DamagedFileError),
        "cut.xlsx": (good[: len(good) // 2], DamagedFileError),
        "cut.xls": (tables.as_xls()[:1024], DamagedFileError),
        "xml.xlsx": (packages.xlsx_of('<worksheet><sheetData><row r="1"><c'), DamagedFileError),
        "dtd.xlsx": (packages.xlsx_of(_DTD + packages.worksheet(_ROW)), DamagedFileError),
        "dtd.xml": (tables.as_xml().replace(b"<Workbook", _DTD.encode() + b"<Workbook"), DamagedFileError),
        "unnamed.xlsx": (packages.zipped({"xl/workbook.xml": "<workbook/>"}), DamagedFileError),
        "biff.xls": (compound.compound(b"\xff" * 8192), DamagedFileError),
        "locked.xlsx": (encrypted(good), EncryptedFileError),
        "locked.ods": (packages.ods("", manifest=manifest), EncryptedFileError),
        "locked.xls": (compound.xls(b"", extra=_FILEPASS), EncryptedFileError),
        "bomb.xlsx": (_bomb(), OverLimitError),
        "claim.xlsx": (tables.claiming_xlsx(), DamagedFileError),
        "far.xlsx": (tables.far_xlsx(), OverLimitError),
        "far-empty-text.xlsx": (tables.far_xlsx('<c r="XFD1048576" t="str"><v></v></c>'), OverLimitError),
        "far-late-reference.xlsx": (tables.far_xlsx('<c t="n" r="XFD1048576"><v>1</v></c>'), OverLimitError),
        "far.xlsb": (tables.far_xlsb(), OverLimitError),
        "far.ods": (tables.far_ods(), OverLimitError),
        "far.xls": (tables.far_xls(sheets=8), OverLimitError),
        "wide.xls": (b"<table>" + b"<tr><td colspan=16384>1" * 5000, OverLimitError),
    }
