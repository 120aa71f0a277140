"""How near two names are: the same, one written for the other, one character off, or different."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from fupin_audit.ledgers.types.characters import characters
from fupin_audit.reconcile.like_names import sound_alike

SAME, LIKE, ONE_OFF, DIFFERENT = range(4)
_LONGEST = 12  # characters of a name that are looked at
_END = 0
_SHORTEST = 2  # characters of which one may be wrong
_EXCHANGED = 2  # of them differ where two are exchanged
_BITS = 32
_SEED = 1


class Names:
    """Distinct names, as rows of character codes."""

    def __init__(self, spelt: Sequence[str]) -> None:
        self.spelt = spelt
        points = np.array([*spelt, ""], dtype=f"U{_LONGEST}").view(np.uint32)  # what is longer is cut
        self._codes = points.reshape(-1, _LONGEST)[:-1].astype(np.int64)

    @property
    def firsts(self) -> np.ndarray:
        """The first character of every name."""
        return self._codes[:, 0]

    @cached_property
    def sounds(self) -> np.ndarray:
        """A number for how a name is pronounced."""
        together = self._spoken @ np.random.default_rng(_SEED).integers(1, 1 << 62, _LONGEST)  # wraps: a hash
        return np.unique(together, return_inverse=True)[1]

    @cached_property
    def _spoken(self) -> np.ndarray:
        """Every character replaced by the number of its sound."""
        known = np.flatnonzero(np.bincount(self._codes.reshape(-1), minlength=1))
        sounds = ["" if code == _END else sound_alike(chr(code)) for code in known.tolist()]
        number_of = np.zeros(known.max(initial=0) + 1, dtype=np.int64)
        number_of[known] = np.unique(np.array(sounds, dtype=str), return_inverse=True)[1]
        return number_of[self._codes]

    @cached_property
    def _lengths(self) -> np.ndarray:
        return np.asarray(np.count_nonzero(self._codes, axis=1))

    def levels(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """The level of every two names, given by their numbers; none is blank."""
        level = np.full(len(left), DIFFERENT, dtype=np.int8)
        level[left == right] = SAME
        for wanted, holds in ((LIKE, self._like), (ONE_OFF, self._one_off)):
            open_ = np.flatnonzero(level == DIFFERENT)
            level[open_[holds(left[open_], right[open_])]] = wanted
        return level

    def _like(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Whether they sound alike, or but for one character that looks like the other's."""
        apart = self._spoken[left] != self._spoken[right]
        fine = ~apart.any(axis=1)
        one_apart = np.flatnonzero((apart.sum(axis=1) == 1) & (self._lengths[left] == self._lengths[right]))
        at = apart[one_apart].argmax(axis=1)
        one, other = self._codes[left[one_apart], at], self._codes[right[one_apart], at]
        fine[one_apart] = np.isin(_pair(one, other), _lookalikes())
        return np.asarray(fine & (self._lengths[left] >= _SHORTEST))

    def _one_off(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Whether one character is another, is missing, or stands in its neighbour's place."""
        one, other = self._codes[left], self._codes[right]
        longer, shorter = self._lengths[left], self._lengths[right]
        apart = one != other
        count = apart.sum(axis=1)
        exchanged = (count == _EXCHANGED) & (np.sort(one, axis=1) == np.sort(other, axis=1)).all(axis=1)
        same_length = (longer == shorter) & ((count == 1) | exchanged)
        missing = (abs(longer - shorter) == 1) & _one_left_out(one, other)
        return np.asarray((same_length | missing) & (np.minimum(longer, shorter) >= _SHORTEST))


def _one_left_out(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether the shorter of two is the longer without one character, where their lengths differ by one."""
    swap = np.count_nonzero(one, axis=1) < np.count_nonzero(other, axis=1)
    longer, shorter = np.where(swap[:, None], other, one), np.where(swap[:, None], one, other)
    before = np.cumprod(longer == shorter, axis=1).sum(axis=1)
    shifted = np.concatenate([longer[:, 1:], np.zeros((len(longer), 1), dtype=longer.dtype)], axis=1)
    behind = np.arange(longer.shape[1]) >= before[:, None]
    return np.asarray(((shifted == shorter) | ~behind).all(axis=1))


def _pair(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.asarray((np.minimum(one, other) << _BITS) | np.maximum(one, other))


def _lookalikes() -> np.ndarray:
    """Characters easily mistaken for each other, two and two."""
    return np.array(
        [
            (min(ord(one), ord(other)) << _BITS) | max(ord(one), ord(other))
            for group in characters().lookalikes
            for one in group
            for other in group
            if one < other
        ],
        dtype=np.int64,
    )
