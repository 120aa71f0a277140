"""The values of a pair of columns as they are compared: typed, and what could not be read as the text it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.comparing.column_kinds import common_kind
from fupin_audit.comparing.column_pairs import Pair
from fupin_audit.engine.database.id_facts import facts
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.kinds import RESIDENT_ID, TEXT
from fupin_audit.ledgers.types.text import is_blank, tidy
from fupin_audit.workbook.any_tables import Table
from fupin_audit.workbook.recognising.any_table_columns import TableColumn


@dataclass(frozen=True)
class Values:
    """One side of a pair.

    Attributes:
        typed: values of the pair's type; null where blank or unreadable.
        unread: the tidied text of cells the type can't read, else null.
        texts: as they stand in the sheet.
    """

    typed: pa.Array
    unread: pa.Array
    texts: pa.Array

    @cached_property
    def keys(self) -> pa.Array:
        """The values as text, to pair rows by."""
        return pc.coalesce(self.typed.cast(pa.string()), self.unread)

    @property
    def parts(self) -> dict[str, pa.Array]:
        """What is compared."""
        return {"typed": self.typed, "unread": self.unread}

    @cached_property
    def blank(self) -> np.ndarray:
        """Where nothing is said."""
        return np.asarray(pc.is_null(self.keys).to_numpy(zero_copy_only=False))


@dataclass(frozen=True)
class ReadPair:
    """A pair of columns with its values.

    Attributes:
        columns: the columns.
        kind: what they are compared as.
        left: the values of one side.
        right: those of the other.
    """

    columns: Pair
    kind: FieldType
    left: Values
    right: Values

    @property
    def sides(self) -> tuple[Values, Values]:
        """Both sides."""
        return self.left, self.right

    @property
    def name(self) -> str:
        """The name of the pair."""
        return self.columns.name


def read_pair(pair: Pair, left: Table, right: Table) -> ReadPair:
    """Read both columns as what they have in common."""
    one, other = pair.left, pair.right
    sides = [left.texts(one, one.kind or TEXT), right.texts(other, other.kind or TEXT)]
    kind = common_kind((one.kind, other.kind), (one.cell.lowest, other.cell.lowest), sides)
    return ReadPair(pair, kind, _values(left, one, kind), _values(right, other, kind))


def _values(table: Table, column: TableColumn, kind: FieldType) -> Values:
    texts = table.texts(column, kind)
    typed = table.cells(column, kind).values
    if kind.name == RESIDENT_ID.name:
        # A person's old number of 15 digits is the same as the new one of 18.
        numbers = next(values for name, values in facts(column.field, typed) if name.endswith("键"))
        typed = pc.coalesce(numbers, typed)
    return Values(typed, _unread(typed, texts), texts)


def _unread(typed: pa.Array, texts: pa.Array) -> pa.Array:
    left = pc.and_(pc.is_null(typed), pc.is_valid(texts))
    encoded = pc.if_else(left, texts, None).dictionary_encode()
    said = [None if is_blank(text) else tidy(text) for text in encoded.dictionary.to_pylist()]
    return pa.array(said, pa.string()).take(encoded.indices)
