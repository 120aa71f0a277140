"""What was delivered: typed ledger rows with the address and original text of every cell (D3).

The workbook room makes a Delivery, the engine judges it; neither knows the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.last_drop import read_as
from fupin_audit.masking import mask_text
from fupin_audit.results.input_sheet import InputSheet

# FieldType.sql → the Arrow type of a column of such values.
ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
    "BOOLEAN": pa.bool_(),
}

_NO_LAST_DROP = "没有给上期的数据，用 --against 指明"
_UNSURE = "未交付台账“{}”：交付了{}，没有认出，见 inspect"


class OtherCell(NamedTuple):
    """A cell of a sheet that is no cell of the ledger table.

    Attributes:
        source: number of its sheet.
        excel_row: its row.
        field: the field it is of.
        text: what it holds.
        letter: its column, where that is not the one the sheet has for the field.
    """

    source: int
    excel_row: int
    field: str
    text: str | None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class AsWritten:
    """What a sheet says in and beside the columns that are read, for those who look for a cell in it; unmasked.

    Attributes:
        headings: column counted from 0 → its header as it is written, empty where it has none.
        others: column that no ledger takes → its texts below the header.
        first: the row they begin with, counted from 0.
    """

    headings: Mapping[int, str]
    others: Mapping[int, pa.Array]
    first: int

    def text(self, column: int, excel_row: int) -> str | None:
        """What a column that no ledger takes says in a row; None for nothing."""
        at, texts = excel_row - 1 - self.first, self.others[column]
        return texts[at].as_py() if 0 <= at < len(texts) else None


NOTHING_WRITTEN = AsWritten({}, {}, 0)


@dataclass(frozen=True, slots=True)
class Source:
    """One sheet that fed a ledger.

    Attributes:
        file: path relative to the input folder, with `/`.
        sheet: sheet name as Excel shows it; empty for CSV.
        letters: field → Excel column letter; of a field that has several columns, the first.
        implied: fields that have no column of their own, but follow from what another column says.
        partial: the word of its names by which it lists only some of those it is about; empty for none.
        complete: the user says that it lists all of them.
        listed: its rows only say who stands on a list of another ledger: no delivery of this one.
        written: the wording of its columns, and what stands beside them.
    """

    file: str
    sheet: str
    letters: Mapping[str, str]
    implied: frozenset[str] = frozenset()
    partial: str = ""
    complete: bool = False
    listed: bool = False
    written: AsWritten = field(default=NOTHING_WRITTEN, compare=False, repr=False)

    @property
    def place(self) -> str:
        """The sheet as people are told of it."""
        return " › ".join(filter(None, (self.file, self.sheet)))

    def has(self, name: str) -> bool:
        """Whether the sheet has a column of this field."""
        return name in self.letters and name not in self.implied

    def masked(self) -> Source:
        """The sheet under names that may be shown (D10)."""
        return replace(self, file=mask_text(self.file), sheet=mask_text(self.sheet))


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell or column that conversion could not take as it stands.

    Attributes:
        rule: CEL-01, CEL-04, CEL-06, CEL-09, CEL-12, KEY-12 or ID-03.
        row: row of the ledger table (position, from 0).
        field: the field.
        message: what is wrong, in Chinese, without personal data.
        hint: the nearest right value, or an empty text.
        others: further cells that belong to it.
        cell: the cell itself, where it is not the field's own of that row: one of several columns of the field.
    """

    rule: str
    row: int
    field: str
    message: str
    hint: str = ""
    others: tuple[OtherCell, ...] = ()
    cell: OtherCell | None = None


@dataclass(frozen=True)
class CellRows:
    """Rows as they stand in the sheets: position → address and original text.

    Attributes:
        sources: the sheets.
        source: int16, position → index into `sources`.
        excel_row: int32, position → row as Excel counts it.
        texts: field → string array of original texts, null where the text is the shown value itself.
        years: int16, position → the year the row speaks of, 0 where unknown; empty where none does.
    """

    sources: tuple[Source, ...]
    source: np.ndarray
    excel_row: np.ndarray
    texts: Mapping[str, pa.Array]
    years: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int16))


@dataclass(frozen=True)
class LedgerTable:
    """One ledger, assembled from all its sheets.

    Attributes:
        ledger: the model.
        data: the typed columns that were delivered, in the model's order, named by field; a cell that
            could not be read is null. Arrow types follow FieldType.sql: VARCHAR string, or a dictionary of
            strings where texts repeat, BIGINT int64, DOUBLE float64, DATE date32, BOOLEAN bool.
        cells: addresses and texts. Without `origins`, position i of `data` is position i of `cells`.
        origins: for a ledger assembled from repeated rows (户): field → int32 array, position in `data` →
            position in `cells` where the value stands (-1 where no sheet has it).
        problems: what conversion found.
        made: nobody delivered it; it was worked out from another ledger.
    """

    ledger: type[Ledger]
    data: pa.Table
    cells: CellRows
    origins: Mapping[str, np.ndarray] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    made: bool = False

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Fields that were delivered."""
        return tuple(self.data.column_names)

    def has(self, name: str) -> np.ndarray:
        """Position in `data` → a sheet of the row has the column of this field."""
        if name in self.origins:
            return np.asarray(self.origins[name] >= 0)
        has = np.array([source.has(name) for source in self.cells.sources], dtype=bool)
        return np.asarray(has[self.cells.source])

    def stands(self, row: int, name: str) -> bool:
        """Whether a sheet of the row has the column of this field."""
        if name in self.origins:
            return bool(self.origins[name][row] >= 0)
        return self.cells.sources[int(self.cells.source[row])].has(name)

    def years_of(self, name: str) -> np.ndarray:
        """Position in `data` → the year that the row speaks of in which the value of this field stands, 0 where unknown."""
        at = self.origins.get(name, np.arange(self.data.num_rows))
        return self.cells.years[at] if len(self.cells.years) else np.zeros(len(at), dtype=np.int16)

    def address(self, row: int, name: str) -> tuple[Source, int, str | None]:
        """Where the value of field `name` in row `row` stands: its sheet, Excel row and original text.

        The text is None where it is the value as `FieldType.show` writes it. For a field no sheet has,
        the row's own address is given.
        """
        at = int(self.origins[name][row]) if name in self.origins else row
        if at < 0:
            at = next((int(o[row]) for o in self.origins.values() if o[row] >= 0), 0)
        texts = self.cells.texts.get(name)
        text = texts[at].as_py() if texts is not None else None
        return self.cells.sources[int(self.cells.source[at])], int(self.cells.excel_row[at]), text


@dataclass(frozen=True)
class Delivery:
    """All that was read: ledger tables by title, and how every sheet was understood.

    Attributes:
        tables: ledger title → table; only ledgers that were delivered (a recognised sheet without rows
            is delivered, and empty).
        inputs: one entry a sheet, or unreadable file, in path order.
        missing_columns: sheets recognised as a ledger but lacking a column it cannot be used without:
            (index into inputs, ledger title, field). Their rows are in no table.
        export_years: year → rows of person exports that name it in a 年度 column, which is no field of 人口.
        given_headers: (ledger title, header) of the columns that were read as the user has said.
        not_read: names of the files in the folders that are no spreadsheets.
        against: what the last drop is called, where there is one.
    """

    tables: Mapping[str, LedgerTable]
    inputs: tuple[InputSheet, ...]
    missing_columns: tuple[tuple[int, str, str], ...] = ()
    export_years: Mapping[int, int] = field(default_factory=dict)
    given_headers: frozenset[tuple[str, str]] = frozenset()
    not_read: tuple[str, ...] = ()
    against: str = ""

    def absent(self, title: str) -> str:
        """Why a ledger is not there: nobody delivered it, or it may lie in a sheet that was not recognised."""
        if last := read_as(title):
            return f"上期（{self.against}）没有台账“{last}”" if self.against else _NO_LAST_DROP
        waiting = self._doubtful.get(title)
        return _UNSURE.format(title, "、".join(waiting)) if waiting else f"未交付台账“{title}”"

    @cached_property
    def _doubtful(self) -> Mapping[str, list[str]]:
        """Ledger → sheets that may be of it and were not recognised."""
        found: dict[str, list[str]] = {}
        for sheet in self.inputs:
            found.setdefault(sheet.likeness, []).append(sheet.place)
        return found

    def masked(self) -> Delivery:
        """The same rows under names of files, folders and sheets that may be shown (D10)."""
        return replace(
            self,
            tables={title: _under_masked_names(table) for title, table in self.tables.items()},
            inputs=tuple(sheet.masked() for sheet in self.inputs),
            not_read=tuple(map(mask_text, self.not_read)),
            against=mask_text(self.against),
        )

    @cached_property
    def household_years(self) -> Mapping[int, int]:
        """Year → households that carry it in 户年度, else rows of the person exports that name it."""
        yearly = self.tables.get("户年度")
        if yearly is None or not yearly.data.num_rows:
            return self.export_years
        pairs = yearly.data.select(["户编号", "年度"]).group_by(["户编号", "年度"]).aggregate([])
        counts = pairs.column("年度").drop_null().value_counts()
        return {item["values"]: item["counts"] for item in counts.to_pylist()}

    @cached_property
    def latest_date(self) -> date | None:
        """The latest date any row speaks of, deadlines only where there is nothing else; None where there is none."""
        return self._latest(deadlines=False) or self._latest(deadlines=True)

    def _latest(self, *, deadlines: bool) -> date | None:
        columns = (
            table.data.column(name)
            for table in self.tables.values()
            for name in table.fields
            if pa.types.is_date(table.data.column(name).type)
            and (deadlines or not table.ledger.columns()[name].future)
        )
        return max((value for column in columns if (value := pc.max(column).as_py())), default=None)


def _under_masked_names(table: LedgerTable) -> LedgerTable:
    sources = tuple(source.masked() for source in table.cells.sources)
    return replace(table, cells=replace(table.cells, sources=sources))
