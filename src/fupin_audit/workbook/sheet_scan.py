"""One fast pass over a worksheet's XML.

The bulk reader takes seconds for a large sheet, so the pass may take no more than a fraction of that: pieces
of whole rows are searched with numpy for the few tags that matter. It relies on the way Excel, WPS and the
usual libraries write sheets; `IrregularSheetError` says that this one must be parsed properly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

import numpy as np
import numpy.typing as npt

from fupin_audit.errors import OverLimitError
from fupin_audit.workbook.evidence import Evidence, is_long
from fupin_audit.workbook.references import cell_place, range_place

_CHUNK = 1 << 20
_LONGEST_ROW = 64 << 20
_PADDING = b"\0" * 32

_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet[\s>/]")
_CELL = re.compile(rb'[^>]*? r="([A-Z]{1,3}\d{1,7})"([^>]*)')
_TYPE = re.compile(rb'\st="(\w+)"')
_ROW_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_SPAN = re.compile(rb'\s(min|max)="(\d{1,5})"')
_MERGED = re.compile(rb'\sref="([A-Z\d:]+)"')

_REFERENCE = b' r="'
_LONG_DIGITS = 15
_LETTERS = 26
_BASE = 10

Bytes = npt.NDArray[np.uint8]
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
    for text in _pieces(head, stream, b"<" + root[1] + b"row"):
        _Piece(text, len(root[1])).tell(seen)
    return seen


def _pieces(head: bytes, stream: IO[bytes], row_tag: bytes) -> Iterator[bytes]:
    """The sheet in pieces that end where a row ends."""
    rest = head
    while chunk := stream.read(_CHUNK):
        rest += chunk
        if (cut := rest.rfind(row_tag)) > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LONGEST_ROW:
            raise OverLimitError("工作表有一行过长", "请用 Excel 或 WPS 删除空白的行列和多余格式后另存")
    yield rest


class _Piece:
    """Whole rows of a sheet, with the positions of their tags and the first two letters of each tag's name."""

    def __init__(self, text: bytes, prefix: int) -> None:
        self.text = text
        self.name = prefix + 1  # where a tag's name begins
        self.bytes: Bytes = np.frombuffer(text + _PADDING, dtype=np.uint8)
        self.tags: Positions = np.append(np.flatnonzero(self.bytes == ord("<")), len(text))
        self.first: Bytes = self.bytes[self.tags + self.name]
        self.second: Bytes = self.bytes[self.tags + self.name + 1]

    def tell(self, seen: Evidence) -> None:
        """Add what this piece says to the evidence."""
        cells = self._cells()
        self._tell_extent(cells, seen)
        self._tell_long_numbers(cells, seen)
        self._tell_hidden(seen)
        for index in np.flatnonzero(self.first == ord("m")):
            match = _MERGED.search(self._tag(index))
            if match and (merged := range_place(match[1].decode())):
                seen.merged.append(merged)

    def _tag(self, index: np.intp) -> bytes:
        return self.text[self.tags[index] : self.tags[index + 1]]

    def _named(self, first: str, second: str) -> Positions:
        return np.flatnonzero((self.first == ord(first)) & (self.second == ord(second)))

    def _cells(self) -> Positions:
        """Which tags are cells."""
        ends = (self.second <= ord(" ")) | (self.second == ord(">")) | (self.second == ord("/"))
        cells = np.flatnonzero((self.first == ord("c")) & ends)
        at = self.tags[cells] + self.name + 1
        for offset, char in enumerate(_REFERENCE):
            if (self.bytes[at + offset] != char).any():
                raise IrregularSheetError
        return cells

    def _tell_extent(self, cells: Positions, seen: Evidence) -> None:
        child = self.first[cells + 1]
        filled = cells[(child == ord("v")) | (child == ord("i")) | (child == ord("f"))]
        if len(filled):
            at = self.tags[filled] + self.name + 1 + len(_REFERENCE)
            letters, columns = self._letters(at)
            seen.see(int(self._digits(at + letters).max()) - 1, int(columns.max()) - 1, len(filled))

    def _letters(self, at: Positions) -> tuple[Positions, Positions]:
        """How many letters stand at these positions, and the columns they name, from 1."""
        one, two, three = (self.bytes[at + offset].astype(np.intp) - ord("A") + 1 for offset in range(3))
        has_two = two > 0
        has_three = has_two & (three > 0)
        columns = np.where(has_two, one * _LETTERS + two, one)
        columns = np.where(has_three, columns * _LETTERS + three, columns)
        return 1 + has_two.astype(np.intp) + has_three, columns

    def _digits(self, at: Positions) -> Positions:
        """The numbers that stand at these positions."""
        numbers = np.zeros(len(at), dtype=np.intp)
        alive = np.ones(len(at), dtype=np.bool_)
        for offset in range(8):
            digits = self.bytes[at + offset] - np.uint8(ord("0"))
            alive &= digits < _BASE
            if not alive.any():
                break
            numbers = np.where(alive, numbers * 10 + digits, numbers)
        if (numbers == 0).any():
            raise IrregularSheetError
        return numbers

    def _tell_long_numbers(self, cells: Positions, seen: Evidence) -> None:
        values = self._named("v", ">")
        start, end = self.tags[values] + self.name + 2, self.tags[values + 1]
        for which in np.flatnonzero(self._may_be_long(start, end)):
            cell = cells[np.searchsorted(cells, values[which]) - 1]
            match = _CELL.match(self._tag(cell))
            if (
                match is None
                or not _holds_number(match[2])
                or not is_long(self.text[start[which] : end[which]])
            ):
                continue
            if place := cell_place(match[1].decode()):
                seen.long_numbers.add(place)

    def _may_be_long(self, start: Positions, end: Positions) -> Flags:
        """Values with an exponent of two digits, or with 15 characters before any point."""
        lower = np.uint8(0x20)
        may: Flags = ((self.bytes[end - 3] | lower) == ord("e")) | ((self.bytes[end - 4] | lower) == ord("e"))
        lengthy = np.flatnonzero(end - start >= _LONG_DIGITS)
        window = self.bytes[start[lengthy, None] + np.arange(_LONG_DIGITS)]
        may[lengthy] |= (window != ord(".")).all(axis=1)
        return may

    def _tell_hidden(self, seen: Evidence) -> None:
        for index in self._named("r", "o"):
            tag = self._tag(index)
            if b"hidden" in tag and _HIDDEN.search(tag) and (match := _ROW_NUMBER.search(tag)):
                seen.hidden_rows.add(int(match[1]) - 1)
        for index in self._named("c", "o"):
            tag = self._tag(index)
            span = dict(_SPAN.findall(tag))
            if _HIDDEN.search(tag) and {b"min", b"max"} <= span.keys():
                seen.hide_columns(int(span[b"min"]) - 1, int(span[b"max"]) - 1)


def _holds_number(attributes: bytes) -> bool:
    match = _TYPE.search(attributes)
    return match is None or match[1] == b"n"
