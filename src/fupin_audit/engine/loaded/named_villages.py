"""Villages where nobody delivered them: those the households name, of which nothing is known but where they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.engine.loaded.places import HOUSEHOLDS, PLACE_FIELDS
from fupin_audit.ledgers.models.villages import Village

_YEAR, _AT = "年度", "at"


def with_villages(delivery: Delivery, year: int) -> Delivery:
    """The delivery with a row a village and year, where households came and no ledger of villages did."""
    homes = delivery.tables.get(HOUSEHOLDS)
    if homes is None or Village.title in delivery.tables or not set(PLACE_FIELDS) <= set(homes.fields):
        return delivery
    return replace(delivery, tables={**delivery.tables, Village.title: _named(homes, year)})


def _named(homes: LedgerTable, year: int) -> LedgerTable:
    """The villages of the households; the cells of the first household of each say so."""
    places = homes.data.select(list(PLACE_FIELDS))
    numbered = places.append_column(_AT, pa.array(np.arange(places.num_rows)))
    found = numbered.group_by(list(PLACE_FIELDS)).aggregate([(_AT, "min")]).sort_by(f"{_AT}_min")
    found = found.filter(pc.is_valid(found.column("村")))
    first = found.column(f"{_AT}_min").to_numpy()
    data = {name: found.column(name) for name in PLACE_FIELDS}
    data[_YEAR] = pa.array(np.full(len(first), year, dtype=np.int64))
    origins = {name: homes.origins[name][first] if name in homes.origins else first for name in PLACE_FIELDS}
    origins[_YEAR] = np.full(len(first), -1, dtype=np.int32)
    return LedgerTable(Village, pa.table(data), homes.cells, origins, made=True)
