"""From one file to its sheets, each understood and converted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from fupin_audit.errors import InputError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import ledger
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.workbook.converting.by_ledger import by_ledger
from fupin_audit.workbook.converting.data_rows import data_rows
from fupin_audit.workbook.converting.filled_down import filled_down
from fupin_audit.workbook.converting.member_rows import without_uneven
from fupin_audit.workbook.converting.sheet_rows import SheetRows
from fupin_audit.workbook.files.discovery import InputFile
from fupin_audit.workbook.files.refusal import too_large_for_memory
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids
from fupin_audit.workbook.recognising.by_values import by_values
from fupin_audit.workbook.recognising.card_forms import REMARK, is_card
from fupin_audit.workbook.recognising.explained import columns_read, remarks, unknown_columns
from fupin_audit.workbook.recognising.matching import known_keys
from fupin_audit.workbook.recognising.member_groups import with_members
from fupin_audit.workbook.recognising.naming import sheet_names
from fupin_audit.workbook.recognising.recognition import Designation, Recognition, designate, recognise
from fupin_audit.workbook.recognising.roles import header_by_roles
from fupin_audit.workbook.recognising.same_header_twice import without_doubtful
from fupin_audit.workbook.recognising.tables import OwnTable, tables
from fupin_audit.writing.column_files import Keep

_EMPTY = "没有内容"


@dataclass(frozen=True)
class ReadSheet:
    """One sheet (or unreadable file) after reading.

    Attributes:
        described: how it was understood.
        parts: its rows, ledger by ledger.
        missing: (title, field) where it is plainly a ledger but lacks what that needs.
        given: (title, header) of the columns whose meaning the user has said.
        printed: its title or file says when it was printed or exported.
    """

    described: InputSheet
    parts: tuple[SheetRows, ...] = ()
    missing: tuple[str, str] | None = None
    given: frozenset[tuple[str, str]] = frozenset()
    printed: bool = False

    def kept(self, keep: Keep) -> ReadSheet:
        """The same sheet, its cells wherever they are kept."""
        written = {id(part.source.written): part.source.written for part in self.parts}
        beside = {at: replace(one, others=_kept(one.others, keep)) for at, one in written.items()}
        parts = (
            replace(part, source=replace(part.source, written=beside[id(part.source.written)]))
            for part in self.parts
        )
        return replace(self, parts=tuple(part.kept(keep) for part in parts))


def _kept(texts: Mapping[int, pa.Array], keep: Keep) -> Mapping[int, pa.Array]:
    return dict(zip(texts, keep(list(texts.values())), strict=True))


@dataclass(frozen=True)
class Opened:
    """One file's sheets, and what kept others from being read."""

    grids: tuple[Grid, ...]
    error: InputError | None = None


def open_file(file: InputFile, password: str | None, wait: Callable[[], None] = lambda: None) -> Opened:
    """Read a file's sheets into memory; an error comes with the sheets that could be read.

    Args:
        file: the file.
        password: opens it if it is encrypted.
        wait: called when it has been looked at, before any sheet is read.
    """
    if file.trouble:
        return Opened((), InputError(file.trouble))
    grids: list[Grid] = []
    try:
        with too_large_for_memory():
            coming = open_grids(file.path, password=password)
            wait()
            for grid in coming:
                grids.append(grid)  # those before a bad one are kept
    except InputError as error:
        return Opened(tuple(grids), error)
    return Opened(tuple(grids))


@dataclass(frozen=True)
class Reader:
    """Reads the sheets of opened files.

    Attributes:
        ledgers: the ledgers there are.
        designations: sheets whose ledger the user has named.
        by_printing: the day a sheet was printed on may tell its year, as nothing else does.
    """

    ledgers: tuple[type[Ledger], ...]
    designations: tuple[Designation, ...] = ()
    by_printing: bool = False

    def file(self, file: InputFile, opened: Opened) -> list[ReadSheet]:
        """All sheets of one file that hold anything; what can't be read is told with the others."""
        sheets = [sheet for grid in opened.grids for sheet in self.tables(file.name, grid)]
        if opened.error:
            sheets.append(ReadSheet(InputSheet(file.name, "", error=str(opened.error))))
        return self._visible_first(_with_content(sheets))

    def tables(self, file: str, grid: Grid) -> list[ReadSheet]:
        """The tables of one sheet, mostly one, as the ledgers they were recognised for or designated to be."""
        designated = self._designated(file, grid.sheet)
        if by_roles := self._by_roles(file, grid):
            return [self._table(file, by_roles, designated)]
        every = known_keys(self.ledgers)
        if not designated and is_card(grid, every):
            told = (*grid.caveats, REMARK)
            return [ReadSheet(InputSheet(file, grid.sheet, hidden=grid.hidden, caveats=told))]
        found = tables(grid, known_keys(designated), every) if designated else []
        # By columns of others, too: then it can be said what the ledger it is named lacks.
        found = found or tables(grid, every, every)
        if not found:
            described = InputSheet(file, grid.sheet, hidden=grid.hidden, caveats=grid.caveats)
            return [ReadSheet(replace(described, notes=(_without_header(grid),)))]
        first, *others = found
        read = [self._table(file, first, designated)]
        for number, table in enumerate(others, start=2):
            alone = replace(table, grid=replace(table.grid, caveats=()))
            # Of a table below, the user may not have spoken.
            other = self._table(file, alone, ())
            other = other if other.described.ledgers else self._table(file, alone, designated)
            told = (f"同一工作表里的第{number}张表", *other.described.notes)
            read.append(replace(other, described=replace(other.described, notes=told)))
        return read

    def _by_roles(self, file: str, grid: Grid) -> OwnTable | None:
        """The sheet as a table of the columns the user has told; None where there are none."""
        for item in self.designations:
            if item.roles and item.means(file, grid.sheet):
                header = header_by_roles(grid, item.roles, ledger(item.ledger, self.ledgers))
                return OwnTable(grid, header)
        return None

    def _table(self, file: str, table: OwnTable, designated: tuple[type[Ledger], ...]) -> ReadSheet:
        grid, header = table.grid, table.header
        names = sheet_names(file, grid.sheet, header, by_printing=self.by_printing)
        found = designate(header, names, designated) if designated else recognise(header, names, self.ledgers)
        found = replace(found, complete=self._complete(file, grid.sheet))
        described = InputSheet(
            file, grid.sheet, header_row=header.bottom + 1, candidates=found.candidates,
            hidden=grid.hidden, caveats=grid.caveats,
        )  # fmt: skip
        found, questions = without_doubtful(found, grid)
        described = replace(described, caveats=(*described.caveats, *questions))
        if not found.matches:
            return ReadSheet(described, missing=found.missing, printed=names.printed_year is not None)
        return self._rows(described, grid, with_members(by_values(found, grid)))

    def _rows(self, described: InputSheet, grid: Grid, found: Recognition) -> ReadSheet:
        rows, filled = filled_down(data_rows(grid, found.header, found.places), found)
        rows, uneven = without_uneven(rows, found)
        described = replace(
            described,
            caveats=(*described.caveats, *filter(None, (filled, uneven))),
            ledgers=found.titles,
            rows=rows.height,
            columns=columns_read(found),
            unrecognised=unknown_columns(found, self.ledgers),
            notes=(*rows.notes, *remarks(found, self.ledgers)),
        )
        parts, printed = tuple(by_ledger(described.file, rows, found)), found.names.printed_year is not None
        described = replace(described, notes=(*described.notes, *_told_of_some(parts, found)))
        return ReadSheet(described, parts, found.missing, found.given, printed)

    def _visible_first(self, sheets: Sequence[ReadSheet]) -> list[ReadSheet]:
        """Hidden sheets hold old data: not read where a visible sheet of the file is the same ledger."""
        visible = {
            title: sheet.described.sheet
            for sheet in sheets
            if not sheet.described.hidden
            for title in sheet.described.ledgers[:1]
        }
        return [
            sheet if self._is_wanted(sheet.described) else _left_aside(sheet, visible) for sheet in sheets
        ]

    def _is_wanted(self, sheet: InputSheet) -> bool:
        return not sheet.hidden or bool(self._designated(sheet.file, sheet.sheet))

    def _complete(self, file: str, sheet: str) -> bool:
        """Whether the user says that the list has everybody who should stand on it."""
        return any(item.complete for item in self.designations if item.means(file, sheet))

    def _designated(self, file: str, sheet: str) -> tuple[type[Ledger], ...]:
        titles = {item.ledger for item in self.designations if item.means(file, sheet)}
        return tuple(ledger for ledger in self.ledgers if ledger.title in titles)


def _told_of_some(parts: Sequence[SheetRows], found: Recognition) -> Iterator[str]:
    """Records of all whose rows here are those of some households."""
    for title, word in dict.fromkeys((part.ledger.title, part.source.partial) for part in parts):
        if word and not found.partial(title):
            yield f"每一行都是{word}的，看作不全的“{title}”：不在上面的户不作没有论"


def _without_header(grid: Grid) -> str:
    if all(column.null_count == len(column) for column in grid.columns):
        return _EMPTY
    return (
        "前15行里找不到认得出的表头；如果这是台账，请用 --as 指明，没有表头的另用 --columns 写明哪一列是什么"
    )


def _with_content(sheets: Sequence[ReadSheet]) -> list[ReadSheet]:
    """Without empty sheets (Sheet2, Sheet3), unless there is nothing else."""
    return [sheet for sheet in sheets if sheet.described.notes != (_EMPTY,)] or list(sheets)


def _left_aside(sheet: ReadSheet, visible: Mapping[str, str]) -> ReadSheet:
    twin = next((visible[title] for title in sheet.described.ledgers[:1] if title in visible), None)
    if twin is None:
        return sheet
    note = f"隐藏工作表，与工作表“{twin}”是同一本台账，未读入；要读入请取消隐藏或用 --as 指明"
    return ReadSheet(replace(sheet.described, rows=0, notes=(note,)))
