"""One shard of a delivery: the rows it has and sees, at their positions there, with their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from fupin_audit.cluster.whole import Whole
from fupin_audit.delivery import CellRows, Delivery, LedgerTable
from fupin_audit.engine.loaded.places import HOUSEHOLDS, PERSONS

_OWNERS = {"_household": HOUSEHOLDS, "_person": PERSONS}


@dataclass(frozen=True)
class ShardRows:
    """A shard as a delivery of its own; `placed` has the digests of its rows, and whose they are."""

    delivery: Delivery
    placed: Mapping[str, pa.Table]


def cut(whole: Whole, shard: int) -> ShardRows:
    """The rows a shard has and sees."""
    delivery = whole.session.delivery
    rows = {title: whole.rows(shard, title) for title in delivery.tables}
    tables = {title: _table(table, rows[title]) for title, table in delivery.tables.items()}
    placed = {title: _placed(whole.placed[title], rows, title) for title in delivery.tables}
    return ShardRows(replace(delivery, tables=tables), placed)


def _table(table: LedgerTable, rows: np.ndarray) -> LedgerTable:
    """Some rows of a ledger; what reading found of them is told of the whole."""
    data = table.data.take(pa.array(rows)).combine_chunks()
    if table.origins:
        origins = {name: at[rows] for name, at in table.origins.items()}
        return replace(table, data=data, origins=origins, problems=())
    return replace(table, data=data, cells=_cells(table.cells, rows), problems=())


def _cells(cells: CellRows, rows: np.ndarray) -> CellRows:
    at = pa.array(rows)
    return CellRows(
        cells.sources,
        cells.source[rows],
        cells.excel_row[rows],
        {name: texts.take(at) for name, texts in cells.texts.items()},
        cells.years[rows] if len(cells.years) else cells.years,
    )


def _placed(placed: pa.Table, rows: Mapping[str, np.ndarray], title: str) -> pa.Table:
    """The digests of the rows and whose they are, households and persons by their positions in the shard."""
    found = placed.take(pa.array(rows[title])).combine_chunks()
    for name, owner in _OWNERS.items():
        at = found.schema.get_field_index(name)
        found = found.set_column(at, name, _moved(found.column(at), rows.get(owner)))
    return found


def _moved(owners: pa.ChunkedArray, there: np.ndarray | None) -> pa.Array:
    """Positions in the whole as positions in the shard; null for who is unknown or not seen."""
    numbers = owners.fill_null(-1).to_numpy()
    if there is None or not len(there):
        return pa.nulls(len(numbers), pa.int32())
    at = np.minimum(np.searchsorted(there, numbers), len(there) - 1)
    return pa.array(at.astype(np.int32), mask=there[at] != numbers)
