"""One sheet as a table of columns, whether it is a known ledger or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.errors import InputError, UsageError
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.workbook.converting.conversion import MIDNIGHT, Cells, Ints
from fupin_audit.workbook.converting.data_rows import DataRows, data_rows
from fupin_audit.workbook.converting.typed_columns import original_texts, typed
from fupin_audit.workbook.files.discovery import InputFile
from fupin_audit.workbook.formats.grid import Grid, letter
from fupin_audit.workbook.formats.references import column_index
from fupin_audit.workbook.reading import open_file
from fupin_audit.workbook.recognising.any_table_columns import TableColumn, table_columns
from fupin_audit.workbook.recognising.header_rows import find_header, plain_header
from fupin_audit.workbook.recognising.headers import Header
from fupin_audit.workbook.recognising.matching import FieldColumn, factor_of, known_keys
from fupin_audit.workbook.recognising.naming import sheet_names
from fupin_audit.workbook.recognising.recognition import Recognition, recognise

_HIDDEN, _NO_ROWS, _NO_HEADER = "隐藏的工作表", "只有表头，没有数据行", "前15行里找不到表头"


@dataclass(frozen=True)
class Table:
    """A sheet's data rows.

    Attributes:
        file: what the file is called.
        found: what the sheet was taken for.
        columns: in the order of the sheet.
        rows: the cells.
        notes: what was left out, in Chinese.
        headless: letters of the columns that hold something and have no header.
    """

    file: str
    found: Recognition
    columns: tuple[TableColumn, ...]
    rows: DataRows
    notes: tuple[str, ...]
    headless: tuple[str, ...] = ()

    @property
    def sheet(self) -> str:
        """The sheet's name; empty for CSV."""
        return self.rows.grid.sheet

    @property
    def ledgers(self) -> tuple[str, ...]:
        """Titles of the ledgers it was recognised as."""
        return self.found.titles

    @property
    def header_row(self) -> int:
        """The last row of the header, as Excel counts it."""
        return self.found.header.bottom + 1

    @property
    def height(self) -> int:
        """Number of data rows."""
        return self.rows.height

    @cached_property
    def excel_rows(self) -> Ints:
        """Position → row as Excel counts it."""
        return self.rows.excel_rows

    def texts_of(self, at: str) -> Sequence[str | None]:
        """What the data rows of a column say, by its letter, whether it has a header or not."""
        place = column_index(at)
        if place >= len(self.rows.grid.columns):
            return ()
        texts: Sequence[str | None] = self.rows.grid.columns[place].take(pa.array(self.rows.rows)).to_pylist()
        return texts

    def cells(self, column: TableColumn, kind: FieldType) -> Cells:
        """A column read as one type."""
        return typed(self.rows, self._placed(column, kind), kind)

    def texts(self, column: TableColumn, kind: FieldType) -> pa.Array:
        """The texts `cells` read, as they stand in the sheet; an error cell says its error."""
        return pc.replace_substring(original_texts(self.rows, self._placed(column, kind)), MIDNIGHT, "")

    def _placed(self, column: TableColumn, kind: FieldType) -> FieldColumn:
        factor = factor_of(column.cell, kind, self.found.header.unit)
        return FieldColumn(column.field, column.cell, factor, column.more if kind.many else ())


@dataclass(frozen=True)
class Aside:
    """A sheet that is no table to be compared: its file, its cells, and why, in Chinese."""

    file: str
    grid: Grid
    why: str


@dataclass(frozen=True)
class Tables:
    """The sheets of a file: those with a header and rows, the others, and what kept any from being read."""

    tables: Sequence[Table]
    aside: Sequence[Aside]
    error: InputError | None


def open_table(file: InputFile, sheet: str, password: str | None, like: str = "") -> Table:
    """Read one sheet of a file: the one of that name, else one called `like`, else the one with most rows.

    Raises:
        InputError: the file or the sheet can't be read, or has no header.
        UsageError: no such sheet.
    """
    opened = open_file(file, password)
    grids = [grid for grid in opened.grids if grid.height]
    named = [grid for grid in grids if grid.sheet == sheet or not sheet]
    if not named and (opened.error or not grids):
        raise opened.error or InputError(f"{file.name}里没有内容", "请核对是否导出完整")
    if not named:
        raise UsageError(
            f"{file.name}里没有工作表“{sheet}”，有的是：{'、'.join(grid.sheet for grid in grids)}"
        )
    tables = [table for grid in _visible(named) if (table := _table(file.name, grid))]
    if not tables:
        place = f"{file.name}{sheet and ' › ' + sheet}"
        raise InputError(f"{place}：{_NO_HEADER}", "请让表头各列有不同的名称，占一到三行，放在数据上面")
    chosen = max(tables, key=lambda table: (table.sheet == like, table.height))
    return _with_notes(chosen, grids, opened.error)


def open_tables(file: InputFile, password: str | None) -> Tables:
    """All sheets of a file that hold anything."""
    opened = open_file(file, password)
    grids = [grid for grid in opened.grids if grid.height]
    visible = {grid.sheet for grid in _visible(grids)}
    tables, aside = list[Table](), list[Aside]()
    for grid in grids:
        table = _table(file.name, grid) if grid.sheet in visible else None
        if table and table.height:
            tables.append(table)
        else:
            why = _HIDDEN if grid.sheet not in visible else _NO_ROWS if table else _NO_HEADER
            aside.append(Aside(file.name, grid, why))
    return Tables(tables, aside, opened.error)


def _visible(grids: Sequence[Grid]) -> Sequence[Grid]:
    """Hidden sheets hold old data: one is taken only where it is named or there is nothing else."""
    return [grid for grid in grids if not grid.hidden] or grids


def _table(file: str, grid: Grid) -> Table | None:
    header = find_header(grid, known_keys(LEDGERS)) or plain_header(grid)
    if header is None:
        return None
    found = recognise(header, sheet_names(file, grid.sheet, header), LEDGERS)
    rows = data_rows(grid, header, {cell.column for cell in header.cells})
    headless = tuple(_headless(grid, header))
    left_out = (f"{at}列没有表头，没有比较" for at in headless)
    notes = (*grid.caveats, *rows.notes, *left_out)
    return Table(file, found, table_columns(found), rows, notes, headless)


def _headless(grid: Grid, header: Header) -> Iterator[str]:
    headed = {cell.column for cell in header.cells}
    for place, column in enumerate(grid.columns):
        below = column.slice(header.bottom + 1)
        if place not in headed and below.null_count < len(below):
            yield letter(place)


def _with_notes(table: Table, grids: Sequence[Grid], error: InputError | None) -> Table:
    others = "、".join(grid.sheet for grid in grids if grid.sheet != table.sheet)
    notes = [*table.notes]
    if others:
        notes.append(f"这个文件还有工作表{others}；要比较它们，写成 {table.file}!工作表")
    if error:
        notes.append(str(error))
    return replace(table, notes=tuple(notes))
