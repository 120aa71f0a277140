"""Bytes of text files as text: UTF-8, UTF-16 and GB18030, with or without a mark, line by line where they mix."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import numpy as np

from fupin_audit.errors import DamagedFileError, NotASpreadsheetError

_WIDE_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF8, _GB = "utf-8", "gb18030"
_SAMPLE = 1 << 16
# A field cut in the middle of a character is common in database exports; more is no text in that encoding.
_TOLERATED = 1000
_REPLACEMENT = "\ufffd"
# The bytes of two Chinese characters in UTF-8.
_TWO_CHARACTERS = ((0xE3, 0xE9), (0x80, 0xBF), (0x80, 0xBF)) * 2
_FOREIGN = re.compile(r"[\x80-\u07ff]")  # letters of other scripts, which ledgers hardly hold
_FEW = 2  # stray control characters in a village's few lines
_CONTROLS = dict.fromkeys(set(range(1, 32)) - {9, 10, 11, 12, 13, 26})
_BREAKS = (
    # A disk or a broken download leaves whole sectors of zeros where text is lost.
    (re.compile(rb"\0{512}"), "有一段是空字节，内容已经丢失，可能没有复制或下载完"),
    (re.compile(rb"(?:[ -~]\0){8}|(?:\0[ -~]){8}"), "是另一种编码（UTF-16），与前面的混在一起"),
)
# Two bytes of digits read as one character: what ID numbers of another encoding look like in UTF-16.
_DIGIT_PAIRS = re.compile(
    "[" + "".join(f"{chr(high << 8 | 0x30)}-{chr(high << 8 | 0x39)}" for high in range(0x30, 0x3A)) + "]{4}"
)
_END_OF_FILE = "\x1a"  # as DOS wrote it
_MARK = "\ufeff"
_MARKED_LINE = re.compile(rf"(?:(?<=[\r\n])|\A){_MARK}")
_RESEND = "请重新导出一份，或用 WPS、Excel 打开核对后另存为 .xlsx"


@dataclass(frozen=True)
class Decoded:
    """The text of a file, and what of its bytes was left out or is doubtful, in Chinese."""

    text: str
    caveats: tuple[str, ...] = ()


def decode(content: bytes) -> Decoded:
    """The text of a file.

    A byte that fits nowhere becomes U+FFFD, as long as there are few.

    Raises:
        NotASpreadsheetError: the bytes are no text.
        DamagedFileError: part of the text is lost, or is in an encoding that can't be told from the rest.
    """
    for mark, encoding in _WIDE_MARKS:
        if content.startswith(mark):
            return _wide(content[len(mark) :], encoding)
    if encoding := _bare_utf16(content[:_SAMPLE]):
        return _wide(content, encoding)
    return _narrow(content.removeprefix(codecs.BOM_UTF8))


def _bare_utf16(sample: bytes) -> str:
    """UTF-16 without a mark betrays itself by the zero halves of its commas, digits and line ends."""
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    if max(high, low) * 20 < len(sample) or min(high, low) * 10 > max(high, low):
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _wide(content: bytes, encoding: str) -> Decoded:
    text = _checked(content.decode(encoding, errors="replace"))
    if found := _DIGIT_PAIRS.search(text):
        raise DamagedFileError(
            f"第{_line(text, found[0])}行起是另一种编码，与前面的 UTF-16 混在一起", _RESEND
        )
    return _cleaned(text)


def _narrow(content: bytes) -> Decoded:
    """Text whose characters of ASCII take one byte."""
    if content.count(0):
        _refuse_lost(content)
    try:
        return _cleaned(_checked(content.decode(_UTF8)))
    except UnicodeDecodeError:
        pass
    if _holds_utf8(content):
        return _mixed(content)
    try:
        return _cleaned(_checked(content.decode(_GB)))
    except UnicodeDecodeError:
        attempts = (content.decode(encoding, errors="replace") for encoding in (_UTF8, _GB))
        return _cleaned(_checked(min(attempts, key=lambda text: text.count(_REPLACEMENT))))


def _refuse_lost(content: bytes) -> None:
    for pattern, what in _BREAKS:
        if found := pattern.search(content):
            line = content.count(b"\n", 0, found.start()) + 1
            raise DamagedFileError(f"第{line}行起{what}", _RESEND)


def _holds_utf8(content: bytes) -> bool:
    """Whether two Chinese characters of UTF-8 stand beside each other; all places are looked at together."""
    held = np.frombuffer(content, np.uint8)
    last = max(0, len(held) - len(_TWO_CHARACTERS) + 1)
    (first, final), *rest = _TWO_CHARACTERS
    places = np.flatnonzero((held[:last] >= first) & (held[:last] <= final))
    for offset, (low, high) in enumerate(rest, start=1):
        places = places[(held[places + offset] >= low) & (held[places + offset] <= high)]
    return bool(len(places))


def _mixed(content: bytes) -> Decoded:
    """Each line in the encoding it is written in; the lines of the rarer one are told."""
    lines = content.split(b"\n")
    encodings = [_encoding_of(line) for line in lines]
    rarer = min((_UTF8, _GB), key=encodings.count)
    pairs = zip(lines, encodings, strict=True)
    told = _cleaned(
        _checked("\n".join(line.decode(known or _UTF8, errors="replace") for line, known in pairs))
    )
    if not (count := encodings.count(rarer)):
        return told
    caveat = f"第{encodings.index(rarer) + 1}行起有{count}行的编码是 {rarer.upper()}，与其他行不同；已分别解码，请核对"
    return Decoded(told.text, (caveat, *told.caveats))


def _encoding_of(line: bytes) -> str:
    """The encoding of one line; empty where it is the same in all."""
    if line.isascii():
        return ""
    try:
        foreign = _FOREIGN.search(line.decode(_UTF8))
    except UnicodeDecodeError:
        return _UTF8 if _holds_utf8(line) and not _is_common(line) else _GB
    return _GB if foreign and _is_common(line) else _UTF8


def _is_common(line: bytes) -> bool:
    """Whether it reads as Chinese in the two bytes a character that GB 2312 takes."""
    try:
        line.decode("gb2312")
    except UnicodeDecodeError:
        return False
    return True


def _cleaned(text: str) -> Decoded:
    """The text without what is no content: zero bytes, ends of file and marks of encoding within it."""
    caveats = []
    if zeros := text.count("\0"):
        caveats.append(f"第{_line(text, chr(0))}行等处有{zeros}个空字节，已略去，请核对")
        text = text.replace("\0", "")
    text = text.rstrip(_END_OF_FILE)
    if _END_OF_FILE in text:
        caveats.append(f"第{_line(text, _END_OF_FILE)}行有文件结束符（0x1A），它后面的照样读入，请核对")
        text = text.replace(_END_OF_FILE, "")
    if _MARK in text:
        text = _MARKED_LINE.sub("", text)
    return Decoded(text, tuple(caveats))


def _line(text: str, char: str) -> int:
    """The line on which a character first stands."""
    before = text[: text.index(char)]
    return (before.count("\n") or before.count("\r")) + 1


def _checked(text: str) -> str:
    sample = text[:_SAMPLE]
    strange = len(sample) - len(sample.translate(_CONTROLS))
    if (strange - _FEW) * 100 > len(sample) or text.count(_REPLACEMENT) * _TOLERATED > len(text) + _TOLERATED:
        raise NotASpreadsheetError(
            "文件既不是电子表格，也不是文本", "请提供 .xlsx、.xls、.xlsb、.ods、.et 或 .csv 表格"
        )
    return text
