"""From one sheet's cells to rows of the ledgers it feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.codes import code_list
from fupin_audit.ledgers.delivery import Source
from fupin_audit.ledgers.fieldtypes import FieldType
from fupin_audit.ledgers.kinds import YEAR
from fupin_audit.workbook.body import Body, read_body
from fupin_audit.workbook.cells import Cells, Fault, Ints, annotate, convert
from fupin_audit.workbook.digits import lost_digits
from fupin_audit.workbook.fragments import Fragment, head_members
from fupin_audit.workbook.grid import Cell, Grid, letter
from fupin_audit.workbook.headers import Header
from fupin_audit.workbook.headertext import keys
from fupin_audit.workbook.matching import FieldColumn, Match

_YEAR_HEADERS = frozenset({"年度", "年份"})
_SECOND_GENERATION = 2021
# Columns only the exports of the second generation have.
_NEW_HEADERS = frozenset(
    {"人口编号", "失学或辍学原因", "公益性岗位(月数)", "就业渠道", "户联系电话", "监测对象类别", "监测对象类型",
     "是否会讲普通话"}
)  # fmt: skip
_ENOUGH = 2


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
    found = read_body(sheet.grid, sheet.header, places if year_column is None else places | {year_column})
    columns = SheetColumns(sheet.grid, found)
    years = _years(columns, year_column)
    return SheetRows(tuple(_fragments(sheet, columns, years)), len(found.rows), found.notes)


@dataclass(frozen=True)
class SheetColumns:
    """The columns of a sheet's data rows, each converted once for all ledgers.

    Attributes:
        grid: the sheet.
        body: its data rows.
    """

    grid: Grid
    body: Body
    _converted: dict[tuple[FieldColumn, FieldType], Cells] = field(default_factory=dict)

    def cells(self, column: FieldColumn, kind: FieldType) -> Cells:
        """A column read as one type, with its error cells and lost digits."""
        key = (replace(column, field=""), kind)
        if key not in self._converted:
            self._converted[key] = self._convert(column, kind)
        return self._converted[key]

    def _convert(self, column: FieldColumn, kind: FieldType) -> Cells:
        texts = self._texts(column)
        lost = lost_digits(texts, kind, self._rows(self.grid.long_numbers, column.column))
        errors = {row: self.grid.errors[place] for row, place in self._cells(self.grid.errors, column.column)}
        faults = [Fault("CEL-09", np.array([row]), f"单元格是错误值 {text}") for row, text in errors.items()]
        cells = convert(_without(texts, lost.texts), kind, column.factor)
        return annotate(cells, {**errors, **lost.texts}, [*faults, *lost.faults])

    def _texts(self, column: FieldColumn) -> pa.Array:
        texts = self.body.columns[column.column]
        if not column.more:
            return texts
        parts = [texts, *(self.body.columns[place] for place in column.more)]
        joined = pc.binary_join_element_wise(*parts, "、", null_handling="skip")
        return pc.if_else(pc.equal(joined, ""), None, joined)

    def _rows(self, cells: Iterable[Cell], place: int) -> list[int]:
        return [row for row, _ in self._cells(cells, place)]

    def _cells(self, cells: Iterable[Cell], place: int) -> Iterator[tuple[int, Cell]]:
        """Those of these cells that stand in a column's data rows, with their positions."""
        here = sorted(cell for cell in cells if cell[1] == place)
        at = np.searchsorted(self.body.rows, [row for row, _ in here])
        for row, cell in zip(at.tolist(), here, strict=True):
            if row < len(self.body.rows) and self.body.rows[row] == cell[0]:
                yield row, cell


def _without(texts: pa.Array, rows: Iterable[int]) -> pa.Array:
    left_out = sorted(rows)
    if not left_out:
        return texts
    mask = np.zeros(len(texts), dtype=bool)
    mask[left_out] = True
    return pc.if_else(pa.array(mask), None, texts)


def _year_column(header: Header) -> int | None:
    return next((cell.column for cell in header.cells if _YEAR_HEADERS.intersection(keys(cell.lowest))), None)


def _years(columns: SheetColumns, place: int | None) -> Ints:
    """The year each row speaks of, 0 where unknown."""
    if place is None:
        return np.zeros(len(columns.body.rows), dtype=np.int64)
    years: Ints = columns.cells(FieldColumn("年度", place, ()), YEAR).values.fill_null(0).to_numpy()
    return years


def _fragments(sheet: Sheet, columns: SheetColumns, years: Ints) -> Iterator[Fragment]:
    recent = _is_second_generation(sheet, years)
    told: set[int] = set()  # columns whose faults another ledger has
    grain = finest(sheet.matches)
    read: dict[str, Fragment] = {}
    for match in sheet.matches:
        fragment = _fragment(sheet, match, columns, years)
        fragment = replace(fragment, cells=_told_once(fragment, match, told))
        told |= match.places
        fragment = _with_blanks_meaning(fragment) if recent else fragment
        read[match.ledger.title] = replace(fragment, repeated=match.ledger is not grain)
    heads = read[grain.title].heads
    for fragment in read.values():
        yield replace(fragment, heads=heads)
        if fragment.repeated and (members := head_members(read[grain.title], fragment)):
            yield members


def finest(matches: Sequence[Match]) -> type[Ledger]:
    """The ledger that has a row of its own on every row of the sheet: persons before years before households."""
    return max(matches, key=lambda match: (_is_person(match), len(match.ledger.key))).ledger


def _is_person(match: Match) -> bool:
    return match.ledger.merge and {"姓名", "与户主关系"} <= set(match.columns)


def _fragment(sheet: Sheet, match: Match, columns: SheetColumns, years: Ints) -> Fragment:
    fields = match.ledger.columns()
    cells = {name: columns.cells(column, fields[name].type) for name, column in match.columns.items()}
    letters = {name: letter(column.column) for name, column in match.columns.items()}
    if "年度" in fields and "年度" not in cells and sheet.year is not None:
        cells["年度"] = Cells(pa.repeat(pa.scalar(sheet.year, pa.int64()), len(years)), None)
    heads = pc.equal(cells["与户主关系"].values, "户主").fill_null(False) if "与户主关系" in cells else None
    return Fragment(
        match.ledger,
        Source(sheet.file, sheet.grid.sheet, letters),
        columns.body.rows + 1,
        cells,
        years,
        None if heads is None else heads.to_numpy(zero_copy_only=False),
    )


def _told_once(fragment: Fragment, match: Match, told: set[int]) -> Mapping[str, Cells]:
    """The cells, without the faults of columns that an earlier ledger of the sheet has told of."""
    known = {name for name, column in match.columns.items() if column.column in told}
    return {
        name: replace(cells, faults=()) if name in known else cells for name, cells in fragment.cells.items()
    }


def _is_second_generation(sheet: Sheet, years: Ints) -> bool:
    headers = {key for cell in sheet.header.cells for key in keys(cell.lowest)}
    latest = max(int(years.max(initial=0)), sheet.year or 0)
    return latest >= _SECOND_GENERATION or len(headers & _NEW_HEADERS) >= _ENOUGH


def _with_blanks_meaning(fragment: Fragment) -> Fragment:
    """The rows with what a blank cell means since 2021 (在校生状况: 非在校生); the text stays blank."""
    columns = fragment.ledger.columns()
    meanings = {
        name: meaning
        for name in fragment.cells
        if (codes := columns[name].type.codes) and (meaning := code_list(codes).blank_since_2021)
    }
    return replace(fragment, cells={
        name: _meaning(cells, meanings[name]) if name in meanings else cells
        for name, cells in fragment.cells.items()
    })  # fmt: skip


def _meaning(cells: Cells, label: str) -> Cells:
    blank = cells.values.is_null().to_numpy(zero_copy_only=False)
    for fault in cells.faults:
        blank[fault.rows] &= fault.rule == "CEL-06"
    mask = pa.array(blank)
    texts = pa.nulls(len(blank), pa.string()) if cells.texts is None else cells.texts
    shown = pc.if_else(pc.and_(mask, texts.is_null()), "", texts)
    return Cells(pc.if_else(mask, label, cells.values), shown, cells.faults)
