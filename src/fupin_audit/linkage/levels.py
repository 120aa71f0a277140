"""The levels of agreement of pairs of rows, a column a field."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from fupin_audit.linkage.fields import BLANK
from fupin_audit.linkage.rolls import UNKNOWN, Rolls

SAME, TURNED, YEAR_OFF, DIGIT_OFF, OTHER_DAY = range(5)
SAME_VILLAGE, SAME_TOWN, ELSEWHERE = range(3)
_DIGITS = 8  # of a day
_EXCHANGED = 2  # of them differ where two are exchanged
_PIECE = 1 << 14
_DAY, _YEAR = 100, 10_000


def levels(rolls: Rolls, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The level of every field of these pairs of rows, so many at a time that their characters and digits find room."""
    pieces = [slice(at, at + _PIECE) for at in range(0, len(left), _PIECE)]
    found = [_levels(rolls, left[piece], right[piece]) for piece in pieces]
    return np.concatenate([np.zeros((0, 4), dtype=np.int8), *found])


def _levels(rolls: Rolls, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    known = (rolls.name[left] != UNKNOWN) & (rolls.name[right] != UNKNOWN)
    found = np.full((len(left), 4), BLANK, dtype=np.int8)
    found[known, 0] = rolls.spelt.levels(rolls.name[left[known]], rolls.name[right[known]])
    found[:, 1] = _where_both(rolls.birth[left], rolls.birth[right], day_levels)
    found[:, 2] = _where_both(rolls.sex[left], rolls.sex[right], np.not_equal)
    found[:, 3] = _places(rolls, left, right)
    return found


def _where_both(
    one: np.ndarray, other: np.ndarray, level: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> np.ndarray:
    found = np.full(len(one), BLANK, dtype=np.int8)
    known = (one != UNKNOWN) & (other != UNKNOWN)
    found[known] = level(one[known], other[known])
    return found


def day_levels(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The level of every two days, written YYYYMMDD."""
    level = np.full(len(one), OTHER_DAY, dtype=np.int8)
    level[_digit_off(one, other)] = DIGIT_OFF
    level[abs(one - other) == _YEAR] = YEAR_OFF
    turned = (one // _YEAR * _YEAR) + one % _DAY * _DAY + one // _DAY % _DAY
    level[turned == other] = TURNED
    level[one == other] = SAME
    return level


def _digit_off(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether one digit is another, or two beside each other are exchanged."""
    ones, others = _digits(one), _digits(other)
    apart = ones != others
    exchanged = [
        (ones[a] == others[b]) & (ones[b] == others[a]) & apart[a] & apart[b]
        for a, b in pairwise(range(_DIGITS))
    ]
    count = apart.sum(axis=0)
    return np.asarray((count == 1) | ((count == _EXCHANGED) & np.any(exchanged, axis=0)))


def _digits(days: np.ndarray) -> np.ndarray:
    return np.stack([days // 10**at % 10 for at in range(_DIGITS)])


def _places(rolls: Rolls, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Village and town as one: a village says most, a town alone still whether it is another."""
    (town, other_town), (village, other_village) = (
        (column[left], column[right]) for column in (rolls.town, rolls.village)
    )
    towns, villages = (
        (town != UNKNOWN) & (other_town != UNKNOWN),
        (village != UNKNOWN) & (other_village != UNKNOWN),
    )
    found = np.full(len(left), BLANK, dtype=np.int8)
    found[villages & (village != other_village)] = ELSEWHERE
    found[towns & villages & (town == other_town)] = SAME_TOWN
    found[towns & (town != other_town)] = ELSEWHERE
    found[villages & (village == other_village) & ~(towns & (town != other_town))] = SAME_VILLAGE
    return found
