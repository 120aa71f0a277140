"""xls files written record by record, in the compound file that holds them."""

from __future__ import annotations

from struct import pack

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096  # shorter streams would go into the mini stream

BOF, EOF, BOUNDSHEET = 0x0809, 0x000A, 0x0085


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file with one stream."""
    stream = stream.ljust(_SMALLEST, b"\0")
    stream += b"\0" * (-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    fats = 1
    while fats * 128 < count + 1 + fats:
        fats += 1
    chain = [*range(1, count), _END, _END, *[_FAT] * fats]
    table = pack(f"<{len(chain)}I", *chain).ljust(fats * _SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, 0, len(stream))
    return _header(count, fats) + stream + directory.ljust(_SECTOR, b"\0") + table


def _header(directory: int, fats: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += pack("<9I", 0, fats, directory, 0, _SMALLEST, _END, 0, _END, 0)
    places = [directory + 1 + index for index in range(fats)]
    return head + pack("<109I", *places, *[_FREE] * (109 - fats))


def _entry(name: str, sort: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return text.ljust(64, b"\0") + pack(
        "<HBB3I16sIQQIQ", len(text), sort, 1, _FREE, _FREE, child, b"", 0, 0, 0, start, size
    )


def record(kind: int, body: bytes = b"") -> bytes:
    return pack("<HH", kind, len(body)) + body


def xls(sheet: bytes, *, extra: bytes = b"", sheets: int = 1) -> bytes:
    """An xls file whose sheets all hold these records.

    Args:
        sheet: the records of a sheet.
        extra: further records of the workbook.
        sheets: how many sheets.
    """
    listed = sum(len(_bound(0, index)) for index in range(sheets))
    start = len(_bof(5)) + len(extra) + listed + len(record(EOF))
    body = _bof(0x10) + sheet + record(EOF)
    bounds = b"".join(_bound(start + index * len(body), index) for index in range(sheets))
    return compound(_bof(5) + extra + bounds + record(EOF) + body * sheets)


def _bof(sort: int) -> bytes:
    return record(BOF, pack("<HHHHII", 0x0600, sort, 0, 0, 0, 0))


def _bound(start: int, index: int) -> bytes:
    return record(BOUNDSHEET, pack("<IBBBB", start, 0, 0, 2, 1) + f"表{index}".encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, pack("<HHHd", row, column, 0, value))


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, pack("<HHHBB", row, column, 0, code, 1))


def hidden_row(row: int) -> bytes:
    return record(0x0208, pack("<HHHHHHHH", row, 0, 0, 0, 0, 0, 0x20, 0))


def hidden_columns(first: int, last: int) -> bytes:
    return record(0x007D, pack("<HHHHHH", first, last, 0, 0, 1, 0))


def merged(top: int, left: int, bottom: int, right: int) -> bytes:
    return record(0x00E5, pack("<5H", 1, top, bottom, left, right))
