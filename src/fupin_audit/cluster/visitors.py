"""Which rows of other shards a shard sees: those that share a key with its own, and all that is theirs.

A row that shares the number of a household or person with another comes with everything that has that number, and so
on: what the engine says of them then is what it says of the whole delivery. Rows that share a weaker key with a row
that is judged, or with one that came by its number, come with all that is theirs, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fupin_audit.engine.linking.keyed_rows import CROWD


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
        strong: equal keys are the same household or person.
        every: side and side → whether from the one all rows of the other are looked at, be they a crowd.
    """

    rows: np.ndarray
    sides: np.ndarray
    counts: np.ndarray
    strong: bool
    every: np.ndarray

    @property
    def starts(self) -> np.ndarray:
        """Group → position of its first row."""
        return np.asarray(np.cumsum(self.counts) - self.counts)

    @property
    def group(self) -> np.ndarray:
        """Position → its group."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    @cached_property
    def parts(self) -> _Parts:
        """The groups, side by side."""
        group = self.group
        begins = np.ones(len(group), dtype=bool)
        begins[1:] = (np.diff(group) != 0) | (np.diff(self.sides) != 0)
        starts = np.flatnonzero(begins)
        return _Parts(starts, np.diff(starts, append=len(group)), group[starts], self.sides[starts])


def shared_keys(
    sides: Sequence[tuple[np.ndarray, np.ndarray]], *, strong: bool, every: Collection[tuple[int, int]] = ()
) -> SharedKeys:
    """The keys that several rows have, those that rows have alone left out.

    Args:
        sides: of each its rows, and the numbers of their keys.
        strong: equal keys are the same household or person.
        every: from which side all rows of which are looked at, be they a crowd.
    """
    rows, keys = (np.concatenate(parts) for parts in zip(*sides, strict=True))
    number = np.repeat(np.arange(len(sides), dtype=np.int16), [len(own) for own, _ in sides])
    order = np.argsort(keys, kind="stable")  # within a key the sides keep their order
    counts = np.unique(keys[order], return_counts=True)[1]
    several = np.repeat(counts > 1, counts)
    looks = np.full((len(sides), len(sides)), strong)
    for one, other in every:
        looks[one, other] = True
    return SharedKeys(rows[order][several], number[order][several], counts[counts > 1], strong, looks)


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
            at = np.flatnonzero(_differs(shards, keys)[keys.group])
            found.append(self._members(keys, shards[at], at))
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
        return self._members(keys, np.repeat(shards, last - first), at)

    def _members(self, keys: SharedKeys, shards: np.ndarray, at: np.ndarray) -> np.ndarray:
        """What is looked at from these positions, which shards ask about, that is not of the shard that asks."""
        shards, groups, sides = _each_once(shards, keys.group[at], keys.sides[at])
        parts = keys.parts
        first, last = (
            np.searchsorted(parts.groups, groups),
            np.searchsorted(parts.groups, groups, side="right"),
        )
        part, asks = _ranges(first, last - first), np.repeat(np.arange(len(groups)), last - first)
        looked = (parts.counts[part] <= CROWD) | keys.every[sides[asks], parts.sides[part]]
        shards, part = _each_once(shards[asks[looked]], part[looked])
        rows = keys.rows[_ranges(parts.starts[part], parts.counts[part])]
        shards = np.repeat(shards, parts.counts[part])
        others = self.shard_of[rows] != shards
        return np.unique(self.pairs(shards[others], rows[others]))

    def _crowds(self, keys: SharedKeys) -> np.ndarray:
        """Of what too many share, enough for the engine to know them for a crowd."""
        shards, parts, starts = self.shard_of[keys.rows], keys.parts, keys.starts
        many = np.flatnonzero(_differs(shards, keys)[parts.groups] & (parts.counts > CROWD))
        found = [np.zeros(0, dtype=np.int64)]
        for start, group in zip(parts.starts[many].tolist(), parts.groups[many].tolist(), strict=True):
            here = np.unique(shards[starts[group] : starts[group] + keys.counts[group]])
            rows = keys.rows[start : start + CROWD + 1]
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


def _each_once(*columns: np.ndarray) -> Sequence[np.ndarray]:
    """The different rows of columns of whole numbers."""
    rows = np.unique(np.stack([column.astype(np.int64) for column in columns], axis=1), axis=0)
    return [rows[:, at] for at in range(len(columns))]


def _ranges(first: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The positions of several ranges, one after the other."""
    ends = np.cumsum(counts)
    return np.asarray(np.repeat(first - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0))
