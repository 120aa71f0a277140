"""Bytes of text files as text: UTF-8, UTF-16 and GB18030, with or without a mark."""

from __future__ import annotations

import codecs

from fupin_audit.errors import NotASpreadsheetError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LIKELY = ("utf-8", "gb18030")
_SAMPLE = 1 << 16
# A field cut in the middle of a character is common in database exports; more is no text in that encoding.
_TOLERATED = 1000
_REPLACEMENT = "\ufffd"
_CONTROLS = dict.fromkeys(set(range(32)) - {9, 10, 11, 12, 13, 26})


def decode(content: bytes) -> str:
    """The text of a file.

    A byte that fits nowhere becomes U+FFFD, as long as there are few.

    Raises:
        NotASpreadsheetError: the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(content[len(mark) :].decode(encoding, errors="replace"))
    if encoding := _bare_utf16(content[:_SAMPLE]):
        return _checked(content.decode(encoding, errors="replace"))
    for encoding in _LIKELY:
        try:
            return _checked(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    attempts = (content.decode(encoding, errors="replace") for encoding in _LIKELY)
    return _checked(min(attempts, key=lambda text: text.count(_REPLACEMENT)))


def _bare_utf16(sample: bytes) -> str:
    """UTF-16 without a mark betrays itself by the zero halves of its commas, digits and line ends."""
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    if max(high, low) * 20 < len(sample):
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _checked(text: str) -> str:
    sample = text[:_SAMPLE]
    strange = len(sample) - len(sample.translate(_CONTROLS))
    if strange * 100 > len(sample) or text.count(_REPLACEMENT) * _TOLERATED > len(text) + _TOLERATED:
        raise NotASpreadsheetError(
            "文件既不是电子表格，也不是文本", "请提供 .xlsx、.xls、.xlsb、.ods、.et 或 .csv 表格"
        )
    return text
