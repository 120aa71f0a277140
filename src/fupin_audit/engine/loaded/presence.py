"""What was delivered where: ledgers, columns and years, county by county and town by town (D14).

A town lacks a ledger where no row of it lies there although the county's rows say which town they lie in. A
list whose rows mostly lie in no town, as they are of people nobody knows, is the county's. What lies in no
county is judged by what every county has delivered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import LedgerTable
from fupin_audit.engine.loaded.areas import Areas, Mask

_K = TypeVar("_K", bound=Hashable)
_YEAR = "年度"
# A list of persons may name somebody registered in another county: that alone is no delivery of that county.
_STRAY = 0.1
_PARTIAL = "“{}”名册不全（名称里有“{}”）"
_PLACES_THEM = ("县", "户编号")


@dataclass(frozen=True)
class Presence:
    """What was delivered where; what was delivered everywhere or nowhere has no entry.

    Attributes:
        areas: the areas of the run.
        ledgers: ledger → the areas that have it.
        fields: (ledger, field) → the areas whose sheets have the column.
        this_year: ledger → the areas that have rows of the audit year.
        partial: list → by county why its names say that it has not everybody; empty where some sheet of it may.
        complete: list → the counties of which the user says that it has everybody.
    """

    areas: Areas
    ledgers: Mapping[str, Mask] = field(default_factory=dict)
    fields: Mapping[tuple[str, str], Mask] = field(default_factory=dict)
    this_year: Mapping[str, Mask] = field(default_factory=dict)
    partial: Mapping[str, Sequence[str]] = field(default_factory=dict)
    complete: Mapping[str, Mask] = field(default_factory=dict)


def presence_of(
    tables: Mapping[str, LedgerTable], areas: Areas, places_of: Callable[[str], np.ndarray], year: int
) -> Presence:
    """What was delivered where.

    Args:
        tables: the ledgers.
        areas: the areas of the run.
        places_of: the places of a ledger's rows, by number.
        year: the audit year.
    """
    partial = {
        title: told for title, rows in tables.items() if any(told := _partial(areas, rows, places_of(title)))
    }
    complete = {title: _complete(areas, rows, places_of(title)) for title, rows in tables.items()}
    if len(areas.names) == 1:
        return Presence(areas, partial=partial, complete=complete)
    ledgers: dict[str, Mask] = {}
    fields: dict[tuple[str, str], Mask] = {}
    this_year: dict[str, Mask] = {}
    for title, rows in tables.items():
        if rows.data.num_rows:
            having = _having(areas, rows, places_of(title))
            ledgers[title] = having(_own(rows))
            fields |= {(title, name): having(_told(rows, name)) | ~ledgers[title] for name in _partly(rows)}
            if _YEAR in rows.fields:
                this_year[title] = having(_of_year(rows, year))
    return Presence(areas, _lacking(ledgers), _lacking(fields), _lacking(this_year), partial, complete)


def _partial(areas: Areas, rows: LedgerTable, places: np.ndarray) -> Sequence[str]:
    """By county the word that makes all sheets of a list with rows there partial ones; empty where one is not."""
    sources = rows.cells.sources
    words = np.array([source.partial for source in sources])
    if rows.origins or not any(source.partial for source in sources):
        return ()
    listing = _rows_of(areas, rows, places)
    return [
        _PARTIAL.format(rows.ledger.title, "、".join(sorted(set(words[sheets]))))
        if all(words[sheets])
        else ""
        for sheets in listing
    ]


def _complete(areas: Areas, rows: LedgerTable, places: np.ndarray) -> Mask:
    said = np.array([source.complete for source in rows.cells.sources])
    if rows.origins or not said.any():
        return np.zeros(len(areas.counties), dtype=bool)
    return np.array([said[sheets].any() for sheets in _rows_of(areas, rows, places)])


def _rows_of(areas: Areas, rows: LedgerTable, places: np.ndarray) -> Sequence[np.ndarray]:
    """By county the sheets that have rows there; all of them where none has."""
    counties = areas.county_of[areas.of_place[places]]
    found = [np.unique(rows.cells.source[counties == county]) for county in range(len(areas.counties))]
    return [sheets if len(sheets) else np.arange(len(rows.cells.sources)) for sheets in found]


def _own(rows: LedgerTable) -> Mask:
    """Which rows some sheet has that is no mere list of those of another ledger."""
    if not any(source.listed for source in rows.cells.sources):
        return np.ones(rows.data.num_rows, dtype=bool)
    own = np.array([not source.listed for source in rows.cells.sources])[rows.cells.source]
    if not rows.origins:
        return np.asarray(own)
    return np.asarray(np.any([(at >= 0) & own[at] for at in rows.origins.values()], axis=0))


def _lacking(found: Mapping[_K, Mask]) -> Mapping[_K, Mask]:
    return {name: areas for name, areas in found.items() if areas.any() and not areas.all()}


def _having(areas: Areas, rows: LedgerTable, places: np.ndarray) -> Callable[[Mask], Mask]:
    """From which rows have something to which areas do."""
    counted = areas.counted(places)
    all_of_it = areas.by_county(counted)
    placed = areas.by_county(counted * areas.towns)
    by_town = areas.spread(2 * placed >= all_of_it) & areas.towns
    strays = _strays(areas, rows, places)

    def has(chosen: Mask) -> Mask:
        found = areas.counted(places[chosen])
        counties = areas.spread((areas.by_county(found) > 0) & ~strays)
        return np.asarray(np.where(by_town, counties & (found > 0), counties))

    return has


def _strays(areas: Areas, rows: LedgerTable, places: np.ndarray) -> Mask:
    """The counties whose few rows of a list are of other counties' people, registered here."""
    if rows.origins or any(name in rows.fields for name in _PLACES_THEM):
        return np.zeros(len(areas.counties), dtype=bool)
    sheets = rows.cells.source
    counted = [areas.by_county(areas.counted(places[sheets == sheet])) for sheet in np.unique(sheets)]
    return np.asarray(~np.any([found > _STRAY * found.max() for found in counted], axis=0))


def _partly(rows: LedgerTable) -> Iterator[str]:
    """The fields that some sheets of a ledger have, and others have not."""
    for name in rows.fields:
        if name in rows.origins or not all(source.has(name) for source in rows.cells.sources):
            yield name


def _told(rows: LedgerTable, name: str) -> Mask:
    """Which rows' sheets have the column of a field, or say its value in a title."""
    return np.asarray(rows.has(name) | _mask(pc.is_valid(rows.data.column(name))))


def _of_year(rows: LedgerTable, year: int) -> Mask:
    years = rows.data.column(_YEAR)
    return _mask(pc.fill_null(pc.equal(years, year), True))


def _mask(array: pa.ChunkedArray) -> Mask:
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=bool)
