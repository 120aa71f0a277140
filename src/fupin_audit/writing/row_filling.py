"""Rows put into a finished workbook as XML: the library makes the frame, and cell by cell what is looked at.

A hundred thousand rows of twenty cells take XlsxWriter longer than an audit takes; what it wrote of a row of each
look says how the others are to be styled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import IO, BinaryIO, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Rows: TypeAlias = Callable[[Mapping[int, str]], Iterable[str]]
"""Makes of the rows of the frame, by number, all rows in order."""
_PACKED = 1  # of 9: much faster to write, and seldom much larger
_SHEET = "xl/worksheets/sheet{}.xml"
_ROW = re.compile(r'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_DATA = re.compile(r"<sheetData>(.*)</sheetData>", re.DOTALL)
_STYLED = re.compile(r'<c r="([A-Z]+)\d+" s="(\d+)"')
_MARKUP = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_WRITTEN_OUT = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def fill_rows(frame: IO[bytes], sink: BinaryIO, filled: Mapping[int, Rows]) -> None:
    """Write a workbook with all its rows.

    Args:
        frame: the workbook as the library made it.
        sink: where it goes.
        filled: number of a sheet, from 1 → its rows.
    """
    parts = {_SHEET.format(number): rows for number, rows in filled.items()}
    with ZipFile(frame) as made, ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=_PACKED) as whole:
        for part in made.infolist():
            content = made.read(part)
            with whole.open(_entry(part), "w") as entry:
                if rows := parts.get(part.filename):
                    for text in _with_rows(content.decode("utf-8"), rows):
                        entry.write(text.encode("utf-8"))
                else:
                    entry.write(content)


def styles_in(row: str) -> Mapping[str, str]:
    """Letter of a column → the number of the style its cell has in a row."""
    return dict(_STYLED.findall(row))


def xml_text(text: str) -> str:
    """A text as a cell holds it: characters XML can't hold are written as Excel writes them."""
    if not _MARKUP.search(text):
        return text
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _WRITTEN_OUT.sub("_x005F_", text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _with_rows(frame: str, rows: Rows) -> Iterable[str]:
    found = _DATA.search(frame)
    if not found:
        yield frame
        return
    yield frame[: found.start(1)]
    yield from rows({int(row[1]): row[0] for row in _ROW.finditer(found[1])})
    yield frame[found.end(1) :]


def _entry(part: ZipInfo) -> ZipInfo:
    """The same entry, packed anew: the same bytes for the same content."""
    entry = ZipInfo(part.filename, date_time=part.date_time)
    entry.compress_type = ZIP_DEFLATED
    return entry
