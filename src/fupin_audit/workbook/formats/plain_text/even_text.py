"""Delimited text read in bulk, where all its records are equally long and its quotation marks regular."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pv

from fupin_audit.workbook.files import limits

_QUOTE = b'"'
_PIECE = 16 << 20

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.intp]


def even_columns(text: str, delimiter: str, width: int) -> tuple[pa.Array, ...]:
    """The columns; nothing where the text has to be read record by record.

    Args:
        text: the text.
        delimiter: what stands between fields.
        width: fields of most records.
    """
    content = text.encode()
    if not delimiter.isascii() or not 0 < width <= limits.COLUMNS or not _is_regular(content, delimiter):
        return ()
    names = [f"f{index}" for index in range(width)]
    try:
        table = pv.read_csv(
            BytesIO(content),
            pv.ReadOptions(column_names=names),
            pv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
            pv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
            ),
        )
    except pa.ArrowInvalid:
        return ()
    limits.check_cells(table.num_rows * width)
    return tuple(column.combine_chunks() for column in table.columns)


def _is_regular(content: bytes, delimiter: str) -> bool:
    """Whether every quotation mark opens or closes a whole field, and those over several lines hold no delimiter."""
    quotes = content.count(_QUOTE)
    if quotes % 2:
        return False
    start = 0
    while quotes and start < len(content):
        piece = np.frombuffer(content, np.uint8, min(_PIECE, len(content) - start), start)
        marks = np.flatnonzero(piece == ord(_QUOTE))
        line_ends = np.flatnonzero(piece == ord("\n"))
        is_outside = np.searchsorted(marks, line_ends) % 2 == 0
        outside = line_ends[is_outside]
        end = (
            len(piece) if start + len(piece) == len(content) else int(outside[-1]) + 1 if len(outside) else 0
        )
        marks = marks[: np.searchsorted(marks, end)]
        if not end or not _are_whole(piece, marks, ord(delimiter)):
            return False
        if _hold_delimiters(piece, marks, line_ends[~is_outside], ord(delimiter)):
            return False
        start += end
    return True


def _are_whole(piece: Bytes, marks: Positions, delimiter: int) -> bool:
    """Whether a line end or delimiter stands before each opening mark and behind each closing one, unless doubled."""
    opening, closing = marks[::2], marks[1::2]
    doubled = opening[1:] == closing[:-1] + 1
    # The piece begins and ends with a whole line, so what wraps around is right as well.
    begins = _are_borders(piece[opening - 1], delimiter) | (opening == 0)
    ends = _are_borders(piece.take(closing + 1, mode="clip"), delimiter) | (closing == len(piece) - 1)
    begins[1:] |= doubled
    ends[:-1] |= doubled
    return bool(begins.all() and ends.all())


def _are_borders(chars: Bytes, delimiter: int) -> Flags:
    borders: Flags = (chars == delimiter) | (chars == ord("\n")) | (chars == ord("\r"))
    return borders


def _hold_delimiters(piece: Bytes, marks: Positions, inside: Positions, delimiter: int) -> bool:
    """Whether a field with one of these line ends in it holds a delimiter, too."""
    closing = np.searchsorted(marks, inside)
    closing = np.unique(closing[closing < len(marks)])
    delimiters = np.flatnonzero(piece == delimiter) if len(closing) else closing
    first, last = (np.searchsorted(delimiters, marks[marked]) for marked in (closing - 1, closing))
    return bool((first != last).any())
