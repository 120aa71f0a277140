"""Which rows of other shards a shard sees: those that share a key with its own, and all that is theirs.

A row that shares the number of a household or person with another comes with everything that has that number, and so
on: what the engine says of them then is what it says of the whole delivery. Rows that share a weaker key with a row
that is judged, or with one that came by its number, come with all that is theirs, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

# Rows that share a key and still mean it; of more, so many are seen that the engine knows them for a crowd.
_CROWD = 1000


@dataclass(frozen=True)
class SharedKeys:
    """Rows of the whole delivery and the numbers of their keys, ordered by key.

    Attributes:
        rows: position → row.
        starts, counts: group of equal keys → position of its first row, number of its rows.
        strong: equal keys are the same household or person.
    """

    rows: np.ndarray
    starts: np.ndarray
    counts: np.ndarray
    strong: bool

    @property
    def group(self) -> np.ndarray:
        """Position → its group."""
        return np.repeat(np.arange(len(self.counts)), self.counts)


def shared_keys(rows: np.ndarray, keys: np.ndarray, *, strong: bool) -> SharedKeys:
    """The keys that several rows have, those that rows have alone left out."""
    order = np.argsort(keys, kind="stable")
    found, starts, counts = np.unique(keys[order], return_index=True, return_counts=True)
    several = np.repeat(counts > 1, counts)
    counts = counts[counts > 1]
    del found, starts
    return SharedKeys(rows[order][several], np.cumsum(counts) - counts, counts, strong)


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
        own = self._own()
        seen = self._closed(own)
        by_weak = [self._met(keys, seen) for keys in self.keys if not keys.strong]
        seen = self._closed(np.unique(np.concatenate([seen, *by_weak])))
        return np.unique(np.concatenate([seen, *map(self._crowds, self.keys)]))

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
            crossing = _differs(shards, keys) & (keys.counts <= _CROWD)
            at = np.flatnonzero(crossing[keys.group])
            found.append(self._members(keys, shards[at], keys.group[at]))
        return np.unique(np.concatenate(found))

    def _closed(self, seen: np.ndarray) -> np.ndarray:
        """With everything that is of the same households and persons."""
        fresh = seen
        while len(fresh):
            met = [self._met(keys, fresh) for keys in self.keys if keys.strong]
            fresh = np.setdiff1d(np.concatenate([fresh[:0], *met]), seen)
            seen = np.union1d(seen, fresh)
        return seen

    def _met(self, keys: SharedKeys, seen: np.ndarray) -> np.ndarray:
        """What shares a key with what is seen."""
        shards, rows = np.divmod(seen, len(self.shard_of))
        order = np.argsort(keys.rows, kind="stable")
        ordered = keys.rows[order]
        first, last = np.searchsorted(ordered, rows), np.searchsorted(ordered, rows, side="right")
        at = order[_ranges(first, last - first)]
        shards, groups = np.repeat(shards, last - first), keys.group[at]
        few = keys.counts[groups] <= _CROWD
        return self._members(keys, shards[few], groups[few])

    def _members(self, keys: SharedKeys, shards: np.ndarray, groups: np.ndarray) -> np.ndarray:
        """All of the groups that is not of the shard that asks."""
        asked = np.unique(np.stack([shards.astype(np.int64), groups.astype(np.int64)], axis=1), axis=0)
        shards, groups = asked[:, 0], asked[:, 1]
        rows = keys.rows[_ranges(keys.starts[groups], keys.counts[groups])]
        shards = np.repeat(shards, keys.counts[groups])
        others = self.shard_of[rows] != shards
        return np.unique(self.pairs(shards[others], rows[others]))

    def _crowds(self, keys: SharedKeys) -> np.ndarray:
        """Of what too many share, enough for the engine to know them for a crowd."""
        shards, group = self.shard_of[keys.rows], keys.group
        many = np.flatnonzero(_differs(shards, keys) & (keys.counts > _CROWD))
        found = [np.zeros(0, dtype=np.int64)]
        for number in many.tolist():
            here = np.unique(shards[group == number])
            rows = keys.rows[keys.starts[number] : keys.starts[number] + keys.counts[number]][: _CROWD + 1]
            found += [
                self.pairs(np.full(len(rows), shard), rows)[self.shard_of[rows] != shard] for shard in here
            ]
        return np.unique(np.concatenate(found))


def led_to(sight: Sight, left: Iterable[np.ndarray], right: Iterable[np.ndarray]) -> np.ndarray:
    """What rows of other shards the left rows lead to by the name of a place; each side is rows and keys."""
    (rows, keys), (others, their_keys) = left, right
    asked = np.unique(np.stack([sight.shard_of[rows].astype(np.uint64), keys], axis=1), axis=0)
    order = np.argsort(their_keys, kind="stable")
    ordered = their_keys[order]
    first = np.searchsorted(ordered, asked[:, 1])
    counts = np.searchsorted(ordered, asked[:, 1], side="right") - first
    found = others[order[_ranges(first, counts)]]
    shards = np.repeat(asked[:, 0].astype(np.int64), counts)
    elsewhere = sight.shard_of[found] != shards
    return np.unique(sight.pairs(shards[elsewhere], found[elsewhere]))


def _differs(shards: np.ndarray, keys: SharedKeys) -> np.ndarray:
    """Which groups have rows of several shards."""
    if not len(keys.counts):
        return np.zeros(0, dtype=bool)
    least, most = (ends.reduceat(shards, keys.starts) for ends in (np.minimum, np.maximum))
    return np.asarray(least != most)


def _ranges(first: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The positions of several ranges, one after the other."""
    ends = np.cumsum(counts)
    return np.asarray(np.repeat(first - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0))
