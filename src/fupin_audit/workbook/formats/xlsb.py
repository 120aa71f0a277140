"""The worksheets of xlsb files, walked record by record for evidence."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from zipfile import ZipFile

from fupin_audit.errors import DamagedFileError, InputError
from fupin_audit.workbook.files.refusal import RESAVE, damaged_if_malformed
from fupin_audit.workbook.formats.sheet_facts import LONG, SheetFacts, SheetPart, table_facts
from fupin_audit.workbook.formats.stray_cells import Bounds, place_name
from fupin_audit.workbook.formats.zip_parts import (
    check_parts,
    read_part,
    with_parts_changed,
    workbook_part,
    worksheets,
)

_WORKBOOK = "workbook.bin"

_ROW, _RK, _REAL, _FORMULA_NUMBER = 0, 2, 5, 9
_CELLS = range(2, 12)  # 1 is a blank cell
_SHEET, _COLUMNS, _MERGED = 156, 60, 176
_ROW_HIDDEN = 0x10
_MORE = 0x80

_INT = struct.Struct("<I")
_DOUBLE = struct.Struct("<d")
_FOUR_INTS = struct.Struct("<4I")


def sheet_parts(content: bytes) -> tuple[SheetPart, ...]:
    """The worksheets in workbook order.

    Raises:
        DamagedFileError, EncryptedFileError, OverLimitError: it can't be read.
    """
    with damaged_if_malformed(), ZipFile(BytesIO(content)) as archive:
        check_parts(archive)
        workbook = workbook_part(archive, _WORKBOOK)
        return tuple(
            SheetPart(sheet.index, sheet.name, _evidence(read_part(archive, sheet.part)), sheet.part)
            for sheet in worksheets(archive, workbook, _listed(read_part(archive, workbook)))
        )


def without_far_cells(content: bytes, parts: Sequence[SheetPart]) -> bytes:
    """The workbook without the cells that stand far away from its tables."""
    bounds = {part.part: part.evidence.bounds for part in parts if part.evidence.far}
    return with_parts_changed(
        content, {part: partial(_without, bounds=area) for part, area in bounds.items()}
    )


def _listed(workbook: bytes) -> Iterator[tuple[str, str]]:
    """Name and relation id of each sheet."""
    for kind, body in _records(workbook):
        if kind == _SHEET:
            relation, end = _text(body, 8)
            yield _text(body, end)[0], relation


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A counted UTF-16 text, and where it ends."""
    (length,) = _INT.unpack_from(body, at)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le"), end


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        kind, at = _number(part, at, longest=2)
        size, at = _number(part, at, longest=4)
        yield kind, part[at : at + size]
        at += size


def _number(part: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of 7-bit groups, lowest first, and where it ends."""
    value = 0
    for place in range(longest):
        byte = part[at]
        at += 1
        value |= (byte & ~_MORE) << (7 * place)
        if not byte & _MORE:
            break
    return value, at


def _evidence(part: bytes) -> SheetFacts:
    seen = SheetFacts()
    try:
        _walk(part, seen)
        return table_facts(partial(_walk, part)) if seen.is_scattered else seen
    except InputError as error:
        return SheetFacts(refused=error)


def _without(part: bytes, bounds: Bounds) -> bytes:
    """The records of a sheet without the cells outside of these bounds."""
    kept = []
    row = at = 0
    while at < len(part):
        kind, body = _number(part, start := at, longest=2)
        size, body = _number(part, body, longest=4)
        at = body + size
        if kind == _ROW:
            (row,) = _INT.unpack_from(part, body)
        if kind not in _CELLS or bounds.hold(row, _INT.unpack_from(part, body)[0]):
            kept.append(part[start:at])
    return b"".join(kept)


def _walk(part: bytes, seen: SheetFacts) -> None:
    """Adds what the records tell to what was seen.

    Raises:
        DamagedFileError: a cell does not follow the one before it, so it may stand where another does.
    """
    row, before = -1, (-1, -1)
    for kind, body in _records(part):
        if kind == _ROW:
            (row,) = _INT.unpack_from(body)
            if body[11] & _ROW_HIDDEN:
                seen.hidden_rows.add(row)
        elif kind in _CELLS:
            (column,) = _INT.unpack_from(body)
            if (row, column) <= before:
                raise DamagedFileError(
                    f"工作表里 {place_name((row, column))} 次序不对，有的单元格会读不到", RESAVE
                )
            before = row, column
            seen.see(row, column)
            if _value(kind, body) >= LONG:
                seen.see_long_number(row, column)
        else:
            _tell_layout(kind, body, seen)


def _tell_layout(kind: int, body: bytes, seen: SheetFacts) -> None:
    if kind == _COLUMNS:
        first, last, _, _ = _FOUR_INTS.unpack_from(body)
        if body[16] & 1:
            seen.hide_columns(first, last)
    elif kind == _MERGED:
        top, bottom, left, right = _FOUR_INTS.unpack_from(body)
        seen.merged.append((top, left, bottom, right))


def _value(kind: int, body: bytes) -> float:
    """The number in a cell; 0 where it holds none."""
    if kind == _RK:
        return _rk_value(_INT.unpack_from(body, 8)[0])
    if kind in (_REAL, _FORMULA_NUMBER):
        return float(_DOUBLE.unpack_from(body, 8)[0])
    return 0.0


def _rk_value(code: int) -> float:
    """The number in an RK cell: 30 bits of an integer or of a double, perhaps in hundredths."""
    if code & 2:
        value = float((code - (1 << 32) if code >> 31 else code) >> 2)
    else:
        value = float(_DOUBLE.unpack(_INT.pack(0) + _INT.pack(code & ~3))[0])
    return value / 100 if code & 1 else value
