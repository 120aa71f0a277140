"""Delimited text: csv, tsv, and text that is called something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from fupin_audit.errors import NotASpreadsheetError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.layout import lay_out
from fupin_audit.workbook.formats.plain_text.encoding import decode
from fupin_audit.workbook.formats.plain_text.even_text import even_columns
from fupin_audit.workbook.formats.plain_text.text_records import DELIMITERS, TextRecords

_SAMPLE_ROWS = 50
_SAMPLE_CHARS = 1 << 18
_LARGE_SAMPLE = 1 << 24  # where the first lines are longer than that
# Excel takes the delimiter from such a first line, and does not show the line.
_DECLARED = re.compile(r'"?sep=([^\r\n]*)(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_NEVER = "\"'_-."
_WIDE = 3


def read_text(content: bytes) -> Iterator[Grid]:
    """The one table of a delimited text file; its records are the rows, as in Excel.

    Raises:
        NotASpreadsheetError: the text is no table.
        DamagedFileError: part of it is lost.
        OverLimitError: it has too many columns or cells.
    """
    decoded = decode(content)
    del content
    start, declared = _declared(decoded.text)
    text = decoded.text[start:]
    delimiter, width = _layout(text, declared)
    if even := even_columns(text, delimiter, width):
        yield Grid("", even, caveats=decoded.caveats)
        return
    records = TextRecords(text, delimiter, width, first_line=2 if start else 1)
    laid = lay_out(list(records), limits.CELLS)
    yield Grid("", laid.columns, caveats=(*decoded.caveats, *records.caveats(), *laid.caveats))


def records_of(content: bytes) -> TextRecords:
    """The records of a delimited text.

    Raises:
        NotASpreadsheetError, DamagedFileError: as `read_text`.
    """
    text = decode(content).text
    start, declared = _declared(text)
    delimiter, width = _layout(text[start:], declared)
    return TextRecords(text[start:], delimiter, width, first_line=2 if start else 1)


def _declared(text: str) -> tuple[int, str]:
    """How long a first line is that names the delimiter, and that; empty where none is named that could be one."""
    first = _DECLARED.match(text)
    if first is None:
        return 0, ""
    named = first[1].removesuffix('"').strip(" ")
    is_one = len(named) == 1 and not named.isalnum() and named not in _NEVER
    return first.end(), named if is_one else ""


def _layout(text: str, declared: str) -> tuple[str, int]:
    """The delimiter by which most lines have equally many fields, and how many."""
    if not text.strip():
        raise NotASpreadsheetError("文件里没有内容", "请核对是否导出完整")
    for sample in (text[:_SAMPLE_CHARS], text[:_LARGE_SAMPLE]):
        found = {char: _evenness(sample, char) for char in declared + DELIMITERS}
        if any(found.get(declared, ())):
            return declared, found[declared][1]
        delimiter = max(found, key=lambda char: (found[char], char))
        if any(found[delimiter]):
            return delimiter, found[delimiter][1]
    raise NotASpreadsheetError("这是文本，没有分成列", "请提供用逗号或制表符分列的文本，或 .xlsx 表格")


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """How many lines have the commonest number of fields, and that number; zeros where that is no table."""
    widths = [len(row) for row in islice(TextRecords(sample, delimiter), _SAMPLE_ROWS) if any(row)]
    ((width, lines),) = Counter(width for width in widths if width > 1).most_common(1) or [(0, 0)]
    is_table = lines * 2 >= len(widths) and (lines > 1 or width >= _WIDE)
    return (lines, width) if is_table else (0, 0)
