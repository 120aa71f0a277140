"""What the columns of any sheet are called: official field names where a ledger has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.recognising.header_rows import Header
from fupin_audit.workbook.recognising.header_text import keys, readings
from fupin_audit.workbook.recognising.matching import Match, header_index


@dataclass(frozen=True)
class TableColumn:
    """A column of a sheet.

    Attributes:
        header: its header's texts, top-down.
        place: counted from 0.
        field: the official name of what it holds; empty where no ledger has it.
        kind: the type that field has; None where unknown or not the same in all ledgers.
        more: further columns of the same field, where it holds several values.
    """

    header: tuple[str, ...]
    place: int
    field: str = ""
    kind: FieldType | None = None
    more: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The header as people are shown it."""
        return "›".join("".join(level.split()) for level in self.header)

    @property
    def letter(self) -> str:
        """Its letter in Excel."""
        return letter(self.place)


def table_columns(header: Header, matches: Sequence[Match]) -> tuple[TableColumn, ...]:
    """The columns of a sheet in their order; several that hold one field are one.

    Args:
        header: the sheet's header.
        matches: the ledgers it was recognised as, the main one first.
    """
    taken = {
        column.column: TableColumn(
            column.header, column.column, name, match.ledger.columns()[name].type, column.more
        )
        for match in reversed(matches)
        for name, column in match.columns.items()
    }
    joined = {place for column in taken.values() for place in column.more}
    return tuple(
        taken.get(cell.column) or _from_vocabulary(cell.column, cell.levels)
        for cell in header.cells
        if cell.column not in joined
    )


def _from_vocabulary(place: int, levels: tuple[str, ...]) -> TableColumn:
    """A column that the sheet's own ledgers don't have; another ledger may."""
    ways = (key for text in readings(levels) for key in keys(text))
    name, kind = next((_vocabulary()[key] for key in ways if key in _vocabulary()), ("", None))
    return TableColumn(levels, place, name, kind)


@cache
def _vocabulary() -> Mapping[str, tuple[str, FieldType | None]]:
    """Header key → the one field it names in all ledgers, and its type where that is the same in all."""
    fields: dict[str, dict[str, dict[str, FieldType]]] = {}
    for ledger in LEDGERS:
        for key, name in header_index(ledger).items():
            kind = ledger.columns()[name].type
            fields.setdefault(key, {}).setdefault(name, {})[kind.name] = kind
    return {
        key: (name, next(iter(kinds.values())) if len(kinds) == 1 else None)
        for key, names in fields.items()
        if len(names) == 1
        for name, kinds in names.items()
    }
