"""How many households each village and each stratum gets; docs/guide-field.md says why."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

# With fewer than two draws a stratum cannot show how much it varies.
PAIR = 2
# Of a village's visits at most this part goes to its worst households; the rest is left to chance.
_CERTAIN_PART = 3
# Keeps 0.07 × 100 = 7.000000000000001 from becoming 8.
_DIGITS = 9


def quota(households: int, share: float) -> int:
    """Visits a village needs to reach the share: at least two, or all where there are fewer.

    >>> quota(15, 0.3), quota(100, 0.07), quota(4, 0.1), quota(1, 0.1)
    (5, 7, 2, 1)
    """
    return min(households, max(PAIR, _rounded_up(households, share)))


def town_quotas(households: Sequence[int], share: float) -> list[int]:
    """Visits of the villages of a town that reach the share together, every village at least one.

    >>> town_quotas([15, 15, 40], 0.1)
    [2, 1, 4]
    """
    total = max(_rounded_up(sum(households), share), len(households))
    exact = [total * number / sum(households) for number in households]
    quotas = [min(number, max(1, int(part))) for number, part in zip(households, exact, strict=True)]
    while sum(quotas) != total:
        step = 1 if sum(quotas) < total else -1
        movable = [i for i, n in enumerate(quotas) if (n < households[i] if step > 0 else n > 1)]
        chosen = max(movable, key=lambda i: (step * (exact[i] - quotas[i]), -i))
        quotas[chosen] += step
    return quotas


def certain(visits: int, households: int, faulty: int) -> int:
    """How many of the worst households are visited for certain, leaving at least two visits to chance.

    >>> certain(5, 15, 8), certain(2, 15, 8), certain(9, 30, 1)
    (1, 0, 1)
    """
    chance = min(PAIR, households)
    return max(0, min(visits // _CERTAIN_PART, visits - chance, faulty))


def split(visits: int, faulty: int, others: int) -> tuple[int, int] | None:
    """Random visits to households with errors and to the others, in proportion, at least two to each.

    None where there are too few visits, or only one kind of household: then they are one stratum.

    >>> split(4, 5, 9), split(3, 5, 9), split(4, 0, 9), split(10, 1, 19)
    ((2, 2), None, None, (1, 9))
    """
    least, least_others = min(PAIR, faulty), min(PAIR, others)
    if not faulty or not others or visits < least + least_others:
        return None
    wanted = round(visits * faulty / (faulty + others))
    low, high = max(least, visits - others), min(faulty, visits - least_others)
    to_faulty = min(max(wanted, low), high)
    return to_faulty, visits - to_faulty


def _rounded_up(households: int, share: float) -> int:
    return ceil(round(households * share, _DIGITS))
