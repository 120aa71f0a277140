"""Turn what is raised at broken input into our own errors."""

from __future__ import annotations

import lzma
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import BadZipFile

from lxml import etree

from fupin_audit.errors import DamagedFileError, EncryptedFileError, InputError, OverLimitError

RESAVE = "请用 Excel 或 WPS 打开确认内容，另存为 .xlsx 后再试"
UNLOCK = (
    "请在 WPS 或 Excel 中去掉打开密码后另存，或用 --password-file、环境变量 FUPIN_AUDIT_PASSWORD 提供密码"
)

_DAMAGED = "文件已损坏，无法读取"
# What reading malformed zip, XML and records raises; anything else would be a bug of ours.
_MALFORMED = (
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
    etree.LxmlError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)
# What a library in Python raises besides where it trusts its input. MemoryError is none of these.
TRUSTING = (
    *_MALFORMED,
    ArithmeticError,
    AssertionError,
    AttributeError,
    NameError,
    RecursionError,
    TypeError,
)
# Parsers written in Rust abort a broken file with this, which is no Exception.
_PANIC = "pyo3_runtime"


@contextmanager
def damaged_if_malformed(message: str = _DAMAGED) -> Iterator[None]:
    """Wrap our own reading of an untrusted structure.

    Raises:
        DamagedFileError: the structure is broken.
    """
    try:
        yield
    except _MALFORMED as error:
        raise DamagedFileError(message, RESAVE) from error


@contextmanager
def damaged_if_it_fails(*failures: type[Exception], message: str = _DAMAGED) -> Iterator[None]:
    """Wrap one call of a parsing library.

    Args:
        failures: what the library raises at a broken file.
        message: what to say then.

    Raises:
        EncryptedFileError: the library says the file has a password.
        DamagedFileError: anything else it says.
    """
    try:
        yield
    except failures as error:
        if "password" in str(error).lower():
            raise EncryptedFileError("文件有打开密码", UNLOCK) from error
        raise DamagedFileError(message, RESAVE) from error
    except BaseException as error:
        if type(error).__module__ == _PANIC:
            raise DamagedFileError(message, RESAVE) from error
        raise


@contextmanager
def too_large_for_memory() -> Iterator[None]:
    """Wrap the reading of one file, so that the others are still read where it takes more memory than there is.

    Raises:
        OverLimitError: it does.
    """
    try:
        yield
    except MemoryError as error:
        raise OverLimitError(
            "内存不够，读不了这个文件", "请关闭其他程序再试，或按乡镇、年份拆成几个文件"
        ) from error


def of_sheet(name: str, error: InputError) -> InputError:
    """The same error, said of one sheet."""
    return type(error)(f"工作表“{name}”：{error.message}", error.hint)
