"""Which rows of other shards a shard sees: those that share a key with its own, and all that is theirs.

A row that shares a key with one that is judged comes with all that is theirs: everything that has the number of its
household or person, and so on. What the engine says of them then is what it says of the whole delivery. Where rules
go on from a row that another led to, rows that share a key with one of these come with all that is theirs, too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from fupin_audit.engine.linking.keyed_rows import CROWD
from fupin_audit.writing.column_files import Keep, in_memory, kept_numbers

Numbered: TypeAlias = tuple[np.ndarray, np.ndarray]
"""Rows, and the numbers of their keys."""

_PIECE = 1 << 20  # keys that are put in order at a time
_ASKED = 1 << 16  # positions that are asked about at a time


@dataclass(frozen=True)
class _Parts:
    """The rows of one group and one side, which stand together: where they begin, how many, of which group and side."""

    starts: np.ndarray
    counts: np.ndarray
    groups: np.ndarray
    sides: np.ndarray


@dataclass(frozen=True)
class SharedKeys:
    """Rows of the whole delivery and the numbers of their keys, ordered by key and side.

    Attributes:
        rows: position → row.
        sides: position → its side: the ledger whose row it is, and by what the key is made there.
        counts: group of equal keys → number of its rows.
        parts: the groups, side by side.
        own: side → whether the key there is that of the household or person the row is of.
        compared: side → whether rows are compared by it, as they are otherwise, that are not judged themselves.
        every: side and side → whether from the one all rows of the other are looked at, be they a crowd.
    """

    rows: np.ndarray
    sides: np.ndarray
    counts: np.ndarray
    parts: _Parts
    own: np.ndarray
    compared: np.ndarray
    every: np.ndarray

    @property
    def starts(self) -> np.ndarray:
        """Group → position of its first row."""
        return np.asarray(np.cumsum(self.counts) - self.counts)


def shared_keys(
    sides: Sequence[Numbered],
    own: Collection[int] = (),
    compared: Collection[int] = (),
    every: Collection[tuple[int, int]] = (),
    keep: Keep = in_memory,
) -> SharedKeys:
    """The keys that several rows have, those that rows have alone left out.

    Args:
        sides: of each its rows, and the numbers of their keys.
        own: those whose keys are of the household or person a row is of; equal keys are then the same one.
        compared: others by which rows are compared that are not judged themselves.
        every: from which side all rows of which are looked at, be they a crowd; where keys are somebody's, it is all.
        keep: where what is found is kept.
    """
    pieces = sum(len(rows) for rows, _ in sides) // _PIECE + 1
    found = zip(*(_in_order(sides, piece, pieces) for piece in range(pieces)), strict=True)
    rows, number, counts = (kept_numbers(keep, np.concatenate(parts)) for parts in found)
    looks = np.full((len(sides), len(sides)), bool(own))
    for one, other in every:
        looks[one, other] = True
    owned, compares = (np.isin(np.arange(len(sides)), list(some)) for some in (own, compared))
    return SharedKeys(rows, number, counts, _parts(number, counts, keep), owned, compares, looks)


def _in_order(sides: Sequence[Numbered], piece: int, pieces: int) -> tuple[np.ndarray, ...]:
    """Of one piece of the keys the rows that share one and their sides, by key and side; how many have each."""
    chosen = [keys % pieces == piece for _, keys in sides] if pieces > 1 else [slice(None)] * len(sides)
    rows, keys = (
        np.concatenate([side[own] for side, own in zip(parts, chosen, strict=True)])
        for parts in zip(*sides, strict=True)
    )
    sizes = [len(side[own]) for (side, _), own in zip(sides, chosen, strict=True)]
    number = np.repeat(np.arange(len(sides), dtype=np.int16), sizes)
    order = np.argsort(keys, kind="stable")  # within a key the sides keep their order
    counts = np.diff(np.flatnonzero(_begins(keys[order])), append=len(keys))
    order = order[np.repeat(counts > 1, counts)]
    return rows[order].astype(np.int32), number[order], counts[counts > 1].astype(np.int32)


def _parts(sides: np.ndarray, counts: np.ndarray, keep: Keep) -> _Parts:
    """The parts of groups whose rows are of these sides."""
    first = np.zeros(len(sides), dtype=bool)
    first[np.cumsum(counts) - counts] = True
    starts = np.flatnonzero(first | _begins(sides)).astype(np.int32)
    groups = np.cumsum(first[starts], dtype=np.int32) - np.int32(1)
    numbers = starts, np.diff(starts, append=np.int32(len(sides))), groups, sides[starts]
    return _Parts(*(kept_numbers(keep, found) for found in numbers))


@dataclass(frozen=True)
class Sight:
    """Finds what is seen from where.

    Attributes:
        shard_of: row → its shard.
        keys: the keys that go both ways.
    """

    shard_of: np.ndarray
    keys: Sequence[SharedKeys]

    def visitors(self) -> np.ndarray:
        """Shard and row of another one that it sees, as `pairs` has them."""
        seen = self._closed(self._own())
        compared = [self._met(keys, seen, keys.compared) for keys in self.keys]
        seen = self._closed(distinct(np.concatenate([seen, *compared])))
        return distinct(np.concatenate([seen, *map(self._crowds, self.keys)]))

    def pairs(self, shards: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Shard and row as one number."""
        return np.asarray(shards.astype(np.int64) * len(self.shard_of) + rows)

    def rows_of(self, pairs: np.ndarray, shard: int) -> np.ndarray:
        """The rows a shard sees, ascending."""
        low, high = np.searchsorted(pairs, [shard * len(self.shard_of), (shard + 1) * len(self.shard_of)])
        return np.asarray(pairs[low:high] - shard * len(self.shard_of))

    def _own(self) -> np.ndarray:
        """What shares a key with rows of a shard."""
        found = [np.zeros(0, dtype=np.int64)]
        for keys in self.keys:
            shards = self.shard_of[keys.rows]
            at = np.flatnonzero(np.repeat(_differs(shards, keys), keys.counts))
            found.append(self._members(keys, shards[at], at))
        return distinct(np.concatenate(found))

    def _closed(self, seen: np.ndarray) -> np.ndarray:
        """With everything that is of the same households and persons."""
        fresh = seen
        while len(fresh):
            met = [self._met(keys, fresh, keys.own) for keys in self.keys]
            fresh = distinct(np.concatenate([fresh[:0], *met]))
            fresh = fresh[~_among(fresh, seen)]
            seen = np.sort(np.concatenate([seen, fresh]))
        return seen

    def _met(self, keys: SharedKeys, seen: np.ndarray, sides: np.ndarray) -> np.ndarray:
        """What shares a key with what is seen, by the keys of some sides."""
        shards, rows = np.divmod(seen, len(self.shard_of))
        order = np.argsort(rows, kind="stable")
        rows, known = rows[order], np.zeros(len(self.shard_of), dtype=bool)
        known[rows] = True
        at = np.flatnonzero(known[keys.rows] & sides[keys.sides])
        first = np.searchsorted(rows, keys.rows[at])
        counts = np.searchsorted(rows, keys.rows[at], side="right") - first
        return self._members(keys, shards[order[_ranges(first, counts)]], np.repeat(at, counts))

    def _members(self, keys: SharedKeys, shards: np.ndarray, at: np.ndarray) -> np.ndarray:
        """What is looked at from these positions, which shards ask about, that is not of the shard that asks."""
        pieces = [slice(first, first + _ASKED) for first in range(0, max(len(at), 1), _ASKED)]
        return distinct(np.concatenate([self._looked_at(keys, shards[own], at[own]) for own in pieces]))

    def _looked_at(self, keys: SharedKeys, shards: np.ndarray, at: np.ndarray) -> np.ndarray:
        parts = keys.parts
        asking = np.searchsorted(parts.starts, at.astype(parts.starts.dtype), side="right") - 1
        shards, asking = _each_once(shards, asking, len(parts.starts))
        groups = parts.groups[asking]
        first, last = (
            np.searchsorted(parts.groups, groups),
            np.searchsorted(parts.groups, groups, side="right"),
        )
        part, asked = _ranges(first, last - first), np.repeat(np.arange(len(groups)), last - first)
        looks = keys.every[parts.sides[asking[asked]], parts.sides[part]]
        looked = np.flatnonzero(looks | (parts.counts[part] <= CROWD))
        shards, part = _each_once(shards[asked[looked]], part[looked], len(parts.starts))
        rows = keys.rows[_ranges(parts.starts[part].astype(np.int64), parts.counts[part])]
        shards = np.repeat(shards, parts.counts[part])
        others = self.shard_of[rows] != shards
        return distinct(self.pairs(shards[others], rows[others]))

    def _crowds(self, keys: SharedKeys) -> np.ndarray:
        """Of what too many share, enough for the engine to know them for a crowd."""
        parts, many = keys.parts, np.flatnonzero(keys.parts.counts > CROWD)
        if not len(many):
            return np.zeros(0, dtype=np.int64)
        shards, starts = self.shard_of[keys.rows], keys.starts
        many = many[_differs(shards, keys)[parts.groups[many]]]
        found = [np.zeros(0, dtype=np.int64)]
        for start, group in zip(parts.starts[many].tolist(), parts.groups[many].tolist(), strict=True):
            here = np.unique(shards[starts[group] : starts[group] + keys.counts[group]])
            rows = keys.rows[start : start + CROWD + 1]
            found += [
                self.pairs(np.full(len(rows), shard), rows)[self.shard_of[rows] != shard] for shard in here
            ]
        return distinct(np.concatenate(found))


def led_to(sight: Sight, left: Numbered, right: Numbered) -> np.ndarray:
    """What rows of other shards the left rows lead to by the name of a place; each side is rows and keys."""
    (rows, keys), (others, their_keys) = left, right
    shards, asked = _different(sight.shard_of[rows], keys)
    order = np.argsort(their_keys, kind="stable")
    ordered = their_keys[order]
    first = np.searchsorted(ordered, asked)
    counts = np.searchsorted(ordered, asked, side="right") - first
    found = others[order[_ranges(first, counts)]]
    shards = np.repeat(shards, counts)
    elsewhere = sight.shard_of[found] != shards
    return distinct(sight.pairs(shards[elsewhere], found[elsewhere]))


def _different(shards: np.ndarray, keys: np.ndarray) -> Numbered:
    """Each shard with each of its keys once."""
    order = np.lexsort((keys, shards))
    shards, keys = shards[order], keys[order]
    each = _begins(shards) | _begins(keys)
    return shards[each], keys[each]


def _differs(shards: np.ndarray, keys: SharedKeys) -> np.ndarray:
    """Which groups have rows of several shards."""
    if not len(keys.counts):
        return np.zeros(0, dtype=bool)
    least, most = (ends.reduceat(shards, keys.starts) for ends in (np.minimum, np.maximum))
    return np.asarray(least != most)


def _each_once(shards: np.ndarray, numbers: np.ndarray, end: int) -> Sequence[np.ndarray]:
    """Each shard with each of its numbers, which are below the end, once."""
    return np.divmod(distinct(shards.astype(np.int64) * end + numbers), max(end, 1))


def distinct(numbers: np.ndarray) -> np.ndarray:
    """The different ones, ascending; `np.unique` tells many whole numbers apart by a hash, which takes much longer."""
    ordered = np.sort(numbers)
    return np.asarray(ordered[_begins(ordered)])


def _among(numbers: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    """Which of the numbers are among others, of which there are some, in order."""
    at = np.searchsorted(ordered, numbers)
    return np.asarray(ordered[np.minimum(at, len(ordered) - 1)] == numbers)


def _begins(ordered: np.ndarray) -> np.ndarray:
    """Where another value begins."""
    begins = np.ones(len(ordered), dtype=bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    return begins


def _ranges(first: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The positions of several ranges, one after the other."""
    ends = np.cumsum(counts)
    return np.asarray(np.repeat(first - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0))
