"""Where the paired rows of two tables say different things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.comparing.pairing import Ints, RowPairing, combined, key_numbers, pair, without_twins

# Sums of decimals are not exact in binary: less than this is no difference.
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Compared:
    """A column to compare: its name in both tables, and how far numbers in it may lie apart."""

    name: str
    tolerance: float = 0.0


def compare_tables(
    left: pa.Table, right: pa.Table, keys: Sequence[str], columns: Sequence[Compared]
) -> tuple[RowPairing, dict[str, Ints]]:
    """Pair the rows of two tables and compare them column by column.

    Args:
        left: a table.
        right: a table with the same names and types of columns.
        keys: columns of text that identify a row.
        columns: what to compare.

    Returns:
        The pairing, and for each column the positions in it of the pairs that differ.
    """
    numbers = [key_numbers(_whole(left, name), _whole(right, name)) for name in keys]
    pairing = without_twins(pair(combined(numbers)), left, right)
    found = {
        column.name: differing(
            _whole(left, column.name), _whole(right, column.name), pairing, column.tolerance
        )
        for column in columns
    }
    return pairing, found


def differing(left: pa.Array, right: pa.Array, pairing: RowPairing, tolerance: float) -> Ints:
    """Positions in the pairing where two columns differ; a blank differs from every value, and from none."""
    here, there = _at(left, pairing.left), _at(right, pairing.right)
    unlike = _apart(here, there, tolerance) if _is_number(left) else pc.not_equal(here, there)
    if here.null_count or there.null_count:
        unlike = pc.coalesce(unlike, pc.xor(here.is_null(), there.is_null()))
    found: Ints = np.flatnonzero(unlike.to_numpy(zero_copy_only=False))
    return found


def _whole(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _at(column: pa.Array, rows: Ints) -> pa.Array:
    """The values of these rows; no copy where they are all rows in their order."""
    if len(rows) == len(column) and (np.diff(rows) == 1).all():
        return column
    return column.take(pa.array(rows))


def _is_number(column: pa.Array) -> bool:
    return bool(pa.types.is_integer(column.type) or pa.types.is_floating(column.type))


def _apart(left: pa.Array, right: pa.Array, tolerance: float) -> pa.Array:
    return pc.greater(pc.abs(pc.subtract(left, right)), tolerance + _SLACK)
