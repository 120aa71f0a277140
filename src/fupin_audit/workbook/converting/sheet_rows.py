"""From one sheet's cells to rows of the ledgers it feeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import Source
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.kinds import YEAR
from fupin_audit.workbook.converting.blanks_of_2021 import is_second_generation, with_blanks_meaning
from fupin_audit.workbook.converting.conversion import Bools, Cells, Ints
from fupin_audit.workbook.converting.data_rows import read_body
from fupin_audit.workbook.converting.fragments import Fragment, head_members
from fupin_audit.workbook.converting.typed_columns import SheetColumns
from fupin_audit.workbook.formats.grid import Grid, letter
from fupin_audit.workbook.recognising.header_rows import Header
from fupin_audit.workbook.recognising.header_text import keys
from fupin_audit.workbook.recognising.matching import FieldColumn, Match, SpreadColumn

YEAR_HEADERS = frozenset({"年度", "年份"})
_NO = pa.array(["否", "无", "0", "×", "未", "不", "-", "—", "/", "没有"])
_YES = pa.array(["是", "有", "1", "√", "✓", "已", "享受"])


@dataclass(frozen=True)
class Sheet:
    """A recognised sheet.

    Attributes:
        file: relative name of its file.
        grid: its cells.
        header: its header.
        matches: the ledgers it feeds, the main one first.
        year: the year its title or name states; None where there is none.
    """

    file: str
    grid: Grid
    header: Header
    matches: tuple[Match, ...]
    year: int | None = None

    @property
    def finest(self) -> Match:
        """The ledger every row is a row of: persons before years before households."""
        return max(self.matches, key=lambda match: (match.is_of_persons, len(match.ledger.key)))


@dataclass(frozen=True)
class SheetRows:
    """A sheet's rows.

    Attributes:
        fragments: one or more a ledger.
        rows: data rows read.
        notes: what was left out or assumed, in Chinese.
    """

    fragments: tuple[Fragment, ...]
    rows: int
    notes: tuple[str, ...]


def read_rows(sheet: Sheet) -> SheetRows:
    """Convert the rows of a sheet for each ledger it feeds."""
    year_column = _year_column(sheet.header)
    places = {place for match in sheet.matches for place in match.places}
    body = read_body(sheet.grid, sheet.header, places if year_column is None else places | {year_column})
    columns = SheetColumns(sheet.grid, body)
    stated = _stated_year(sheet) if year_column is None else None
    years = _years(columns, year_column, stated if sheet.finest.ledger.merge else None)
    fragments = tuple(_fragments(sheet, columns, years))
    notes = (*body.notes, f"没有年度列，按标题或文件名取{stated}年") if stated else body.notes
    return SheetRows(fragments, columns.height, notes)


def _year_column(header: Header) -> int | None:
    return next((cell.column for cell in header.cells if YEAR_HEADERS.intersection(keys(cell.lowest))), None)


def _years(columns: SheetColumns, place: int | None, stated: int | None) -> Ints:
    """The year each row speaks of, by its own column, else by the sheet's names; 0 where unknown."""
    if place is None:
        return np.full(columns.height, stated or 0, dtype=np.int64)
    years: Ints = columns.cells(FieldColumn("年度", place, ()), YEAR).values.fill_null(0).to_numpy()
    return years


def _stated_year(sheet: Sheet) -> int | None:
    """The year of all rows, where a ledger wants one or is merged year by year, and has no column for it."""
    wanted = any(
        match.ledger.merge or ("年度" in match.ledger.columns() and "年度" not in match.columns)
        for match in sheet.matches
    )
    return sheet.year if wanted else None


def _fragments(sheet: Sheet, columns: SheetColumns, years: Ints) -> Iterator[Fragment]:
    recent = is_second_generation(sheet.header, max(int(years.max(initial=0)), sheet.year or 0))
    main = _fragment(sheet, sheet.finest, columns, years)
    heads = _heads(main)
    told: set[int] = set()  # columns whose faults another ledger of the sheet has told
    for match in sheet.matches:
        read = main if match is sheet.finest else _fragment(sheet, match, columns, years)
        cells = with_blanks_meaning(match.ledger, read.cells) if recent else read.cells
        read = replace(read, cells=_told_once(cells, match, told), heads=heads)
        told |= match.places
        if match.spread:
            yield from _spread(match, columns, read)
        elif match is sheet.finest:
            yield read
        else:
            yield _selected(replace(read, repeated=True), sheet.matches)
            if members := head_members(replace(main, heads=heads), read):
                yield members


def _spread(match: Match, columns: SheetColumns, read: Fragment) -> Iterator[Fragment]:
    """One fragment a column that is named by a value: a row for each cell that says something."""
    for column in match.spread:
        texts = columns.body.columns[column.column]
        filled = pc.and_(pc.is_valid(texts), pc.invert(pc.is_in(texts, _NO)))
        rows = np.flatnonzero(pc.fill_null(filled, False).to_numpy(zero_copy_only=False))
        if len(rows):
            yield _named_by_value(match, column, columns, read).only(rows)


def _named_by_value(match: Match, column: SpreadColumn, columns: SheetColumns, read: Fragment) -> Fragment:
    """All rows, with what the column's name says and what its cells hold beyond yes."""
    said = {name: Cells(pa.repeat(pa.scalar(label), columns.height), None) for name, label in column.said}
    held = {name: _beyond_yes(match, name, column, columns) for name in _held(match) if name not in said}
    letters = {**read.source.letters, **dict.fromkeys((*said, *held), letter(column.column))}
    return replace(read, cells={**read.cells, **held, **said}, source=replace(read.source, letters=letters))


def _held(match: Match) -> Iterator[str]:
    if match.ledger.spread:
        yield match.ledger.spread.cell


def _beyond_yes(match: Match, name: str, column: SpreadColumn, columns: SheetColumns) -> Cells:
    """The column's cells as that field; a plain yes holds nothing."""
    texts = columns.body.columns[column.column]
    cells = columns.cells(FieldColumn(name, column.column, ()), match.ledger.columns()[name].type)
    return replace(cells, values=pc.if_else(pc.fill_null(pc.is_in(texts, _YES), False), None, cells.values))


def _fragment(sheet: Sheet, match: Match, columns: SheetColumns, years: Ints) -> Fragment:
    fields = match.ledger.columns()
    cells = {name: columns.kept(column, fields[name].type) for name, column in match.columns.items()}
    letters = {name: letter(column.column) for name, column in match.columns.items()}
    for name, other in _implied(match):
        cells[other], letters[other] = _mapped(cells[name], fields[name].type, other), letters[name]
    if "年度" in fields and "年度" not in cells and sheet.year is not None:
        cells["年度"] = Cells(pa.repeat(pa.scalar(sheet.year, pa.int64()), columns.height), None)
    source = Source(sheet.file, sheet.grid.sheet, letters)
    return Fragment(match.ledger, source, columns.body.rows + 1, cells, years)


def _implied(match: Match) -> Iterator[tuple[str, str]]:
    """Coded columns that say what a field without a column of its own is: 户类型 脱贫户 is 脱贫属性 已脱贫."""
    fields = match.ledger.columns()
    for name in match.columns:
        codes = fields[name].type.codes
        yield from (
            (name, other)
            for other in (codes.maps if codes else ())
            if other in fields and other not in match.columns
        )


def _mapped(cells: Cells, kind: FieldType, other: str) -> Cells:
    labels = kind.codes.maps[other] if kind.codes else {}
    values = pc.cast(cells.values, pa.string())
    at = pc.index_in(values, pa.array(list(labels), pa.string()))
    return Cells(pa.array(list(labels.values()), pa.string()).take(at), values)


def _heads(persons: Fragment) -> Bools | None:
    if "与户主关系" not in persons.cells:
        return None
    heads: Bools = (
        pc.equal(persons.cells["与户主关系"].values, "户主").fill_null(False).to_numpy(zero_copy_only=False)
    )
    return heads


def _told_once(cells: Mapping[str, Cells], match: Match, told: set[int]) -> dict[str, Cells]:
    """The cells, without the faults of columns that an earlier ledger of the sheet has told of."""
    known = {name for name, column in match.columns.items() if column.column in told}
    return {name: replace(column, faults=()) if name in known else column for name, column in cells.items()}


def _selected(fragment: Fragment, matches: Sequence[Match]) -> Fragment:
    """The rows that are in the ledger at all."""
    if not fragment.ledger.selective:
        return fragment
    shared = {name for match in matches if match.ledger is not fragment.ledger for name in match.columns}
    own = [cells.values for name, cells in fragment.cells.items() if name not in shared]
    said = [values.is_valid().to_numpy(zero_copy_only=False) for values in own]
    return fragment.only(np.flatnonzero(np.any(said, axis=0)))
