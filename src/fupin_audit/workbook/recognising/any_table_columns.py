"""What the columns of any sheet are called: official field names where a ledger has them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.text import header_key
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.recognising.headers import HeaderCell
from fupin_audit.workbook.recognising.matching import meanings
from fupin_audit.workbook.recognising.recognition import Recognition


@dataclass(frozen=True)
class TableColumn:
    """A column of a sheet.

    Attributes:
        cell: its header.
        field: the official name of what it holds; empty where no ledger has it.
        kind: the type that field has; None where unknown or not the same in all ledgers.
        more: further columns of the same field, where it holds several values.
    """

    cell: HeaderCell
    field: str = ""
    kind: FieldType | None = None
    more: tuple[int, ...] = ()

    @property
    def place(self) -> int:
        """The column, counted from 0."""
        return self.cell.column

    @property
    def text(self) -> str:
        """The header as people are shown it."""
        return self.cell.text

    @property
    def letter(self) -> str:
        """Its letter in Excel."""
        return letter(self.place)


def table_columns(found: Recognition) -> tuple[TableColumn, ...]:
    """The columns of a sheet in their order; several that hold one field are one."""
    taken = {
        column.column: TableColumn(column.cell, name, match.ledger.columns()[name].type, column.more)
        for match in reversed(found.matches)
        for name, column in match.columns.items()
    }
    joined = {place for column in taken.values() for place in column.more}
    return tuple(
        taken.get(cell.column) or _from_vocabulary(cell)
        for cell in found.header.cells
        if cell.column not in joined
    )


def _from_vocabulary(cell: HeaderCell) -> TableColumn:
    """A column that the sheet's own ledgers don't have; another ledger may."""
    name, kind = next((_vocabulary()[key] for key in cell.keys if key in _vocabulary()), ("", None))
    return TableColumn(cell, name, kind)


@cache
def _vocabulary() -> Mapping[str, tuple[str, FieldType | None]]:
    """Header key → the field it names, and its type where that is the same in all ledgers.

    Where ledgers find several fields under a header, it names the one that is called so, if any.
    """
    return {key: (_named(key, fields), _kind(fields)) for key, fields in meanings().items()}


def _named(key: str, names: Collection[str]) -> str:
    """The only field, or the one of that name; empty where neither is."""
    return next((name for name in names if len(names) == 1 or header_key(name) == key), "")


def _kind(fields: Mapping[str, Collection[FieldType]]) -> FieldType | None:
    kinds = {kind.name: kind for found in fields.values() for kind in found}
    return next(iter(kinds.values())) if len(kinds) == 1 else None
