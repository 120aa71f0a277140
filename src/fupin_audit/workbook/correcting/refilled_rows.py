"""The rows of a worksheet's XML with other values in some cells; their styles stay, formulas are left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fupin_audit.workbook.annotating.row_patch import RowPatch, UnusualSheetError, cell_name
from fupin_audit.workbook.annotating.sheet_outline import SheetOutline
from fupin_audit.workbook.correcting.new_contents import NewContent
from fupin_audit.workbook.formats.grid import Cell
from fupin_audit.workbook.formats.references import cell_place
from fupin_audit.writing.row_filling import xml_text

_KIND = re.compile(rb"\s+t\s*=\s*[\"']([A-Za-z]*)[\"']")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
# How a cell says that it holds a text; what says nothing holds a number.
_TEXTS = frozenset({b"s", b"str", b"inlineStr", b"b", b"e", b"d"})


class RefillingPatch(RowPatch[NewContent]):
    """Puts other values into cells.

    Attributes:
        formulas: cells that hold a formula: they were left as they are.
    """

    def __init__(self, cells: Mapping[int, Mapping[int, NewContent]], sheet: SheetOutline) -> None:
        super().__init__(cells, sheet.prefix)
        self._column_style = sheet.column_style
        self._formula = re.compile(rb"<" + sheet.prefix + rb"f[\s/>]")
        self._close = b"</" + sheet.prefix + b"c>"
        self.formulas: list[Cell] = []

    def _edited(self, cell: re.Match[bytes], row: bytes, edit: NewContent) -> tuple[bytes, int]:
        end = cell.end()
        if not cell[2]:
            close = row.find(self._close, end)
            if close < 0:
                raise UnusualSheetError
            if self._formula.search(row, end, close):
                self.formulas.append(self._place(cell))
                return row[cell.start() : end], end
            end = close + len(self._close)
        kind = _KIND.search(cell[1])
        attributes = cell[1][: kind.start()] + cell[1][kind.end() :] if kind else cell[1]
        is_text = kind is not None and kind[1] in _TEXTS
        return self._filled(attributes, edit, as_text=is_text), end

    def _place(self, cell: re.Match[bytes]) -> Cell:
        said = _PLACE.search(cell[1])
        place = cell_place(said[1].decode()) if said else None
        if place is None:
            raise UnusualSheetError
        return place

    def _new_cell(self, row: int, column: int, edit: NewContent, base: int | None) -> bytes:
        style = self._column_style(column) if base is None else base
        given = b' r="%s"%s' % (cell_name(row, column), b' s="%d"' % style if style else b"")
        return self._filled(given, edit, as_text=False)

    def _filled(self, attributes: bytes, edit: NewContent, *, as_text: bool) -> bytes:
        tag = self._prefix
        if not edit.text:
            return b"<%sc%s/>" % (tag, attributes)
        if edit.number and not as_text:
            return b"<%sc%s><%sv>%s</%sv></%sc>" % (tag, attributes, tag, edit.number.encode(), tag, tag)
        said = xml_text(edit.text).encode()
        return b'<%sc%s t="inlineStr"><%sis><%st xml:space="preserve">%s</%st></%sis></%sc>' % (
            *(tag, attributes, tag, tag),
            *(said, tag, tag, tag),
        )
