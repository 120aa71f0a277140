"""The sheets of one village as a workbook that looks like the file they were cut out of."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

from fupin_audit.results.cell_note import CellNote, CellNotes
from fupin_audit.workbook.annotating.bulk_rows import LONGEST, row_texts
from fupin_audit.workbook.annotating.plain_copy import BOX, NO_DAY, TITLE, by_row
from fupin_audit.workbook.annotating.sheet_look import PLAIN, Look, SheetLook, fitting_width
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.writing.excel import Format, Workbook, Worksheet, new_workbook
from fupin_audit.writing.row_filling import fill_rows, styles_in
from fupin_audit.writing.workbook_style import FILLS

_AS_TEXT = {"num_format": "@"}  # so that no number loses a digit


@dataclass(frozen=True)
class CutSheet:
    """A sheet of the copy.

    Attributes:
        grid: its texts.
        header: how many rows stand above the first of data.
        notes: what is said of its cells.
        look: how it looked.
        odd: rows, from 0, that have to be written cell by cell.
    """

    grid: Grid
    header: int
    notes: CellNotes = field(default_factory=dict)
    look: SheetLook = PLAIN
    odd: frozenset[int] = frozenset()


def write_cut_copy(sheets: Sequence[CutSheet], sink: BinaryIO) -> None:
    """Write the copy: every text as text.

    The library writes what is looked at cell by cell: headers, noted cells, notes; and one row of each sheet, from
    which the others have their styles. These are put beside it then.
    """
    frame = io.BytesIO()
    with new_workbook(frame, TITLE, NO_DAY) as book:
        formats = _Formats(book)
        bulk = [_frame_of(book.add_worksheet(sheet.grid.sheet), sheet, formats) for sheet in sheets]
    fill_rows(
        frame,
        sink,
        {
            number: partial(_all_rows, cut, rows)
            for number, (cut, rows) in enumerate(zip(sheets, bulk, strict=True), start=1)
            if rows
        },
    )


class _Formats:
    """The formats of a workbook, each once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, look: Look, note: CellNote | None = None) -> Format:
        """A look as a format; filled where the cell is noted."""
        fill = {"bg_color": FILLS[note.severity], "pattern": 1} if note else {}
        key = tuple(sorted({**look, **_AS_TEXT, **fill}.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]


def _frame_of(sheet: Worksheet, cut: CutSheet, formats: _Formats) -> Sequence[int]:
    """Has the library write a sheet but for its bulk; the rows of that, from 0."""
    notes = by_row(cut.notes)
    own = {*range(cut.header), *notes, *(row for row, _ in cut.grid.errors), *cut.odd}
    bulk = [row for row in range(cut.header, cut.grid.height) if row not in own]
    _set_up(sheet, cut)
    for row in sorted(own):
        _write_row(sheet, row, cut, formats, notes.get(row, {}))
    for row in (
        {bulk[0], bulk[-1]} if bulk else ()
    ):  # the one tells the styles, the other how far the sheet reaches
        for column in range(len(cut.grid.columns)):
            sheet.write_blank(row, column, None, formats.of(cut.look.of_column(column)))
    return bulk


def _set_up(sheet: Worksheet, cut: CutSheet) -> None:
    for at, column in enumerate(cut.grid.columns):
        sheet.set_column(at, at, cut.look.widths.get(at) or fitting_width(column[cut.header - 1 :]))
    for row, height in cut.look.heights.items():
        if row < cut.header:
            sheet.set_row(row, height)
    for ranged in cut.look.merged:
        if ranged[2] < cut.header and ranged[:2] != ranged[2:]:
            sheet.merge_range(*ranged, "")
    sheet.freeze_panes(cut.header, 0)


def _write_row(
    sheet: Worksheet, row: int, cut: CutSheet, formats: _Formats, notes: Mapping[int, CellNote]
) -> None:
    texts = cut.grid.row(row) if row < cut.grid.height else []
    for column in range(max(len(texts), max(notes, default=-1) + 1)):
        text = (texts[column] if column < len(texts) else None) or cut.grid.errors.get((row, column))
        look = cut.look.of_cell(row, column) if row < cut.header else cut.look.of_column(column)
        if text:
            sheet.write_string(row, column, text[:LONGEST], formats.of(look, notes.get(column)))
        elif look or column in notes:
            sheet.write_blank(row, column, None, formats.of(look, notes.get(column)))
        if column in notes:
            sheet.write_comment(row, column, notes[column].text, BOX)


def _all_rows(cut: CutSheet, bulk: Sequence[int], framed: Mapping[int, str]) -> Iterable[str]:
    """The sheet's rows in order; the first of the bulk stands in the frame to tell the styles."""
    rows = {**framed, **row_texts(cut.grid, bulk, styles_in(framed[bulk[0] + 1]))}
    return (rows[number] for number in sorted(rows))
