"""95 % intervals of a share: exact for one simple random sample, by effective size for a stratified one."""

from __future__ import annotations

from bisect import bisect_right
from math import sqrt
from statistics import NormalDist

from fupin_audit.followup.estimation.distributions import beta_quantile, hypergeometric_upper_tail

CONFIDENCE = 0.95
TAIL = (1 - CONFIDENCE) / 2
Z = NormalDist().inv_cdf(1 - TAIL)


def clopper_pearson(failed: float, drawn: float) -> tuple[float, float]:
    """The exact binomial interval (Clopper & Pearson 1934); counts need not be whole (Korn & Graubard 1998).

    >>> [round(limit, 4) for limit in clopper_pearson(0, 10)]
    [0.0, 0.3085]
    """
    low = beta_quantile(TAIL, failed, drawn - failed + 1) if failed > 0 else 0.0
    high = beta_quantile(1 - TAIL, failed + 1, drawn - failed) if failed < drawn else 1.0
    return low, high


def wilson(failed: int, drawn: int) -> tuple[float, float]:
    """The score interval (Wilson 1927).

    >>> [round(limit, 4) for limit in wilson(0, 10)]
    [0.0, 0.2775]
    """
    share, spread = failed / drawn, Z * Z / drawn
    centre = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / drawn + spread / (4 * drawn)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def hypergeometric(failed: int, drawn: int, size: int) -> tuple[int, int]:
    """How few and how many of a finite population may be bad, exactly (Cochran 1977, section 3.6).

    >>> hypergeometric(0, 5, 15), hypergeometric(15, 15, 15)
    ((0, 6), (15, 15))
    """
    # At most so many bad ones are at least the others good.
    return _fewest(failed, drawn, size), size - _fewest(drawn - failed, drawn, size)


def _fewest(failed: int, drawn: int, size: int) -> int:
    """The fewest bad ones with which so many failures among the drawn are still believable."""
    possible = range(failed, size - (drawn - failed) + 1)
    tails = bisect_right(possible, TAIL, key=lambda bad: hypergeometric_upper_tail(failed, drawn, bad, size))
    return possible[tails]
