"""Which pairs are worth comparing: those that share a name's sound and something else, or the day of birth."""

from __future__ import annotations

import numpy as np

from fupin_audit.linkage.rolls import UNKNOWN, Rolls, joint

_CROWD = 250_000  # pairs of one key that are no value but a placeholder
_RARE = 400  # pairs that one sound may give by itself
_DAY = 10_000


def candidates(rolls: Rolls, left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of these rows of the left roll with these of the right one, each once."""
    birth = rolls.birth
    year, day = (np.where(birth == UNKNOWN, UNKNOWN, part) for part in (birth // _DAY, birth % _DAY))
    blocks = (
        ((rolls.sound,), _RARE),
        ((rolls.sound, year), _CROWD),
        ((rolls.sound, day), _CROWD),
        ((rolls.sound, rolls.village), _CROWD),
        ((birth, rolls.village), _CROWD),
        ((birth, rolls.surname), _CROWD),
    )
    found = [_sharing(key, left, right, most) for key, most in blocks]
    total = len(rolls.name)
    both = np.unique(np.concatenate([one * total + other for one, other in found]))
    return both // total, both % total


def within(rolls: Rolls, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of rows of one roll that were born on one day in one village, each once."""
    one, other = _sharing((rolls.birth, rolls.village), rows, rows, _CROWD)
    return one[one < other], other[one < other]


def _sharing(
    columns: tuple[np.ndarray, ...], left: np.ndarray, right: np.ndarray, most: int
) -> tuple[np.ndarray, np.ndarray]:
    """Every two rows that are the same in all columns, unless a value has more such pairs than `most`."""
    for column in columns:
        left, right = (rows[column[rows] != UNKNOWN] for rows in (left, right))
        left, right = left[np.isin(column[left], column[right])], right[np.isin(column[right], column[left])]
    keys = joint(*(np.concatenate([column[left], column[right]]) for column in columns))
    ours, theirs = keys[: len(left)], keys[len(left) :]
    kinds = int(keys.max(initial=0)) + 1
    own, other = np.bincount(ours, minlength=kinds), np.bincount(theirs, minlength=kinds)
    count = np.where(own * other > most, 0, other)[ours]
    order = np.argsort(theirs, kind="stable")
    first = (np.cumsum(other) - other)[ours]
    place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(left, count), right[order[np.repeat(first, count) + place]]
