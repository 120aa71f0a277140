"""The one door to SciPy: how likely a count is by chance, and what of many tests is left once they are many."""

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
    from scipy.stats import binom

    return float(binom.sf(count - 1, of, share))


def at_least_in_clusters(count: int, of: int, share: float, likeness: float) -> float:
    """P(X ≥ count) of a beta-binomial X whose draws are correlated by `likeness` (0 < likeness < 1)."""
    from scipy.stats import betabinom

    strength = 1 / likeness - 1
    terms = betabinom.pmf(np.arange(count, of + 1), of, share * strength, (1 - share) * strength)
    return float(min(1.0, terms.sum()))


def events_at_least(count: int, expected: float) -> float:
    """P(X ≥ count) of a Poisson X."""
    from scipy.stats import poisson

    return float(poisson.sf(count - 1, expected))


def as_far(distance: float, freedom: int) -> float:
    """P(X ≥ distance) of a chi-square X."""
    from scipy.stats import chi2

    return float(chi2.sf(distance, freedom))


def usual_distance(freedom: int, share: float = 0.5) -> float:
    """The distance that a chi-square of so many degrees of freedom exceeds but in `share` of cases stays below."""
    from scipy.stats import chi2

    return float(chi2.ppf(share, freedom))


def intervals(counts: np.ndarray, of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The exact 95 % intervals of shares (Clopper–Pearson)."""
    from scipy.stats import beta

    low = np.where(counts > 0, beta.ppf(0.025, np.maximum(counts, 1), of - counts + 1), 0.0)
    high = np.where(counts < of, beta.ppf(0.975, counts + 1, np.maximum(of - counts, 1)), 1.0)
    return low, high


def corrected(chances: Sequence[float]) -> np.ndarray:
    """Each p-value corrected for all of them together (Benjamini–Hochberg)."""
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(chances)) if len(chances) else np.zeros(0)
