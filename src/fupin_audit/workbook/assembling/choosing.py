"""Of rows that are one, whose value stands, and who disagrees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.assembling.grouping import Groups
from fupin_audit.workbook.converting.conversion import Bools, Ints


@dataclass(frozen=True)
class Choice:
    """Where the values of one field stand.

    Attributes:
        origin: group → position of the row whose value it takes; -1 where no row has one.
        dissenting: positions of rows that say something else, by group.
        dissenting_group: their groups.
    """

    origin: Ints
    dissenting: Ints
    dissenting_group: Ints


def choose(values: pa.Array, groups: Groups, taking_part: Bools, opposable: Bools) -> Choice:
    """For each group the best-ranked value; among equally good rows the most frequent, then the smallest.

    Args:
        values: by position.
        groups: the rows.
        taking_part: rows of `groups.order` that may give the value.
        opposable: those whose difference is a disagreement.
    """
    has_value = values.is_valid().to_numpy(zero_copy_only=False)[groups.order]
    rows = np.flatnonzero(has_value & taking_part)
    group, positions = groups.group[rows], groups.order[rows]
    origin = np.full(groups.count, -1, dtype=np.int64)
    if not len(rows):
        return Choice(origin, positions, group)
    first = np.concatenate(([True], group[1:] != group[:-1]))
    origin[group[first]] = positions[first]
    found = values if _ascending(positions, len(values)) else values.take(pa.array(positions))
    changes = pc.not_equal(found.slice(1), found.slice(0, len(found) - 1)).to_numpy(zero_copy_only=False)
    divided = np.unique(group[1:][changes & ~first[1:]])
    if not len(divided):
        return Choice(origin, positions[:0], group[:0])
    part = np.flatnonzero(np.isin(group, divided))
    codes = _sorted_codes(found.take(pa.array(part)))
    rank = groups.rank[rows][part]
    winners = _most_frequent(group[part], rank, codes)
    origin[group[part][winners]] = positions[part][winners]
    chosen = np.full(groups.count, -1, dtype=np.int64)
    chosen[group[part][winners]] = codes[winners]
    against = (codes != chosen[group[part]]) & opposable[rows][part]
    return Choice(origin, positions[part][against], group[part][against])


def _ascending(positions: Ints, height: int) -> bool:
    return len(positions) == height and bool((positions == np.arange(height)).all())


def _sorted_codes(values: pa.Array) -> Ints:
    """Numbers in the order of the values."""
    encoded = pc.dictionary_encode(values)
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    codes: Ints = place[encoded.indices.to_numpy()]
    return codes


def _most_frequent(group: Ints, rank: Ints, codes: Ints) -> Ints:
    """For each group the first row with the winning value of its best rank."""
    first = np.concatenate(([True], group[1:] != group[:-1]))
    best = rank == rank[first][np.cumsum(first) - 1]
    rows = np.flatnonzero(best)
    pairs, at, counts = np.unique(
        group[rows] * (codes.max() + 1) + codes[rows], return_index=True, return_counts=True
    )
    owner = pairs // (codes.max() + 1)
    order = np.lexsort((pairs, -counts, owner))
    leading = np.concatenate(([True], owner[order][1:] != owner[order][:-1]))
    return rows[at[order][leading]]
