"""A column of a sheet: its header, where its values come from, how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from county.records.record import Record, Value
from county.sheets.forms import Cell, Form, plain, written

SheetRow: TypeAlias = Mapping[str, Record]  # ledger → record; the first is the row's own


# A counter; columns of other ledgers; columns that lists have and no rule needs (rules/known_headers.yaml).
_UNREPORTED = frozenset(
    {"序号", "年度", "搬迁方式", "安置方式", "是否会讲普通话", "是否国外务工", "产业分类", "是否接受大病医疗救助",
     "是否接受其他健康扶贫", "就业渠道", "残疾证办证年度", "与村主干路距离(公里)", "领取金额›家庭补差",
     "领取金额›残疾人救助", "保障人数›残疾人数"}
)  # fmt: skip
_SAYS_NOTHING = {None, "非在校生"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        header: as it is written; levels of a two-level header joined by `›`.
        source: `台账.字段`; empty for a column no ledger knows.
        form: how values are written.
        filler: what stands in a column without source.
        blank: how a missing value is written.
        unless: `台账.字段` whose being filled, in this row, leaves the column blank; what a row repeats stands.
        ledger, field: the two halves of `source`.
    """

    header: str
    source: str = ""
    form: Form = plain
    filler: Cell = None
    blank: Cell = None
    unless: str = ""
    ledger: str = field(init=False)
    field: str = field(init=False)

    def __post_init__(self) -> None:
        """Split the source once, for writing millions of cells."""
        ledger, _, name = self.source.partition(".")
        object.__setattr__(self, "ledger", ledger)
        object.__setattr__(self, "field", name)

    @property
    def unknown(self) -> bool:
        """Whether no ledger knows the column, so that an audit must say so."""
        return not self.source and self.header not in _UNREPORTED

    def value(self, row: SheetRow) -> Value:
        """What a row says in this column."""
        own = next(iter(row.values()))
        if own.repeats and self.source in own.repeats:
            return own.repeats[self.source]
        if self.unless and self._given(row):
            return None
        return row[self.ledger].values.get(self.field)

    def _given(self, row: SheetRow) -> bool:
        """Whether the column that this one makes way for says something."""
        ledger, _, name = self.unless.partition(".")
        return row[ledger].values.get(name) not in _SAYS_NOTHING

    def cell(self, row: SheetRow, order: int) -> Cell:
        """How a row, the sheet's `order`-th, writes it."""
        if not self.source:
            return order + 1 if self.header == "序号" else self.filler
        value = self.value(row)
        return self.blank if value is None else written(self.form, value, order)
