"""The boxes of notes, which Excel keeps as VML beside their texts.

A drawing that is there is not parsed: Excel itself writes some that are no XML. Boxes are put before its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fupin_audit.workbook.files import limits
from fupin_audit.workbook.formats.grid import Cell

_BLOCK = 1024  # numbers a drawing takes at once; it is told which blocks
_MAP = re.compile(rb"(<o:idmap\b[^>]*?\bdata\s*=\s*[\"'])([\d, ]*)([\"'])")
_SHAPE = re.compile(rb"\bid\s*=\s*[\"']_x0000_s(\d{1,9})[\"']")
_END = b"</xml>"
_EMPTY = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data=""/></o:shapelayout></xml>'
)
_TYPE_NAME = b"_x0000_t202"
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:260pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ACROSS = 25  # characters of a line in a box
_LINE = 13  # points
_WIDE, _ROW_HEIGHT = 4, 14  # columns and points a box is about as large as
_MOST_LINES = 24


class ShapeNumbers:
    """Hands out blocks of numbers that no drawing of the workbook has."""

    def __init__(self, drawings: Iterable[bytes]) -> None:
        taken = {0}
        for drawing in drawings:
            taken |= {
                int(n) for _, blocks, _ in _MAP.findall(drawing) for n in blocks.split(b",") if n.strip()
            }
            taken |= {int(number) // _BLOCK for number in _SHAPE.findall(drawing)}
        self._last = max(taken)

    def blocks(self, shapes: int) -> Sequence[int]:
        """As many blocks as take these shapes; the first number of a block stays free."""
        first = self._last + 1
        self._last += -(-shapes // (_BLOCK - 1))
        return range(first, self._last + 1)


def with_boxes(
    drawing: bytes | None, notes: Sequence[tuple[Cell, str]], numbers: ShapeNumbers
) -> bytes | None:
    """The drawing with a box for each new note; None where the drawing there is can't take any.

    Args:
        drawing: the one of the sheet, None where it has none.
        notes: the cells, and their texts.
        numbers: those that are free.
    """
    text = drawing or _EMPTY
    end = text.rfind(_END)
    if end < 0:
        return None
    blocks = numbers.blocks(len(notes))
    free = (block * _BLOCK + n for block in blocks for n in range(1, _BLOCK))
    boxes = "".join(_box(number, *note) for number, note in zip(free, notes, strict=False))
    kind = "" if _TYPE_NAME in text else _TYPE
    added = text[:end] + f"{kind}{boxes}".encode() + text[end:]
    more = ",".join(map(str, blocks)).encode()
    return _MAP.sub(lambda found: b"".join((found[1], _joined(found[2], more), found[3])), added, count=1)


def _joined(blocks: bytes, more: bytes) -> bytes:
    return b"%s,%s" % (blocks, more) if blocks.strip() else more


def _box(number: int, cell: Cell, text: str) -> str:
    row, column = cell
    lines = sum(1 + len(line) // _ACROSS for line in text.split("\n"))
    height = _LINE * min(max(lines, 3), _MOST_LINES) + 8
    left = column + 1 if column + 1 + _WIDE < limits.COLUMNS else column - 1 - _WIDE
    top = min(max(0, row - 1), limits.ROWS - 1 - height // _ROW_HEIGHT)
    anchor = f"{left}, 15, {top}, 2, {left + _WIDE}, 15, {top + height // _ROW_HEIGHT}, 4"
    return _BOX.format(number=number, height=height, anchor=anchor, row=row, column=column)
