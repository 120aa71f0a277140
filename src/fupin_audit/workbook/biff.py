"""The record streams of xls (BIFF5 and BIFF8), walked for evidence."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from fupin_audit.workbook.evidence import LONG, Evidence, SheetPart
from fupin_audit.workbook.refusal import damaged_if_it_fails, damaged_if_malformed

_EOF, _BOF, _BOUNDSHEET, _FILEPASS = 0x000A, 0x0809, 0x0085, 0x002F
_ROW, _COLUMNS, _MERGED = 0x0208, 0x007D, 0x00E5
_FORMULA, _NUMBER, _RK, _MANY_RK = 0x0006, 0x0203, 0x027E, 0x00BD
_FILLED = frozenset({_FORMULA, _NUMBER, _RK, 0x0204, 0x00D6, 0x00FD, 0x0205})

_WORKSHEET = 0
_ROW_HIDDEN = 0x20
_CELL = struct.Struct("<HH")
_DOUBLE = struct.Struct("<d")
_HEADER = struct.Struct("<HH")
_WORD = struct.Struct("<H")
_INT = struct.Struct("<I")


def rk_value(code: int) -> float:
    """The number in an RK cell: 30 bits of an integer or of a double, perhaps in hundredths.

    >>> rk_value(0x3FF00000), rk_value((1234 << 2) | 2), rk_value((1234 << 2) | 3)
    (1.0, 1234.0, 12.34)
    """
    if code & 2:
        value = float((code - (1 << 32) if code >> 31 else code) >> 2)
    else:
        value = float(_DOUBLE.unpack(_INT.pack(0) + _INT.pack(code & ~3))[0])
    return value / 100 if code & 1 else value


def workbook_stream(content: bytes) -> bytes:
    """The record stream of an xls file.

    Raises:
        DamagedFileError: it can't be taken out of the file.
    """
    with damaged_if_it_fails(), olefile.OleFileIO(BytesIO(content)) as compound:
        name = "Workbook" if compound.exists("Workbook") else "Book"
        return bytes(compound.openstream(name).read())


def is_encrypted(stream: bytes) -> bool:
    """Whether the record stream needs a password."""
    return any(kind == _FILEPASS for kind, _ in _records(stream, 0))


def sheet_parts(stream: bytes) -> tuple[SheetPart, ...]:
    """The worksheets of a record stream, in workbook order.

    Raises:
        DamagedFileError: a record is too short for what it says.
    """
    with damaged_if_malformed():
        return tuple(_parts(stream))


def _parts(stream: bytes) -> Iterator[SheetPart]:
    sheets = [body for kind, body in _records(stream, 0) if kind == _BOUNDSHEET]
    for index, body in enumerate(sheets):
        start, _, sort = struct.unpack_from("<IBB", body)
        if sort == _WORKSHEET:
            yield SheetPart(index, "", _walk(stream, start))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records of one substream, with those of charts nested in it: the bulk reader may take them for cells."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = _HEADER.unpack_from(stream, at)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        else:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _walk(stream: bytes, start: int) -> Evidence:
    seen = Evidence()
    for kind, body in _records(stream, start):
        if kind in _FILLED:
            _see_cell(seen, kind, body)
        elif kind == _MANY_RK:
            _see_many(seen, body)
        elif kind in (_ROW, _COLUMNS, _MERGED):
            _see_layout(seen, kind, body)
    return seen


def _see_cell(seen: Evidence, kind: int, body: bytes) -> None:
    row, column = _CELL.unpack_from(body)
    seen.see(row, column)
    if kind == _RK:
        value = rk_value(_INT.unpack_from(body, 6)[0])
    elif kind == _NUMBER or (kind == _FORMULA and body[12:14] != b"\xff\xff"):
        value = _DOUBLE.unpack_from(body, 6)[0]
    else:
        return
    if value >= LONG:
        seen.long_numbers.add((row, column))


def _see_many(seen: Evidence, body: bytes) -> None:
    row, first = _CELL.unpack_from(body)
    count = (len(body) - 6) // 6
    seen.see(row, first + count - 1, count)
    for offset in range(count):
        if rk_value(_INT.unpack_from(body, 6 + 6 * offset)[0]) >= LONG:
            seen.long_numbers.add((row, first + offset))


def _see_layout(seen: Evidence, kind: int, body: bytes) -> None:
    if kind == _ROW:
        if _WORD.unpack_from(body, 12)[0] & _ROW_HIDDEN:
            seen.hidden_rows.add(_WORD.unpack_from(body)[0])
    elif kind == _COLUMNS:
        first, last = _CELL.unpack_from(body)
        if _WORD.unpack_from(body, 8)[0] & 1:
            seen.hide_columns(first, last)
    else:
        for top, bottom, left, right in struct.iter_unpack(
            "<4H", body[2 : 2 + 8 * _WORD.unpack_from(body)[0]]
        ):
            seen.merged.append((top, left, bottom, right))
