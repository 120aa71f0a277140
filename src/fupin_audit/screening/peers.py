"""A unit's share against those of its peers, which differ among each other more than by chance alone.

The peers' common share, and how alike the rows of one unit are (the intra-unit correlation of a beta-binomial), are
estimated from the others, once those are left aside that lie far from the rest; the correlation is taken at the upper
end of its 90 % interval, so that few peers make for caution. What is tested enters none of the figures it is held to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fupin_audit.screening import chance

ENOUGH = 8  # units of a county that can be held to each other
_FAR = 3.0  # robust standard deviations
_TO_DEVIATION = 1.4826  # median absolute deviation → standard deviation, of a normal distribution
_CAUTION = 0.1
_LEAST_LIKENESS, _MOST_LIKENESS = 0.005, 0.9


@dataclass(frozen=True, slots=True)
class Held:
    """A unit held to its peers: how likely so high a share is, so low a one; its size, and the share of the others."""

    high: float
    low: float
    usual: float
    size: int

    @property
    def either(self) -> float:
        """How likely a share so far off is, in either direction."""
        return min(1.0, 2 * min(self.high, self.low))


def held_to_peers(counts: np.ndarray, of: np.ndarray) -> Sequence[Held | None]:
    """Every unit of a county held to the others; None where those are too few."""
    if len(counts) < ENOUGH:
        return [None] * len(counts)
    near = _near(counts, of)
    return [_held(at, counts, of, near) for at in range(len(counts))]


def _near(counts: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Whether each unit lies near the rest."""
    share = _share(counts, of)
    away = (counts - of * share) / np.sqrt(of * share * (1 - share))
    middle = np.median(away)
    spread = max(1.0, _TO_DEVIATION * float(np.median(np.abs(away - middle))))
    return np.asarray(np.abs(away - middle) <= _FAR * spread)


def _share(counts: np.ndarray, of: np.ndarray) -> float:
    return float((counts.sum() + 0.5) / (of.sum() + 1))


def _held(at: int, counts: np.ndarray, of: np.ndarray, near: np.ndarray) -> Held:
    others = near.copy()
    others[at] = False
    share = _share(counts[others], of[others])
    likeness = likeness_of(counts[others], of[others], share)
    count, size = int(counts[at]), int(of[at])
    high = chance.at_least_in_clusters(count, size, share, likeness)
    low = chance.at_least_in_clusters(size - count, size, 1 - share, likeness)
    return Held(high, low, share, size)


def likeness_of(counts: np.ndarray, of: np.ndarray, share: float) -> float:
    """The intra-unit correlation, at the upper end of what the peers' spread allows."""
    squares = float(((counts - of * share) ** 2 / (of * share * (1 - share))).sum())
    spread = squares / chance.usual_distance(len(counts) - 1, _CAUTION)
    size = max(float(of.mean()), 2.0)
    return float(np.clip((spread - 1) / (size - 1), _LEAST_LIKENESS, _MOST_LIKENESS))
