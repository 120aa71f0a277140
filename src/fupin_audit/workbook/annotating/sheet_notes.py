"""What marking the cells of a sheet changes beside its XML: the texts of notes, their boxes, relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fupin_audit.results.cell_note import CellNote, CellNotes
from fupin_audit.workbook.annotating.comments_part import CommentsPart
from fupin_audit.workbook.annotating.note_shapes import ShapeNumbers, with_boxes
from fupin_audit.workbook.annotating.package_parts import PackageParts
from fupin_audit.workbook.annotating.row_patch import UnusualSheetError
from fupin_audit.workbook.annotating.sheet_outline import Tail
from fupin_audit.workbook.annotating.small_parts import Relations, relations_of
from fupin_audit.workbook.formats.grid import Cell
from fupin_audit.workbook.formats.references import cell_place
from fupin_audit.workbook.formats.sheet_facts import Range

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"


@dataclass(frozen=True)
class NotedSheet:
    """A sheet whose notes are written; its cells are still to be filled.

    Attributes:
        cells: what is said of each.
        drawing: the element that leads to the boxes; empty where the sheet has one, or needs none.
        talked: cells people converse about, beside which no note can stand.
    """

    cells: Mapping[Cell, CellNote]
    drawing: bytes
    talked: int


class NoteWriter:
    """Writes the notes of a workbook's sheets."""

    def __init__(self, parts: PackageParts) -> None:
        self._parts = parts
        self._numbers = ShapeNumbers(parts.drawings())

    def sheet(self, part: str, tail: Tail, notes: CellNotes) -> NotedSheet:
        """Writes the notes of a sheet into the parts beside it.

        Raises:
            UnusualSheetError: the sheet's drawing takes no boxes.
        """
        cells = _shown(notes, tail.merged)
        relations = self._parts.relations(part)
        there = relations.target(sort="comments")
        comments = CommentsPart(self._parts.read(there), self._parts.namespace)
        free = {cell: note.text for cell, note in cells.items() if not comments.is_thread(cell)}
        boxed = [(cell, text) for cell, text in free.items() if comments.add(cell, text)]
        if free:
            self._write_comments(relations, there, comments)
        drawing = self._write_boxes(relations, tail, boxed) if boxed else b""
        self._parts.write(relations_of(part.replace("\\", "/")), relations.part())
        return NotedSheet(cells, drawing, len(cells) - len(free))

    def _write_comments(self, relations: Relations, there: str, comments: CommentsPart) -> None:
        name = there or self._parts.free_name("xl/comments{}.xml")
        name = self._parts.write(name, comments.part(), _COMMENTS)
        if not there:
            relations.add(f"{self._parts.kinds}/comments", name)

    def _write_boxes(self, relations: Relations, tail: Tail, boxed: Sequence[tuple[Cell, str]]) -> bytes:
        """Writes the boxes; the element that leads to them where there was none."""
        there = relations.target(id=tail.relation) if tail.relation else ""
        drawing = with_boxes(self._parts.read(there) if there else None, boxed, self._numbers)
        if drawing is None or (tail.relation and not there):
            raise UnusualSheetError
        name = there or self._parts.free_name("xl/drawings/vmlDrawing{}.vml")
        name = self._parts.write(name, drawing, _DRAWING)
        if there:
            return b""
        new = relations.add(f"{self._parts.kinds}/vmlDrawing", name)
        return f'legacyDrawing xmlns:r="{self._parts.kinds}" r:id="{new}"/>'.encode()


def _shown(notes: CellNotes, merged: Sequence[Range]) -> dict[Cell, CellNote]:
    """The cells as they show: of a merged range the first, for all of them."""
    found: dict[Cell, CellNote] = {}
    for name, note in notes.items():
        if place := cell_place(name):
            cell = _first(place, merged)
            found[cell] = found[cell] + note if cell in found else note
    return dict(sorted(found.items()))


def _first(cell: Cell, merged: Sequence[Range]) -> Cell:
    row, column = cell
    for top, left, bottom, right in merged:
        if top <= row <= bottom and left <= column <= right:
            return top, left
    return cell
