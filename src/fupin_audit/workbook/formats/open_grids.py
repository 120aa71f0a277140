"""Open a file: its bytes become grids, sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fupin_audit.errors import DamagedFileError, InputError, NotASpreadsheetError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.files.encryption import decrypt
from fupin_audit.workbook.files.refusal import RESAVE
from fupin_audit.workbook.formats import bulk, html, xls, xml2003
from fupin_audit.workbook.formats.file_kinds import FileKind, kind_of
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.plain_text import delimited

Reader = Callable[[bytes], Iterator[Grid]]

READERS: Mapping[FileKind, Reader] = {
    FileKind.XLSX: bulk.read_xlsx,
    FileKind.XLSB: bulk.read_xlsb,
    FileKind.ODS: bulk.read_ods,
    FileKind.XLS: xls.read_xls,
    FileKind.HTML: html.read_html,
    FileKind.XML: xml2003.read_xml,
    FileKind.TEXT: delimited.read_text,
}


def open_grids(path: Path, *, password: str | None = None) -> Iterator[Grid]:
    """The sheets of one file, in workbook order, whatever its name says it is.

    Args:
        path: the file.
        password: opens it if it is encrypted.

    Returns:
        One grid a worksheet, empty sheets included, charts left out. A sheet that can't be read is skipped,
        and its error raised after the last of the others.

    Raises:
        NotASpreadsheetError: the bytes are no table we know.
        DamagedFileError: its structure is broken.
        EncryptedFileError: it needs a password, or another one.
        OverLimitError: it is beyond the safety limits.
        InputError: the file can't be opened at all.
    """
    return unlock(path, password).grids()


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A file's bytes, out of the encryption there may be.

    Attributes:
        kind: what the workbook itself is.
        content: its bytes.
        had_password: they were encrypted.
    """

    kind: FileKind
    content: bytes
    had_password: bool

    def grids(self) -> Iterator[Grid]:
        """The sheets, as `open_grids` gives them."""
        return READERS[self.kind](self.content)


def unlock(path: Path, password: str | None) -> Unlocked:
    """A file's kind and bytes.

    Raises:
        InputError: as `open_grids`.
    """
    packed = _content(path)
    kind, content = _unlocked(packed, password)
    return Unlocked(kind, content, had_password=content is not packed)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise NotASpreadsheetError("这是文件夹，不是表格文件")
    try:
        limits.check_file(path)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("文件不存在", "请核对路径") from error
    except OSError as error:
        raise InputError("文件打不开", "请关闭正在使用它的程序，并核对读取权限") from error


def _unlocked(content: bytes, password: str | None) -> tuple[FileKind, bytes]:
    """The kind and bytes of the workbook itself, taken out of its encryption."""
    kind = kind_of(content)
    if kind is FileKind.XLS and xls.is_encrypted(content):
        return kind, decrypt(content, password)
    if kind is FileKind.LOCKED:
        content = decrypt(content, password)
        kind = kind_of(content)
        if kind not in READERS:
            raise DamagedFileError("文件加密了两层", RESAVE)
    return kind, content
