"""A copy of a delimited text with other values in some fields; the lines that hold none of them stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fupin_audit.workbook.correcting.new_contents import NewContent, UncorrectableError, by_row
from fupin_audit.workbook.formats.grid import Cell
from fupin_audit.workbook.formats.plain_text.delimited import records_of

_UNUSUAL = "文本的编码混杂，不能照原样写回；请另存为 UTF-8 的 csv 或 .xlsx 再改"
_ENCODINGS = ("utf-8", "gb18030", "utf-16")
_MARK = b"\xef\xbb\xbf"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def correct_text(content: bytes, cells: Mapping[Cell, NewContent]) -> bytes:
    """The copy.

    Raises:
        UncorrectableError: it can't be written as it was.
    """
    mark = _MARK if content.startswith(_MARK) else b""
    text, encoding = _decoded(content[len(mark) :])
    records = records_of(content)
    lines = _LINE.findall(text)
    rows = by_row(cells)
    done = 0
    for number, (fields, count) in enumerate(records.spans()):
        first = records.first_line - 1 + done
        if number in rows:
            end = _line_end(lines[first + count - 1])
            lines[first : first + count] = [
                _record(fields, rows[number], records.delimiter) + end,
                *[""] * (count - 1),
            ]
        done += count
    try:
        return mark + "".join(lines).encode(encoding)
    except UnicodeEncodeError as error:
        raise UncorrectableError(_UNUSUAL) from error


def _decoded(content: bytes) -> tuple[str, str]:
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == content:
            return text, encoding
    raise UncorrectableError(_UNUSUAL)


def _record(fields: Sequence[str], changes: Mapping[int, NewContent], delimiter: str) -> str:
    wide = max(len(fields), max(changes) + 1)
    texts = [*fields, *[""] * (wide - len(fields))]
    for column, content in changes.items():
        texts[column] = content.text
    return delimiter.join(_field(text, delimiter) for text in texts)


def _field(text: str, delimiter: str) -> str:
    """A field, in quotation marks where it has to be."""
    if any(sign in text for sign in (delimiter, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _line_end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
