"""Which places the rows of a sheet are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

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
        for source, place in np.argwhere(_met(table, session.place_numbers(title), len(session.places))):
            sheet = table.cells.sources[source]
            found[sheet.file, sheet.sheet].add(subjects.place(place))
    return {sheet: frozenset(places) for sheet, places in found.items()}


def _met(table: LedgerTable, places: np.ndarray, size: int) -> np.ndarray:
    """For each source of a ledger, which of the places have a row there."""
    met = np.zeros((len(table.cells.sources), size), dtype=bool)
    for rows, cells in _standing(table):
        met[table.cells.source[cells], places[rows]] = True
    met[:, 0] = False  # of no place
    return met


def _standing(table: LedgerTable) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows of a ledger, and where in the sheets their cells stand, one column after the other."""
    if not table.origins:
        every = np.arange(table.data.num_rows)
        yield every, every
    for at in table.origins.values():
        stands = at >= 0
        yield np.flatnonzero(stands), at[stands]
