"""Delimited text: csv, tsv, and text that is called something else."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import islice

import pyarrow as pa
import pyarrow.csv as pv

from fupin_audit.errors import DamagedFileError, NotASpreadsheetError
from fupin_audit.workbook.formats.encoding import decode
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.layout import columns_of

_DELIMITERS = ",\t;|"
_SAMPLE_ROWS = 50
_SAMPLE_CHARS = 1 << 18
# Excel takes the delimiter from such a first line, and does not show the line.
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_WIDE = 3


def read_text(content: bytes) -> Iterator[Grid]:
    """The one table of a delimited text file; its records are the rows, as in Excel.

    Raises:
        NotASpreadsheetError: the text is no table.
        DamagedFileError: a quotation mark is never closed.
    """
    text = decode(content)
    if declared := _DECLARED.match(text):
        text, delimiter = text[declared.end() :], declared[1]
    else:
        delimiter = _delimiter(text[:_SAMPLE_CHARS])
    columns = _even_columns(text, delimiter) or columns_of(_rows(text, delimiter))
    yield Grid("", columns)


def _delimiter(sample: str) -> str:
    """The delimiter by which most lines have equally many fields."""
    score, delimiter = max((_evenness(sample, char), char) for char in _DELIMITERS)
    if not any(score):
        raise NotASpreadsheetError("这是文本，没有分成列", "请提供用逗号或制表符分列的文本，或 .xlsx 表格")
    return delimiter


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """How many lines have the commonest number of fields, and that number; zeros where that is no table."""
    widths = [len(row) for row in islice(_reader(sample, delimiter), _SAMPLE_ROWS) if any(row)]
    ((width, lines),) = Counter(width for width in widths if width > 1).most_common(1) or [(0, 0)]
    is_table = lines * 2 >= len(widths) and (lines > 1 or width >= _WIDE)
    return (lines, width) if is_table else (0, 0)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _even_columns(text: str, delimiter: str) -> tuple[pa.Array, ...]:
    """The columns if all rows are equally long, read in bulk; else nothing."""
    names = [f"f{index}" for index, _ in enumerate(next(_reader(text, delimiter)))]
    try:
        table = pv.read_csv(
            BytesIO(text.encode()),
            pv.ReadOptions(column_names=names),
            pv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
            pv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
            ),
        )
    except pa.ArrowInvalid:
        return ()
    return tuple(column.combine_chunks() for column in table.columns)


def _rows(text: str, delimiter: str) -> list[list[str | None]]:
    try:
        return [[cell or None for cell in row] for row in _reader(text, delimiter)]
    except csv.Error as error:
        raise DamagedFileError(
            "有一个单元格过长，可能是引号不成对", "请用 Excel 或 WPS 打开后另存为 .xlsx"
        ) from error
