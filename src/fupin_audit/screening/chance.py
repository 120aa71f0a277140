"""The one door to SciPy: how likely a count is by chance, and what of many tests is left once they are many.

Of SciPy the special functions alone are used, which its distributions rest on: the rest takes a second to import.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np

_LIBRARY = "scipy"
MISSING = "没有安装统计筛查所需的 SciPy：pip install 'fupin-audit[screen]'"


def missing() -> str:
    """Why nothing can be tested; empty where SciPy is there."""
    return "" if find_spec(_LIBRARY) else MISSING


# SciPy is imported where it is asked for: a delivery in which nothing can be tested need not wait for it.


def at_least(count: int, of: int, share: float) -> float:
    """P(X ≥ count) of a binomial X."""
    from scipy.special import bdtrc

    return float(bdtrc(count - 1, of, share)) if count > 0 else 1.0


def at_least_in_clusters(count: int, of: int, share: float, likeness: float) -> float:
    """P(X ≥ count) of a beta-binomial X whose draws are correlated by `likeness` (0 < likeness < 1)."""
    from scipy.special import betaln, gammaln

    strength, k = 1 / likeness - 1, np.arange(count, of + 1)
    a, b = share * strength, (1 - share) * strength
    ways = gammaln(of + 1) - gammaln(k + 1) - gammaln(of - k + 1)
    terms = np.exp(ways + betaln(k + a, of - k + b) - betaln(a, b))
    return float(min(1.0, terms.sum()))


def as_far(distance: float, freedom: int) -> float:
    """P(X ≥ distance) of a chi-square X."""
    from scipy.special import chdtrc

    return float(chdtrc(freedom, distance))


def usual_distance(freedom: int, share: float = 0.5) -> float:
    """The distance that a chi-square of so many degrees of freedom stays below in that share of cases."""
    from scipy.special import chdtri

    return float(chdtri(freedom, 1 - share))


def intervals(counts: np.ndarray, of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The exact 95 % intervals of shares (Clopper–Pearson)."""
    from scipy.special import betaincinv

    low = np.where(counts > 0, betaincinv(np.maximum(counts, 1), of - counts + 1, 0.025), 0.0)
    high = np.where(counts < of, betaincinv(counts + 1, np.maximum(of - counts, 1), 0.975), 1.0)
    return low, high


def corrected(chances: Sequence[float]) -> np.ndarray:
    """Each p-value corrected for all of them together (Benjamini–Hochberg): min over p₍ⱼ₎ ≥ p of p₍ⱼ₎·m/j, at most 1."""
    p = np.asarray(chances, dtype=float)
    order = np.argsort(p)[::-1]
    ranks = np.arange(len(p), 0, -1)
    found = np.empty_like(p)
    found[order] = np.minimum.accumulate(np.minimum(p[order] * len(p) / ranks, 1.0))
    return found
