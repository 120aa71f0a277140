"""One fast pass over a worksheet's XML.

The bulk reader takes seconds for a large sheet, so the pass may take no more than a fraction of that: pieces
of whole rows are searched with numpy for the few tags that matter. It relies on the way Excel, WPS and the
usual libraries write sheets; `IrregularSheetError` says that this one must be parsed properly. So must one
whose extent is over the limits, because here blank cells count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import numpy as np
import numpy.typing as npt

from fupin_audit.errors import OverLimitError
from fupin_audit.workbook.files.one_ahead import one_ahead
from fupin_audit.workbook.formats.references import cell_place, range_place
from fupin_audit.workbook.formats.sheet_facts import SheetFacts, Stream, is_long

_CHUNK = 1 << 20
_LONGEST_ROW = 64 << 20
_PADDING = b"\0" * 32

_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet[\s>/]")
_CELL = re.compile(rb'c r="([A-Z]{1,3}\d{1,7})"([^>]*)')
_TYPE = re.compile(rb'\st="(\w+)"')
_ROW_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_HIDDEN_COLUMNS = re.compile(rb'<[\w.:-]*col\b[^>]*\shidden="(?:1|true)"[^>]*>')
_SPAN = re.compile(rb'\s(min|max)="(\d{1,5})"')
# A formula, and behind it no value; an empty text is a result, too.
_NO_VALUE = rb"(?:<%(p)sv\s*/>|<%(p)sv></%(p)sv>)?</%(p)sc>"
_UNCOMPUTED = (rb"</%(p)sf>" + _NO_VALUE, rb"<%(p)sf [^>]*/>" + _NO_VALUE)
_TEXT_RESULT = re.compile(rb'\st="str"')
_MERGED = re.compile(rb'mergeCell\s[^>]*?ref="([A-Z\d:]+)"')

_LONG_DIGITS = 15
_LETTERS = 26
_BEFORE_A, _LAST_LETTER = ord("A") - 1, ord("Z")
_LONGEST_COLUMN = 3  # letters
_BASE = 10
_ROW_DIGITS = 7
_IS_CELL, _IS_VALUE, _IS_ROW = 1, 2, 3
_WINDOW = 24  # as long as a number gets, `-1.2345678901234567E+100`
_EACH_BYTE = 0x0101010101010101
_LOWER_CASE = np.uint64(0x20 * _EACH_BYTE)

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


def _kinds() -> Bytes:
    """The first two bytes of a tag's name, as a number → which tag it may be."""
    kinds = np.zeros(1 << 16, dtype=np.uint8)
    for second in (*range(ord(" ") + 1), ord(">"), ord("/")):
        kinds[ord("c") | second << 8] = _IS_CELL
    kinds[int.from_bytes(b"v>", "little")] = _IS_VALUE
    kinds[int.from_bytes(b"ro", "little")] = _IS_ROW
    return kinds


_KINDS = _kinds()


class IrregularSheetError(Exception):
    """The sheet is not written in the usual way."""


def scan_sheet(stream: Stream) -> SheetFacts:
    """What the XML of one worksheet tells.

    Raises:
        IrregularSheetError: cells don't begin with their reference or don't follow each other, or the root is not found.
        OverLimitError: a single row is too long to hold.
    """
    seen = SheetFacts()
    head = stream.read(_CHUNK)
    root = _ROOT.search(head)
    if root is None:
        raise IrregularSheetError
    prefix = root[1]
    piece = b""
    # Unpacking goes on in another thread while a chunk is being looked at.
    with one_ahead(iter(partial(stream.read, _CHUNK), b"")) as chunks:
        for number, piece in enumerate(_pieces(head, chunks, b"<" + prefix + b"row ")):
            if number == 0:
                _tell_columns(piece, seen)
            _Piece(piece, prefix).tell(seen)
    _tell_merged(piece, seen)
    return seen


def _pieces(head: bytes, chunks: Iterator[bytes], row_tag: bytes) -> Iterator[bytes]:
    """The sheet in pieces that end where a row ends; the last one holds all that follows the rows."""
    rest, looked_at = head, 0
    for chunk in chunks:
        rest += chunk
        if (cut := rest.rfind(row_tag, looked_at)) > 0:
            yield rest[:cut]
            rest = rest[cut:]
        looked_at = max(0, len(rest) - len(row_tag))
        if len(rest) > _LONGEST_ROW:
            raise OverLimitError("工作表有一行过长", "请用 Excel 或 WPS 删除空白的行列和多余格式后另存")
    yield rest


def _tell_columns(piece: bytes, seen: SheetFacts) -> None:
    for column in _HIDDEN_COLUMNS.finditer(piece, 0, piece.find(b"sheetData")):
        span = dict(_SPAN.findall(column[0]))
        if {b"min", b"max"} <= span.keys():
            seen.hide_columns(int(span[b"min"]) - 1, int(span[b"max"]) - 1)


def _tell_merged(piece: bytes, seen: SheetFacts) -> None:
    for match in _MERGED.finditer(piece, max(0, piece.rfind(b"sheetData"))):
        if merged := range_place(match[1].decode()):
            seen.merged.append(merged)


class _Piece:
    """Whole rows of a sheet.

    Attributes:
        text: the rows.
        prefix: what stands before the name of every tag, `x:` or nothing.
        bytes: the text, padded so that one may look a little past its end.
        words: the eight bytes from each position on, the first one lowest.
        tags: where the names of tags begin, of those that matter.
        kinds: which of them each may be.
    """

    def __init__(self, text: bytes, prefix: bytes) -> None:
        padded = text + _PADDING
        self.text = text
        self.prefix = prefix
        self.bytes: Bytes = np.frombuffer(padded, dtype=np.uint8)
        self.words: Words = np.ndarray((len(text) + 8,), dtype="<u8", buffer=padded, strides=(1,))
        lead, first = self.bytes[:-1], self.bytes[1:]
        matters = (first == ord("c")) | (first == ord("v")) | (first == ord("r"))
        self.tags: Positions = np.flatnonzero((lead == (prefix or b"<")[-1]) & matters) + 1
        self.kinds: Bytes = _KINDS[self.words[self.tags].view("<u2")[::4]]

    def tell(self, seen: SheetFacts) -> None:
        """Add what these rows say to the evidence."""
        self._tell_extent(seen)
        self._tell_hidden(seen)
        self._tell_long_numbers(seen)
        # One byte is looked for at many times the speed of two, and the names of other tags have none.
        if b"f" in self.text and b"<" + self.prefix + b"f" in self.text:
            self._tell_uncomputed(seen)

    def _tell_extent(self, seen: SheetFacts) -> None:
        """Count the cells, blank ones that only have a style included."""
        cells = self.tags[self.kinds == _IS_CELL]
        if not len(cells):
            return
        if ((self.words[cells] & np.uint64(0xFFFFFFFFFF)) != int.from_bytes(b'c r="', "little")).any():
            raise IrregularSheetError
        cells += 5
        letters, columns = _columns(self.words[cells])
        cells += letters
        rows, next_is_below = _rows(self.words[cells])
        if rows[0] - 1 <= seen.last_row or not (_rise(rows) & _rise(columns, next_is_below)):
            raise IrregularSheetError
        seen.see(int(rows[-1]) - 1, int(columns.max()) - 1, len(cells))

    def _tell_hidden(self, seen: SheetFacts) -> None:
        rows = self.tags[self.kinds == _IS_ROW]
        # `row r="1048576">` says nothing else.
        short = _hold(self.words[rows], ">") | _hold(self.words[rows + 8], ">")
        for start in rows[~short].tolist():
            tag = self.text[start - 1 : self.text.find(b">", start)]
            if b"hidden" in tag and _HIDDEN.search(tag) and (number := _ROW_NUMBER.search(tag)):
                seen.hidden_rows.add(int(number[1]) - 1)

    def _tell_long_numbers(self, seen: SheetFacts) -> None:
        values = self.tags[self.kinds == _IS_VALUE] + 2
        for start in self._perhaps_long(values).tolist():
            if not is_long(self.text[start : self.text.find(b"<", start)]):
                continue
            cell = _CELL.match(self.text, self.text.rfind(b'c r="', 0, start))
            place = cell_place(cell[1].decode()) if cell and _holds_number(cell[2]) else None
            if place:
                seen.long_numbers.add(place)

    def _tell_uncomputed(self, seen: SheetFacts) -> None:
        for pattern in _UNCOMPUTED:
            for found in re.finditer(pattern % {b"p": self.prefix}, self.text):
                cell = _CELL.match(self.text, self.text.rfind(b'c r="', 0, found.start()))
                place = cell_place(cell[1].decode()) if cell and not _TEXT_RESULT.search(cell[2]) else None
                if place:
                    seen.see_uncomputed(*place)

    def _perhaps_long(self, values: Positions) -> Positions:
        """The values that begin with 15 digits or have an exponent, and a few more."""
        words = self.words[values]
        lengthy = values[~_hold(words, "<") | _hold(words | _LOWER_CASE, "e")]
        window = self.bytes[lengthy[:, None] + np.arange(_WINDOW)]
        digits = (window[:, :_LONG_DIGITS] - np.uint8(ord("0")) < _BASE).all(axis=1)
        exponent = (window | np.uint8(0x20) == ord("e")).any(axis=1)
        perhaps: Positions = lengthy[digits | exponent]
        return perhaps


def _columns(references: Words) -> tuple[Positions, Positions]:
    """How many letters each reference begins with, and the column they name, from 1."""
    columns = np.zeros(len(references), dtype=np.intp)
    count = np.zeros(len(references), dtype=np.intp)
    is_letter = np.ones(len(references), dtype=np.bool_)
    for letter in references.view(np.uint8).reshape(-1, 8).T[:_LONGEST_COLUMN]:
        is_letter &= letter > _BEFORE_A
        if not is_letter.any():
            break
        if (letter[is_letter] > _LAST_LETTER).any():
            raise IrregularSheetError
        columns = np.where(is_letter, columns * _LETTERS + letter - _BEFORE_A, columns)
        count += is_letter
    return count, columns


def _rows(words: Words) -> tuple[Positions, Flags]:
    """The row numbers that these words begin with, each once where it is repeated; and where the next is another one."""
    ends = _marks(words, '"')
    numbers = words & ((ends & -ends) >> np.uint64(7)) - np.uint64(1)
    next_is_another = numbers[1:] != numbers[:-1]
    numbers = numbers[np.append(next_is_another, True)]
    values = np.zeros(len(numbers), dtype=np.intp)
    for digit in numbers.view(np.uint8).reshape(-1, 8)[:, :_ROW_DIGITS].T:
        values = np.where(digit == 0, values, values * _BASE + digit - ord("0"))
    if values.min() <= 0:
        raise IrregularSheetError
    return values, next_is_another


def _rise(numbers: Positions, but: Flags | None = None) -> bool:
    """Whether each number is higher than the one before it, but where that need not be."""
    rises: Flags = numbers[1:] > numbers[:-1]
    return bool((rises if but is None else rises | but).all())


def _hold(words: Words, char: str) -> Flags:
    """Which words hold this byte."""
    held: Flags = _marks(words, char) != 0
    return held


def _marks(words: Words, char: str) -> Words:
    """The top bit of the first byte that is this one, and perhaps of others behind it.

    Subtracting one borrows from the top bit of a byte only where it is zero.
    """
    different = words ^ np.uint64(ord(char) * _EACH_BYTE)
    marks: Words = (different - np.uint64(_EACH_BYTE)) & ~different & np.uint64(0x80 * _EACH_BYTE)
    return marks


def _holds_number(attributes: bytes) -> bool:
    match = _TYPE.search(attributes)
    return match is None or match[1] == b"n"
