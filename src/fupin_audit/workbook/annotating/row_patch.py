"""The rows of a worksheet's XML with some cells changed, in one pass that never holds the sheet.

Only rows with such cells are looked into; of the others nothing but the number is read. Whatever isn't changed is
passed on byte by byte.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.formats.references import cell_place

_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,7})[\"']")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d{0,9})[\"']")
_ROW_STYLE = re.compile(rb"\scustomFormat\s*=\s*[\"'](?:1|true)[\"']")
_SPANS = re.compile(rb"\sspans\s*=\s*[\"'][\d: ]*[\"']")
_ASIDE = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_AFTER_NAME = b" >/\t\r\n"
Edit = TypeVar("Edit")


class UnusualSheetError(Exception):
    """The sheet is not written in a way that can be patched."""


@dataclass(frozen=True)
class Restyling:
    """Which cells get another style.

    Attributes:
        cells: row → column → the style of the cell, made of the one it has.
        columns: column → the style it gives to cells it does not have yet.
        prefix: of the sheet's tags, with its colon.
    """

    cells: Mapping[int, Mapping[int, Callable[[int], int]]]
    columns: Callable[[int], int]
    prefix: bytes


class RowPatch(ABC, Generic[Edit]):
    """Goes through the pieces of `sheetData`, each of whole rows, in order; what an edit does to a cell others say."""

    def __init__(self, edits: Mapping[int, Mapping[int, Edit]], prefix: bytes) -> None:
        """Prepares the edits.

        Args:
            edits: row → column → what is done to the cell.
            prefix: of the sheet's tags, with its colon.
        """
        self._edits, self._prefix = edits, prefix
        self._row_tag = b"<" + prefix + b"row"
        self._row_end = b"</" + prefix + b"row>"
        self._cell = re.compile(rb"<" + prefix + rb"c(?=[\s/>])([^>]*?)(/?)>")
        self._waiting = sorted(edits, reverse=True)
        self._last = -1

    @abstractmethod
    def _edited(self, cell: re.Match[bytes], row: bytes, edit: Edit) -> tuple[bytes, int]:
        """What stands in place of a cell, from its tag on, and how far in the row that reaches."""

    @abstractmethod
    def _new_cell(self, row: int, column: int, edit: Edit, base: int | None) -> bytes:
        """A cell the sheet does not have yet; `base` is the style of its row, where that has one."""

    def piece(self, text: bytes) -> bytes:
        """The piece with the cells in it changed.

        Raises:
            UnusualSheetError: the rows or cells are not in order, or something is not closed.
        """
        seen = _without_asides(text)
        changed: list[bytes] = []
        done = 0
        for number, start in self._rows(seen):
            while self._waiting and self._waiting[-1] < number:
                changed += (text[done:start], self._new_row(self._waiting.pop()))
                done = start
            if self._waiting and self._waiting[-1] == number:
                end = self._end(seen, start)
                row = text[start:end], seen[start:end], self._waiting.pop()
                changed += (text[done:start], self._in_place(*row) or self._rebuilt(*row))
                done = end
        return b"".join((*changed, text[done:]))

    def rest(self) -> bytes:
        """Rows below all others."""
        return b"".join(self._new_row(self._waiting.pop()) for _ in range(len(self._waiting)))

    def _rows(self, seen: bytes) -> Iterator[tuple[int, int]]:
        """Number and start of each row."""
        tag, at = self._row_tag, seen.find(self._row_tag)
        while at >= 0:
            after = at + len(tag)
            if seen[after : after + 1] in _AFTER_NAME:
                said = _NUMBER.search(seen, after - 1, seen.find(b">", after))
                number = int(said[1]) - 1 if said else self._last + 1
                if number <= self._last:
                    raise UnusualSheetError
                self._last = number
                yield number, at
            at = seen.find(tag, after)

    def _end(self, seen: bytes, start: int) -> int:
        tag_end = seen.find(b">", start)
        if seen[tag_end - 1 : tag_end] == b"/":
            return tag_end + 1
        end = seen.find(self._row_end, tag_end)
        if end < 0:
            raise UnusualSheetError
        return end + len(self._row_end)

    def _in_place(self, text: bytes, seen: bytes, number: int) -> bytes | None:
        """One row, its wanted cells changed; None where they don't all begin with their place."""
        found = []
        for column, edit in self._edits[number].items():
            start = seen.find(b'<%sc r="%s"' % (self._prefix, cell_name(number, column)))
            cell = self._cell.match(seen, start) if start >= 0 else None
            if cell is None:
                return None
            written, end = self._edited(cell, seen, edit)
            found.append((cell.start(), end, written))
        changed: list[bytes] = []
        done = 0
        for start, end, cell_tag in sorted(found):
            changed += (text[done:start], cell_tag)
            done = end
        return b"".join((*changed, text[done:]))

    def _rebuilt(self, text: bytes, seen: bytes, number: int) -> bytes:
        """One row, cell by cell, its wanted ones changed, or added where it doesn't have them."""
        head_end = seen.find(b">") + 1
        head, body_end = text[:head_end], len(text) - len(self._row_end)
        if head.endswith(b"/>"):
            head, body_end = head[:-2] + b">", head_end
        wanted = dict(sorted(self._edits[number].items()))
        body: list[bytes] = []
        done, column, base = head_end, -1, self._row_style(head)
        for cell in self._cell.finditer(seen, head_end, body_end):
            column = _column(cell[1], number, column)
            added = [at for at in wanted if at < column]
            body.append(text[done : cell.start()])
            body += [self._new_cell(number, at, wanted.pop(at), base) for at in added]
            done = cell.start()
            if column in wanted:
                written, done = self._edited(cell, seen, wanted.pop(column))
                body.append(written)
        body.append(text[done:body_end])
        if wanted:
            head = _SPANS.sub(b"", head)
        body += [self._new_cell(number, at, edit, base) for at, edit in wanted.items()]
        return b"".join((head, *body, self._row_end))

    def _row_style(self, head: bytes) -> int | None:
        style = _STYLE.search(head) if _ROW_STYLE.search(head) else None
        return int(style[1] or 0) if style else None

    def _new_row(self, number: int) -> bytes:
        cells = sorted(self._edits[number].items())
        written = b"".join(self._new_cell(number, at, edit, None) for at, edit in cells)
        return b'%s r="%d">%s%s' % (self._row_tag, number + 1, written, self._row_end)


class RestylingPatch(RowPatch[Callable[[int], int]]):
    """Gives cells other styles."""

    def __init__(self, restyling: Restyling) -> None:
        super().__init__(restyling.cells, restyling.prefix)
        self._column_style = restyling.columns

    def _edited(self, cell: re.Match[bytes], row: bytes, edit: Callable[[int], int]) -> tuple[bytes, int]:
        attributes = cell[1]
        has = _STYLE.search(attributes)
        new = b' s="%d"' % edit(int(has[1] or 0) if has else 0)
        attributes = attributes[: has.start()] + new + attributes[has.end() :] if has else attributes + new
        return b"<%sc%s%s>" % (self._prefix, attributes, cell[2]), cell.end()

    def _new_cell(self, row: int, column: int, edit: Callable[[int], int], base: int | None) -> bytes:
        given = self._column_style(column) if base is None else base
        return b'<%sc r="%s" s="%d"/>' % (self._prefix, cell_name(row, column), edit(given))


def cell_name(row: int, column: int) -> bytes:
    """A cell's reference as it stands in XML."""
    return f"{letter(column)}{row + 1}".encode()


def _column(attributes: bytes, row: int, before: int) -> int:
    """Where a cell stands; one that doesn't say so follows the one before."""
    said = _PLACE.search(attributes)
    at = cell_place(said[1].decode()) if said else (row, before + 1)
    if at is None or at[0] != row or at[1] <= before:
        raise UnusualSheetError
    return at[1]


def _without_asides(text: bytes) -> bytes:
    """The text with blanks where tags may be quoted."""
    if b"!" not in text or b"<!" not in text:  # one byte is found much faster than two
        return text
    seen = _ASIDE.sub(lambda aside: b" " * len(aside[0]), text)
    if b"<!" in seen:
        raise UnusualSheetError
    return seen
