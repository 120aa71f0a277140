"""What a file is, told by its bytes; names lie too often."""

from __future__ import annotations

import re
from enum import StrEnum
from io import BytesIO
from zipfile import ZipFile

import olefile

from fupin_audit.errors import DamagedFileError, NotASpreadsheetError
from fupin_audit.workbook.files.limits import check_directory
from fupin_audit.workbook.files.refusal import RESAVE, TRUSTING, damaged_if_it_fails, damaged_if_malformed
from fupin_audit.workbook.formats.zip_parts import refuse_locked_parts


class FileKind(StrEnum):
    """Kinds of input that hold tables."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    LOCKED = "locked"  # an xlsx or xlsb inside an encrypted envelope
    HTML = "html"
    XML = "xml"  # SpreadsheetML 2003
    TEXT = "text"


_WORKBOOK_PARTS = {
    "workbook.xml": FileKind.XLSX,
    "workbook.bin": FileKind.XLSB,
}
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE_STREAMS = {
    "EncryptedPackage": FileKind.LOCKED,
    "Workbook": FileKind.XLS,
    "Book": FileKind.XLS,
}
_OTHER_OFFICE = {
    "word/document.xml": "Word 文档",
    "ppt/presentation.xml": "PowerPoint 演示文稿",
    "WordDocument": "Word 文档",
    "PowerPoint Document": "PowerPoint 演示文稿",
}
_OTHER_MAGIC = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"II*\0": "图片",
    b"MM\0*": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"MIME-Version:": "网页归档文件（MHTML）",
    b"{\\rtf": "RTF 文档",
    b"SQLite format 3": "SQLite 数据库",
    b"PAR1": "Parquet 文件",
}
# Worksheets of Excel 2 to 4 are a bare record stream.
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", re.DOTALL)
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_HTML_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|style|table|body|div|center)\b", re.I | re.S
)
_HEAD = 4096
_NO_TABLE = "请提供 .xlsx、.xls、.xlsb、.ods、.et 或 .csv 表格"


def kind_of(content: bytes) -> FileKind:
    """The kind of a file's bytes; TEXT for whatever has no mark of its own.

    Raises:
        NotASpreadsheetError: empty, or plainly something else.
        DamagedFileError: a zip or OLE file that can't be opened.
        OverLimitError: a zip beyond the limits.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise NotASpreadsheetError("文件是空的", "请核对是否导出或下载完整")
    if content.startswith((b"PK\3\4", b"PK\5\6")):
        return _zip_kind(content)
    if content.startswith(olefile.MAGIC):
        return _ole_kind(content)
    _refuse_other(content)
    head = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if head.lstrip().startswith(b"<?xml") and _XML_2003 in head:
        return FileKind.XML
    return FileKind.HTML if _HTML_START.match(head) else FileKind.TEXT


def _zip_kind(content: bytes) -> FileKind:
    with damaged_if_malformed("文件不完整，可能没有下载或复制完"), ZipFile(BytesIO(content)) as archive:
        check_directory(archive)
        refuse_locked_parts(archive)
        names = {name.replace("\\", "/").lower() for name in archive.namelist()}
        if "content.xml" in names:
            return _open_document_kind(archive)
    parts = {name.rpartition("/")[2] for name in names}
    for part, kind in _WORKBOOK_PARTS.items():
        if part in parts:
            return kind
    for part, what in _OTHER_OFFICE.items():
        if part in names:
            raise NotASpreadsheetError(f"这是{what}，不是电子表格", _NO_TABLE)
    raise NotASpreadsheetError("这是压缩包，不是电子表格", "请解压后再试")


def _open_document_kind(archive: ZipFile) -> FileKind:
    if "mimetype" in archive.namelist() and not archive.read("mimetype").startswith(_ODS_TYPE):
        raise NotASpreadsheetError("这是 OpenDocument 的其他文档，不是电子表格", _NO_TABLE)
    return FileKind.ODS


def _ole_kind(content: bytes) -> FileKind:
    with damaged_if_it_fails(*TRUSTING), olefile.OleFileIO(BytesIO(content)) as compound:
        for stream, kind in _OLE_STREAMS.items():
            if compound.exists(stream):
                return kind
        for stream, what in _OTHER_OFFICE.items():
            if compound.exists(stream):
                raise NotASpreadsheetError(f"这是{what}，不是电子表格", _NO_TABLE)
    raise NotASpreadsheetError("文件里没有工作簿", _NO_TABLE)


def _refuse_other(content: bytes) -> None:
    for magic, what in _OTHER_MAGIC.items():
        if content.startswith(magic):
            raise NotASpreadsheetError(f"这是{what}，不是电子表格", _NO_TABLE)
    if _BARE_BIFF.match(content):
        raise DamagedFileError("这是 Excel 4.0 或更早的工作表，或残缺的 .xls", RESAVE)
