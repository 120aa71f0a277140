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
from typing import IO

import numpy as np
import numpy.typing as npt

from fupin_audit.errors import OverLimitError
from fupin_audit.workbook.ahead import one_ahead
from fupin_audit.workbook.evidence import Evidence, is_long
from fupin_audit.workbook.references import cell_place, range_place

_CHUNK = 1 << 20
_LONGEST_ROW = 64 << 20
_PADDING = b"\0" * 32

_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet[\s>/]")
_CELL = re.compile(rb'c r="([A-Z]{1,3}\d{1,7})"([^>]*)')
_TYPE = re.compile(rb'\st="(\w+)"')
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\s")
_ROW_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_HIDDEN_COLUMNS = re.compile(rb'<[\w.:-]*col\b[^>]*\shidden="(?:1|true)"[^>]*>')
_SPAN = re.compile(rb'\s(min|max)="(\d{1,5})"')
_MERGED = re.compile(rb'mergeCell\s[^>]*?ref="([A-Z\d:]+)"')

_LONG_DIGITS = 15
_LETTERS = 26
_BASE = 10
_ROW_DIGITS = 7
_WINDOW = 24  # as long as a number gets, `-1.2345678901234567E+100`
_EACH_BYTE = 0x0101010101010101
_LOWER_CASE = np.uint64(0x20 * _EACH_BYTE)

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


class IrregularSheetError(Exception):
    """The sheet is not written in the usual way."""


def scan_sheet(stream: IO[bytes]) -> Evidence:
    """What the XML of one worksheet tells.

    Raises:
        IrregularSheetError: cells don't begin with their reference, or the root is not found.
        OverLimitError: a single row is too long to hold.
    """
    seen = Evidence()
    head = stream.read(_CHUNK)
    root = _ROOT.search(head)
    if root is None:
        raise IrregularSheetError
    prefix = root[1]
    piece = b""
    for number, piece in enumerate(_pieces(head, stream, b"<" + prefix + b"row ")):
        if number == 0:
            _tell_columns(piece, seen)
        _Piece(piece, prefix).tell(seen)
    _tell_merged(piece, seen)
    return seen


def _pieces(head: bytes, stream: IO[bytes], row_tag: bytes) -> Iterator[bytes]:
    """The sheet in pieces that end where a row ends; the last one holds all that follows the rows."""
    rest = head
    # Unpacking goes on in another thread while a chunk is being looked at.
    for chunk in one_ahead(iter(partial(stream.read, _CHUNK), b"")):
        rest += chunk
        if (cut := rest.rfind(row_tag)) > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LONGEST_ROW:
            raise OverLimitError("工作表有一行过长", "请用 Excel 或 WPS 删除空白的行列和多余格式后另存")
    yield rest


def _tell_columns(piece: bytes, seen: Evidence) -> None:
    for column in _HIDDEN_COLUMNS.finditer(piece, 0, piece.find(b"sheetData")):
        span = dict(_SPAN.findall(column[0]))
        if {b"min", b"max"} <= span.keys():
            seen.hide_columns(int(span[b"min"]) - 1, int(span[b"max"]) - 1)


def _tell_merged(piece: bytes, seen: Evidence) -> None:
    for match in _MERGED.finditer(piece, max(0, piece.rfind(b"sheetData"))):
        if merged := range_place(match[1].decode()):
            seen.merged.append(merged)


class _Piece:
    """Whole rows of a sheet.

    Attributes:
        text: the rows.
        bytes: the text, padded so that one may look a little past its end.
        words: the eight bytes from each position on, the first one lowest.
    """

    def __init__(self, text: bytes, prefix: bytes) -> None:
        padded = text + _PADDING
        self.text = text
        self.bytes: Bytes = np.frombuffer(padded, dtype=np.uint8)
        self.words: Words = np.ndarray((len(text) + 8,), dtype="<u8", buffer=padded, strides=(1,))
        self._lead = (prefix or b"<")[-1:].decode()

    def tell(self, seen: Evidence) -> None:
        """Add what these rows say to the evidence."""
        self._tell_extent(seen)
        self._tell_hidden(seen)
        self._tell_long_numbers(seen)

    def _pairs(self, first: str, second: str) -> Positions:
        """Where these two characters stand together."""
        found: Positions = np.flatnonzero((self.bytes[:-1] == ord(first)) & (self.bytes[1:] == ord(second)))
        return found

    def _starts(self, letter: str) -> Positions:
        """Where the names of opening tags that begin with this letter stand."""
        starts = self._pairs(self._lead, letter)
        starts += 1
        return starts

    def _cells(self) -> Positions:
        starts = self._starts("c")
        words = self.words[starts]
        cells: Positions = starts[(words & 0xFFFFFFFFFF) == int.from_bytes(b'c r="', "little")]
        second = (words >> 8) & 0xFF
        if np.count_nonzero((second <= ord(" ")) | (second == ord(">")) | (second == ord("/"))) > len(cells):
            raise IrregularSheetError
        return cells

    def _tell_extent(self, seen: Evidence) -> None:
        """Count the cells, blank ones that only have a style included."""
        cells = self._cells()
        if len(cells):
            letters, columns = self._letters(cells + 5)
            numbers = self._numbers(cells + 5 + letters)
            seen.see(int(numbers.max()) - 1, int(columns.max()) - 1, len(cells))

    def _letters(self, at: Positions) -> tuple[Positions, Positions]:
        """How many letters stand at these positions, and the columns they name, from 1."""
        words = self.words[at].astype(np.int64)
        one, two, three = (((words >> shift) & 0xFF) - ord("A") + 1 for shift in (0, 8, 16))
        has_two = two > 0
        has_three = has_two & (three > 0)
        columns = np.where(has_two, one * _LETTERS + two, one)
        columns = np.where(has_three, columns * _LETTERS + three, columns)
        return 1 + has_two.astype(np.intp) + has_three, columns

    def _numbers(self, at: Positions) -> Positions:
        """The row numbers that stand at these positions."""
        words = self.words[at].astype(np.int64)
        numbers = np.zeros(len(at), dtype=np.int64)
        for _ in range(_ROW_DIGITS):
            digits = (words & 0xFF) - ord("0")
            valid = (digits >= 0) & (digits < _BASE)
            if not valid.any():
                break
            # A quotation mark ends the number and stays, so that nothing after it counts.
            numbers = np.where(valid, numbers * _BASE + digits, numbers)
            words = np.where(valid, words >> 8, words)
        if len(numbers) and numbers.min() == 0:
            raise IrregularSheetError
        return numbers

    def _tell_hidden(self, seen: Evidence) -> None:
        for hit in self._pairs("h", "i").tolist():
            if self.text.startswith(b"hidden", hit):
                tag = self.text[self.text.rfind(b"<", 0, hit) : self.text.find(b">", hit)]
                number = _ROW_NUMBER.search(tag)
                if number and _ROW.match(tag) and _HIDDEN.search(tag):
                    seen.hidden_rows.add(int(number[1]) - 1)

    def _tell_long_numbers(self, seen: Evidence) -> None:
        values = self._starts("v")
        values = values[self.bytes[values + 1] == ord(">")] + 2
        for start in self._perhaps_long(values).tolist():
            if not is_long(self.text[start : self.text.find(b"<", start)]):
                continue
            cell = _CELL.match(self.text, self.text.rfind(b'c r="', 0, start))
            place = cell_place(cell[1].decode()) if cell and _holds_number(cell[2]) else None
            if place:
                seen.long_numbers.add(place)

    def _perhaps_long(self, values: Positions) -> Positions:
        """The values that begin with 15 digits or have an exponent, and a few more."""
        words = self.words[values]
        lengthy = values[~_hold(words, "<") | _hold(words | _LOWER_CASE, "e")]
        window = self.bytes[lengthy[:, None] + np.arange(_WINDOW)]
        digits = (window[:, :_LONG_DIGITS] - np.uint8(ord("0")) < _BASE).all(axis=1)
        exponent = (window | np.uint8(0x20) == ord("e")).any(axis=1)
        perhaps: Positions = lengthy[digits | exponent]
        return perhaps


def _hold(words: Words, char: str) -> Flags:
    """Which words hold this byte: subtracting one borrows from the top bit of a byte only where it is zero."""
    different = words ^ np.uint64(ord(char) * _EACH_BYTE)
    held: Flags = (different - np.uint64(_EACH_BYTE)) & ~different & np.uint64(0x80 * _EACH_BYTE) != 0
    return held


def _holds_number(attributes: bytes) -> bool:
    match = _TYPE.search(attributes)
    return match is None or match[1] == b"n"
