"""A worksheet's XML with some cells changed and a drawing for notes, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from fupin_audit.workbook.annotating.row_patch import RowPatch, UnusualSheetError
from fupin_audit.workbook.annotating.sheet_outline import CHUNK, SheetOutline
from fupin_audit.workbook.formats.sheet_facts import Stream

_LONGEST_ROW = 64 << 20
Edit = TypeVar("Edit")


def patched(
    stream: Stream, sheet: SheetOutline, patch: RowPatch[Edit], drawing: bytes = b""
) -> Iterator[bytes]:
    """The sheet, changed.

    Args:
        stream: the part, from its beginning.
        sheet: what was found of it.
        patch: what is done to which cells.
        drawing: the element that leads to the shapes of the notes; empty where there is one already.

    Raises:
        UnusualSheetError: it can't be patched.
    """
    yield sheet.head
    for piece in _pieces(stream, sheet):
        yield patch.piece(piece)
    yield patch.rest()
    tail = sheet.tail
    yield tail.text[: tail.cut] + drawing + tail.text[tail.cut :]


def _pieces(stream: Stream, sheet: SheetOutline) -> Iterator[bytes]:
    """The rows in pieces that end where a row ends."""
    start, end = sheet.rows
    skipped = 0
    while skipped < start:
        skipped += len(stream.read(min(CHUNK, start - skipped)))
    tag, rest, left = b"<" + sheet.prefix + b"row", b"", end - start
    while left:
        chunk = stream.read(min(CHUNK, left))
        left -= len(chunk)
        before = max(0, len(rest) - len(tag))
        rest += chunk
        if (cut := rest.rfind(tag, before)) > 0:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > _LONGEST_ROW:
            raise UnusualSheetError
    if rest:
        yield rest
