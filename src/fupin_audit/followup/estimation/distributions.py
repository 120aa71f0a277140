"""Quantiles of the beta and Student's t distribution, chances of the hypergeometric.

A few lines instead of scipy, which would weigh more than all the rest of an installation; tests hold them against
published tables and exact sums.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import comb, exp, lgamma, log, log1p, sqrt

_TINY, _PRECISION, _MOST_TERMS = 1e-300, 1e-15, 10_000
_FINE = 1e-10


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b) (Abramowitz & Stegun 26.5.8).

    >>> round(beta_cdf(0.5, 2, 3), 4)
    0.6875
    """
    if x <= 0 or x >= 1:
        return float(x > 0)
    if x > (a + 1) / (a + b + 2):  # there the fraction converges faster from the other end
        return 1 - beta_cdf(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return front * _continued_fraction(x, a, b) / a


def _continued_fraction(x: float, a: float, b: float) -> float:
    """By the algorithm of Lentz as modified by Thompson and Barnett."""
    upper, lower = 1.0, _away_from_zero(1 - (a + b) * x / (a + 1))
    lower = 1 / lower
    value = lower
    for m in range(1, _MOST_TERMS):
        change = 1.0
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            lower = 1 / _away_from_zero(1 + term * lower)
            upper = _away_from_zero(1 + term / upper)
            change = lower * upper
            value *= change
        if abs(change - 1) < _PRECISION:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Where the beta distribution reaches a probability.

    >>> round(beta_quantile(0.6875, 2, 3), 6)
    0.5
    """
    return _crossing(lambda x: beta_cdf(x, a, b), probability)


@cache
def t_quantile(probability: float, df: int) -> float:
    """Where Student's t distribution reaches a probability of at least one half.

    >>> round(t_quantile(0.975, 10), 3)
    2.228
    """
    # The upper tail beyond t is half of I_x(df/2, 1/2) at x = df / (df + t²).
    x = beta_quantile(2 * (1 - probability), df / 2, 0.5)
    return sqrt(df * (1 - x) / x)


def _crossing(rising: Callable[[float], float], level: float) -> float:
    """Where a function that rises from 0 to 1 crosses a level, by halving."""
    low, high = 0.0, 1.0
    while high - low > _FINE:
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < level else (low, middle)
    return (low + high) / 2


def hypergeometric_upper_tail(failed: int, drawn: int, bad: int, size: int) -> float:
    """The chance that at least so many of the drawn are bad, where so many of all are.

    >>> hypergeometric_upper_tail(1, 2, 1, 4)
    0.5
    """
    ways = sum(comb(bad, k) * comb(size - bad, drawn - k) for k in range(failed, min(drawn, bad) + 1))
    return ways / comb(size, drawn)
