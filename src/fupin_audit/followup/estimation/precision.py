"""How many households a wanted precision takes (Cochran 1977, sections 4.3 and 4.4)."""

from __future__ import annotations

from math import ceil

from fupin_audit.followup.estimation.intervals import Z
from fupin_audit.followup.estimation.rates import Rate

_HALF = 0.5


def sample_size(
    half_width: float, share: float, households: int, *, design_effect: float = 1.0, z: float = Z
) -> int:
    """Visits needed for a 95 % interval of so much either way.

    Args:
        half_width: wanted, as a share.
        share: expected share of failures; 0.5 needs most.
        households: of the whole population.
        design_effect: variance of the design ÷ that of a simple random sample of the same size.
        z: how many standard errors an interval reaches.

    >>> sample_size(0.05, 0.5, 3200, z=2)
    356
    """
    infinite = z * z * share * (1 - share) * design_effect / half_width**2
    return min(households, ceil(infinite / (1 + (infinite - 1) / households)))


def needed(rate: Rate, households: int, half_width: float) -> int:
    """Visits that would bring a rate's interval down to so much either way.

    Where nothing or everything has failed so far, the least favourable share of the interval is taken.
    """
    share = rate.share or 0.0
    if not 0 < share < 1:
        share = min(max(_HALF, rate.low), rate.high)
    return sample_size(half_width, share, households, design_effect=max(1.0, rate.design_effect))
