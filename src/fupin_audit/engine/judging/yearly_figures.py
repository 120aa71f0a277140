"""KEY-12 between two ledgers: what a household's record says beside its own account of the audit year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import LedgerTable
from fupin_audit.engine.judging.failures import CitedCell
from fupin_audit.engine.loaded.subjects import Cell

HOUSEHOLD, ACCOUNT = "户", "户年度"
_NUMBER, _YEAR = "户编号", "年度"
_FIGURES = ("家庭人口", "人均纯收入")
_ROUNDED = 1.0  # figures that differ by less are rounded in one place


def unlike_figures(tables: Mapping[str, LedgerTable], year: int) -> Iterator[tuple[CitedCell, CitedCell]]:
    """The cells of a household that its account of the year contradicts, each with the cell there.

    A household's sheet that speaks of another year is no record of this one.

    Args:
        tables: the ledgers.
        year: the audit year.
    """
    home, account = tables.get(HOUSEHOLD), tables.get(ACCOUNT)
    if home is None or account is None or not {_NUMBER, _YEAR}.issubset(account.fields):
        return
    rows = np.flatnonzero(_mask(pc.equal(account.data[_YEAR], year)))
    # Numbers that repeat are kept as a dictionary, which no values can be looked up in.
    keys = account.data[_NUMBER].take(pa.array(rows)).cast(pa.string()).combine_chunks()
    found = pc.index_in(home.data[_NUMBER], value_set=keys, skip_nulls=True)
    at = np.asarray(pc.fill_null(found, -1).to_numpy())
    for name in _FIGURES:
        if name in home.fields and name in account.fields:
            own = np.flatnonzero((at >= 0) & _speaks_of(home, name, year))
            yield from _unlike(home, own, account, rows[at[own]], name)


def _unlike(
    home: LedgerTable, own: np.ndarray, account: LedgerTable, other: np.ndarray, name: str
) -> Iterator[tuple[CitedCell, CitedCell]]:
    said, booked = (table.data[name].take(pa.array(rows)) for table, rows in ((home, own), (account, other)))
    apart = _mask(pc.greater_equal(pc.abs(pc.subtract(said, booked)), _ROUNDED))
    for row, there in zip(own[apart].tolist(), other[apart].tolist(), strict=True):
        yield (
            CitedCell(name, Cell(HOUSEHOLD, row, name), home.data[name][row].as_py()),
            CitedCell(name, Cell(ACCOUNT, there, name), account.data[name][there].as_py()),
        )


def _speaks_of(home: LedgerTable, name: str, year: int) -> np.ndarray:
    """Which rows' values are of the year, or of none that is stated."""
    years = home.years_of(name)
    return np.asarray((years == 0) | (years == year))


def _mask(array: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(pc.fill_null(array, False).to_numpy(zero_copy_only=False), dtype=bool)
