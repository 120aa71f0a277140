"""Arrow ledgers as pandas frames."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from fupin_audit.delivery import Delivery
from peers.columns import Frames

_NULLABLE = {pa.bool_(): pd.BooleanDtype(), pa.int64(): pd.Int64Dtype()}


def to_frames(delivery: Delivery) -> Frames:
    """Ledger title → its rows, in columns that can be blank; the index is the position."""
    return {
        title: table.data.to_pandas(types_mapper=_NULLABLE.get, date_as_object=False)
        for title, table in delivery.tables.items()
    }
