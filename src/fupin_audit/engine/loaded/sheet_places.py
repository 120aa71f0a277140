"""Which places the rows of a sheet are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from fupin_audit.delivery import LedgerTable
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.results.place import Place

SheetPlaces = Mapping[tuple[str, str], frozenset[Place]]


def sheet_places(session: Session, subjects: Subjects) -> SheetPlaces:
    """(file, sheet) → the places its rows are of; a row that is of no place counts for none."""
    found: dict[tuple[str, str], set[Place]] = defaultdict(set)
    for title, table in session.delivery.tables.items():
        places = session.place_numbers(title)
        for rows, cells in _standing(table):
            pairs = np.stack([table.cells.source[cells], places[rows]])
            for source, place in np.unique(pairs, axis=1).T.tolist():
                sheet = table.cells.sources[source]
                if place > 0:
                    found[sheet.file, sheet.sheet].add(subjects.place(place))
    return {sheet: frozenset(places) for sheet, places in found.items()}


def _standing(table: LedgerTable) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rows of a ledger, and where in the sheets their cells stand."""
    if not table.origins:
        every = np.arange(table.data.num_rows)
        return [(every, every)]
    return [(np.flatnonzero(at >= 0), at[at >= 0]) for at in table.origins.values()]
