"""How the sheets of a delivered workbook look: their headers cell by cell, their data as the first row of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from lxml import etree

from fupin_audit.errors import InputError
from fupin_audit.workbook.annotating.look_of_style import StyleLooks
from fupin_audit.workbook.annotating.package_parts import PackageParts
from fupin_audit.workbook.annotating.sheet_look import Look, SheetLook
from fupin_audit.workbook.formats.file_kinds import FileKind
from fupin_audit.workbook.formats.open_grids import Unlocked
from fupin_audit.workbook.formats.references import cell_place
from fupin_audit.workbook.formats.xlsx import workbook_sheets

_MOST_COLUMNS = 16_384
_BROKEN = (BadZipFile, etree.LxmlError, InputError, KeyError, StopIteration, ValueError)


def looks_of(original: Unlocked, header: Callable[[str], int]) -> Mapping[str, SheetLook]:
    """Sheet → its look, where the file tells it and it can be read.

    Args:
        original: the file.
        header: how many rows stand above the data of a sheet; 0 where that is not known.
    """
    found: dict[str, SheetLook] = {}
    if original.kind is FileKind.XLSX:
        with suppress(*_BROKEN), ZipFile(BytesIO(original.content)) as archive:
            styles = _styles(PackageParts(archive))
            for sheet in workbook_sheets(archive):
                if rows := header(sheet.name):
                    with suppress(*_BROKEN), archive.open(sheet.part) as part:
                        found[sheet.name] = _look(cast(BinaryIO, part), rows, styles)
    return found


def _styles(parts: PackageParts) -> StyleLooks:
    relations = parts.relations(parts.workbook)
    styles, theme = (
        parts.read(name) if (name := relations.target(sort=sort)) else None for sort in ("styles", "theme")
    )
    return StyleLooks(styles, theme)


def _look(part: BinaryIO, header: int, styles: StyleLooks) -> SheetLook:
    widths: dict[int, float] = {}
    heights: dict[int, float] = {}
    cells: dict[tuple[int, int], Look] = {}
    columns: dict[int, Look] = {}
    for node in _head(part, header):
        name = etree.QName(node).localname
        if name == "col":
            widths |= _widths(node)
        elif name == "row":
            row = int(node.get("r", "0")) - 1
            if row < header and (height := node.get("ht")):
                heights[row] = float(height)
            for cell in node.iterchildren("{*}c"):
                place = cell_place(cell.get("r", ""))
                look = styles.of(int(cell.get("s", "0")))
                if place and row < header:
                    cells[place] = look
                elif place:
                    columns[place[1]] = look
    return SheetLook(widths=widths, heights=heights, cells=cells, columns=columns)


def _head(part: BinaryIO, header: int) -> Iterator[etree._Element]:
    """The columns, the rows of the header, the first of data."""
    events = etree.iterparse(part, tag=("{*}col", "{*}row"), resolve_entities=False, no_network=True)
    for _, node in events:
        row = node.get("r")
        if row and int(row) > header + 1:
            return
        yield node
        if row and int(row) == header + 1:
            return


def _widths(node: etree._Element) -> Mapping[int, float]:
    first, last = int(node.get("min", "1")), int(node.get("max", "1"))
    width = node.get("width")
    if not width or node.get("hidden") in ("1", "true"):
        return {}
    return dict.fromkeys(range(first - 1, min(last, _MOST_COLUMNS)), float(width))
