"""From lines to cells: what is to stand where, and of every line what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fupin_audit.ledgers.types.fieldtypes import CellError, FieldType
from fupin_audit.ledgers.types.text import clean, is_blank, tidy
from fupin_audit.results.correction import Action, Corrected, Correction, LineOutcome
from fupin_audit.tasks.correcting.delivered_sheets import LedgerSheet
from fupin_audit.tasks.correcting.finding_cells import Finder, FoundRow, NotFoundError
from fupin_audit.workbook.correcting.new_contents import NewContent
from fupin_audit.workbook.formats.grid import Cell

BLANK = "（空白）"
_MIDNIGHT = " 00:00:00"
_FIRST_DAY = date(1899, 12, 30)
_FIGURE = re.compile(r"-?(\d+\.?\d*|\.\d+)", re.ASCII)
_SHOWN_AS_WRITTEN = re.compile(r"0|[1-9]\d*", re.ASCII)
_LONGEST_NUMBER = 15  # digits a spreadsheet holds exactly
_HIDDEN = "*"


@dataclass(frozen=True)
class CellChange:
    """What is to stand in one cell."""

    sheet: LedgerSheet
    cell: Cell
    content: NewContent

    @property
    def place(self) -> tuple[str, str, Cell]:
        """File, sheet and cell."""
        return self.sheet.opened.file.name, self.sheet.sheet, self.cell

    @property
    def told(self) -> str:
        """The cell as people are told of it."""
        return self.sheet.told(*self.cell)


@dataclass(frozen=True)
class Planned:
    """A line, what is to become of it, and the cells that it changes."""

    said: Corrected
    changes: tuple[CellChange, ...] = ()

    def refused(self, reason: str) -> Planned:
        """The same line, refused."""
        return Planned(Corrected(self.said.line, LineOutcome.REFUSED, reason))


class Planner:
    """Plans line by line; two lines never change one cell.

    Args:
        finder: finds their rows.
        reveal: what stands in a cell is told in full.
    """

    def __init__(self, finder: Finder, *, reveal: bool) -> None:
        self._finder = finder
        self._reveal = reveal
        self._taken: dict[tuple[str, str, Cell], int] = {}

    def plan(self, line: Correction) -> Planned:
        """What becomes of one line."""
        try:
            planned = self._planned(line)
        except NotFoundError as error:
            return Planned(Corrected(line, LineOutcome.REFUSED, str(error)))
        for change in planned.changes:
            if (earlier := self._taken.get(change.place)) is not None:
                return planned.refused(f"第{earlier}行已经改了同一格（{change.told}）")
        self._taken |= {change.place: line.number for change in planned.changes}
        return planned

    def _planned(self, line: Correction) -> Planned:
        if line.action is None:
            if line["动作"]:
                raise NotFoundError(f"动作“{line['动作']}”看不懂：写 改、删 或 属实")
            return Planned(Corrected(line, LineOutcome.OPEN, "没有填新值，也没有写动作"))
        if line.action is not Action.CHANGE and line["新值"]:
            raise NotFoundError(f"动作“{line['动作']}”不改值，却填了新值：只留一样")
        if line.action is Action.DELETE:
            return self._deleted(line)
        if not line["字段"]:
            raise NotFoundError("没有写字段")
        rows = self._finder.rows(line, line["字段"])
        self._check_old(line, rows)
        if line.action is Action.CONFIRM:
            return Planned(Corrected(line, LineOutcome.CONFIRMED, "", tuple(_told(rows, line["字段"]))))
        return self._changed(line, rows)

    def _check_old(self, line: Correction, rows: Sequence[FoundRow]) -> None:
        """Refuses a line whose old value is not what stands there, in any of the places where it is repeated."""
        kind = rows[0].sheet.ledger.columns()[line["字段"]].type
        for found in rows:
            text = _text(found, line["字段"])
            if not (same(kind, text, line["原值"]) or (line["新值"] and same(kind, text, line["新值"]))):
                shown = (text if self._reveal else kind.masked(text)) or BLANK
                raise NotFoundError(f"原值与表里的不同：{found.told(line['字段'])} 是“{shown}”")

    def _changed(self, line: Correction, rows: Sequence[FoundRow]) -> Planned:
        kind = rows[0].sheet.ledger.columns()[line["字段"]].type
        if not line["新值"]:
            raise NotFoundError(f"没有填新值；要清空这一格，新值写“{BLANK}”")
        _check_new(kind, line["新值"])
        _check_merged(rows, line["字段"])
        changes = tuple(
            CellChange(found.sheet, found.sheet.cell(found.row, found.sheet.column(line["字段"])), content)
            for found in rows
            if (content := _content(kind, _text(found, line["字段"]), line["新值"])) is not None
        )
        changes = tuple({change.place: change for change in changes}.values())
        if not changes:
            return Planned(Corrected(line, LineOutcome.ALREADY, "", tuple(_told(rows, line["字段"]))))
        said = Corrected(line, LineOutcome.CHANGED, "", tuple(change.told for change in changes))
        return Planned(said, changes)

    def _deleted(self, line: Correction) -> Planned:
        (found,) = self._finder.rows(line, "")
        if line["字段"] and found.sheet.has(line["字段"]):
            self._check_old(line, [found])
        if reason := _why_not_emptied(found):
            raise NotFoundError(reason)
        sheet, empty = found.sheet, NewContent("")
        said = Corrected(line, LineOutcome.EMPTIED, "", (f"{sheet.name} › 第{found.row + 1}行",))
        return Planned(said, tuple(CellChange(sheet, cell, empty) for cell in _filled(found)))


def same(kind: FieldType, text: str, given: str) -> bool:
    """Whether a cell says what a line says of it; a masked number is compared by its mask."""
    if _says_nothing(given) or _says_nothing(text):
        return _says_nothing(given) and _says_nothing(text)
    if tidy(text.removesuffix(_MIDNIGHT)) == tidy(given):
        return True
    if _HIDDEN in given:
        return kind.masked(text) == given or kind.masked(clean(text)) == given
    try:
        return kind.read(text) == kind.read(given)
    except CellError:
        return False


def _says_nothing(text: str) -> bool:
    return text == BLANK or not text or is_blank(text)


def _text(found: FoundRow, field: str) -> str:
    return found.sheet.text(found.row, found.sheet.column(field))


def _told(rows: Sequence[FoundRow], field: str) -> Iterator[str]:
    return (found.told(field) for found in rows)


def _check_new(kind: FieldType, new: str) -> None:
    if _HIDDEN in new and kind.private:
        raise NotFoundError("新值里有打了码的星号，要写完整的号码")
    try:
        if new != BLANK:
            kind.read(new)
    except CellError as error:
        hint = f"；最接近的是“{error.hint}”" if error.hint else ""
        raise NotFoundError(f"新值读不成这个字段：{error}{hint}") from error


def _check_merged(rows: Sequence[FoundRow], field: str) -> None:
    """Refuses a cell that is merged with cells of others, who would be changed unasked."""
    for found in rows:
        if others := found.others(field):
            raise NotFoundError(
                f"{found.told(field)} 与第{others[0] + 1}行的合并成一格，会连别人（别的户）的一起改；请在原表里拆开再改"
            )


def _content(kind: FieldType, old: str, new: str) -> NewContent | None:
    """What is to be written; None where it stands there already."""
    if same(kind, old, new):
        return None
    if new == BLANK:
        return NewContent("")
    value = kind.read(new) if old.endswith(_MIDNIGHT) else None
    if isinstance(value, date):  # a cell that holds a day goes on holding one
        return NewContent(new, str((value - _FIRST_DAY).days), value.isoformat())
    return NewContent(new, _number(kind, old, new))


def _number(kind: FieldType, old: str, new: str) -> str:
    """A figure as a cell keeps it; empty where it is to be a text, as a code is that a number would shorten."""
    figure = _FIGURE if kind.family == "number" else _SHOWN_AS_WRITTEN if _FIGURE.fullmatch(old) else None
    return new if figure and figure.fullmatch(new) and len(new) <= _LONGEST_NUMBER else ""


def _filled(found: FoundRow) -> Iterator[Cell]:
    """The cells of a row that hold anything, a formula that was never worked out among them."""
    grid, row = found.sheet.grid, found.row
    for at, column in enumerate(grid.columns):
        if column[row].as_py() is not None or (row, at) in grid.errors or (row, at) in grid.uncomputed:
            yield row, at


def _why_not_emptied(found: FoundRow) -> str:
    """Why a row can't be emptied without harm to others; empty where it can."""
    sheet, row = found.sheet, found.row
    for top, _, bottom, _ in sheet.grid.merged:
        if top <= row <= bottom and top != bottom:
            return f"第{row + 1}行在合并的单元格里，清空会带走别的行的内容；请在原表里删"
    after = row + 1
    if sheet.has("户编号") and after in sheet.years and after < sheet.grid.height:
        column = sheet.grid.columns[sheet.column("户编号")]
        if column[row].as_py() and not column[after].as_py():
            return f"第{after + 1}行没有写户编号，靠第{row + 1}行；请先补上再删"
    return ""


def with_places(planned: Planned, refused: dict[tuple[str, str, Cell], str]) -> Planned:
    """The line, refused where one of its cells can't be changed."""
    for change in planned.changes:
        if (reason := refused.get(change.place)) is not None:
            return replace(planned.refused(f"{change.told}：{reason}"))
    return planned
