"""Rows of two tables paired by key: each key once on either side, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints: TypeAlias = npt.NDArray[np.int64]
Keys: TypeAlias = tuple[Ints, Ints]
"""The keys of both sides as numbers, row by row: equal keys have equal numbers, -1 where one is blank."""

BLANK_KEY = -1
_LONGEST = 18  # digits any 64-bit number holds


@dataclass(frozen=True)
class RowPairing:
    """Which rows belong together; all are positions in ascending order, those of `right` beside those of `left`.

    Attributes:
        left, right: rows whose key occurs once on each side, pair by pair.
        only_left, only_right: rows whose key the other side lacks.
        repeated_left, repeated_right: rows whose key occurs more than once on their own or the other side.
        keyless_left, keyless_right: rows whose key is blank.
        twins: pairs of rows besides, whose keys are blank or repeated, but which are the same in every column; they
            are in none of the others.
    """

    left: Ints
    right: Ints
    only_left: Ints
    only_right: Ints
    repeated_left: Ints
    repeated_right: Ints
    keyless_left: Ints
    keyless_right: Ints
    twins: int = 0


def key_numbers(left: pa.Array, right: pa.Array) -> Keys:
    """The keys of one column of texts as numbers."""
    encoded = _quick(pa.chunked_array([left, right], pa.string())).dictionary_encode()
    numbers = encoded.combine_chunks().indices.fill_null(BLANK_KEY).to_numpy().astype(np.int64)
    return numbers[: len(left)], numbers[len(left) :]


def _quick(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Codes of digits, all of one length, as numbers: those are told apart in a third of the time."""
    lengths = pc.min_max(pc.binary_length(texts)).as_py()
    is_code = lengths["min"] == lengths["max"] and (lengths["max"] or _LONGEST + 1) <= _LONGEST
    return texts.cast(pa.int64()) if is_code and pc.all(pc.ascii_is_decimal(texts)).as_py() else texts


def combined(parts: Sequence[Keys]) -> Keys:
    """The keys of several columns as one; blank where any part is."""
    first, *others = parts
    height, both = len(first[0]), np.concatenate(first)
    for part in others:
        other = np.concatenate(part)
        blank = (both < 0) | (other < 0)
        # Numbered anew after each part, so that no product of their sizes can overflow.
        _, both = np.unique(both * (other.max(initial=0) + 1) + other, return_inverse=True)
        both[blank] = BLANK_KEY
    return both[:height], both[height:]


def pair(keys: Keys) -> RowPairing:
    """Pair the rows of equal keys."""
    left, right = keys
    size = int(max(left.max(initial=0), right.max(initial=0))) + 1
    on_left, on_right = (np.bincount(side[side >= 0], minlength=size) for side in keys)
    repeated = (on_left > 1) | (on_right > 1)
    paired = (on_left == 1) & (on_right == 1)
    row_on_right = np.full(size, -1, dtype=np.int64)
    row_on_right[right[right >= 0]] = np.flatnonzero(right >= 0)
    here = _rows(left, paired)
    return RowPairing(
        left=here,
        right=row_on_right[left[here]],
        only_left=_rows(left, ~repeated & (on_right == 0)),
        only_right=_rows(right, ~repeated & (on_left == 0)),
        repeated_left=_rows(left, repeated),
        repeated_right=_rows(right, repeated),
        keyless_left=np.flatnonzero(left < 0),
        keyless_right=np.flatnonzero(right < 0),
    )


def _rows(numbers: Ints, wanted: npt.NDArray[np.bool_]) -> Ints:
    """The rows whose key is one of the wanted; `wanted` is indexed by key."""
    rows: Ints = np.flatnonzero((numbers >= 0) & wanted[numbers])
    return rows


def without_twins(pairing: RowPairing, left: pa.Table, right: pa.Table) -> RowPairing:
    """The pairing without rows that no key tells apart, where the other side has the very same row."""
    waiting = [np.concatenate(rows) for rows in ((pairing.repeated_left, pairing.keyless_left),
                                                 (pairing.repeated_right, pairing.keyless_right))]  # fmt: skip
    if not all(map(len, waiting)):
        return pairing
    there: dict[tuple[object, ...], list[int]] = {}
    for row, said in _said(right, waiting[1]):
        there.setdefault(said, []).append(row)
    twins = [(row, same.pop()) for row, said in _said(left, waiting[0]) if (same := there.get(said))]
    here, other = ([pair[side] for pair in twins] for side in (0, 1))
    return replace(
        pairing,
        repeated_left=np.setdiff1d(pairing.repeated_left, here),
        repeated_right=np.setdiff1d(pairing.repeated_right, other),
        keyless_left=np.setdiff1d(pairing.keyless_left, here),
        keyless_right=np.setdiff1d(pairing.keyless_right, other),
        twins=len(twins),
    )


def _said(table: pa.Table, rows: Ints) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Rows with all they say."""
    columns = table.take(pa.array(rows)).to_pydict().values()
    yield from zip(rows.tolist(), zip(*columns, strict=True), strict=True)
