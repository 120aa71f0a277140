"""The stratified estimate: a published example, textbook cases, and how often its intervals hold the truth."""

from __future__ import annotations

from functools import cache
from itertools import product
from math import comb, sqrt

import numpy as np
import pytest

from fupin_audit.followup.estimation import rates
from fupin_audit.followup.estimation.intervals import clopper_pearson
from fupin_audit.followup.estimation.precision import needed, sample_size
from fupin_audit.followup.estimation.rates import Method, Rate, VisitCounts, estimate_rate

# Lohr, Sampling: Design and Analysis, the survey of the American Council of Learned Societies: members, valid
# returns, per cent female of seven disciplines. Estimate 0.2465, standard error 0.0071.
SOCIETIES = ((9100, 636, 38), (1950, 451, 27), (5500, 481, 18), (10850, 611, 19), (2100, 493, 36), (5500, 575, 13),
             (9000, 588, 26))  # fmt: skip


def test_published_example() -> None:
    # Percentages are given, not counts: the number of women may not be whole.
    strata = [VisitCounts(size, n, n, n * women / 100) for size, n, women in SOCIETIES]  # type: ignore[arg-type]
    rate = estimate_rate(strata)
    assert rate.share == pytest.approx(0.2465, abs=0.00005)
    total = rates._total(strata)
    variance = sum(rates._variance([stratum], rate.share or 0, total) for stratum in strata)
    assert sqrt(variance) == pytest.approx(0.007118622, abs=1e-8)
    assert (rate.low, rate.high) == pytest.approx(
        (0.2465 - 1.96 * 0.0071, 0.2465 + 1.96 * 0.0071), abs=0.0008
    )


def test_sample_size_as_published() -> None:
    # Cochran 1977, section 4.4: blood groups on an island of 3,200; 5 points either way at two standard errors.
    assert sample_size(0.05, 0.5, 3200, z=2) == 356
    assert sample_size(0.05, 0.5, 10**9, z=2) == 400
    assert sample_size(0.01, 0.5, 30) == 30


def test_all_visited_leaves_nothing_to_chance() -> None:
    rate = estimate_rate([VisitCounts(15, 15, 15, 3), VisitCounts(5, 5, 4, 1)])
    assert rate == Rate(19, 4, 4 / 19, 4 / 19, 4 / 19, Method.COMPLETE)


def test_nothing_compared_gives_no_rate() -> None:
    assert estimate_rate([]) == estimate_rate([VisitCounts(15, 5, 0, 0)]) == Rate(0, 0)


def test_known_strata_only_shift_the_interval() -> None:
    alone = estimate_rate([VisitCounts(20, 6, 6, 2)])
    mixed = estimate_rate([VisitCounts(20, 6, 6, 2), VisitCounts(5, 5, 5, 5)])
    assert (alone.method, mixed.method) == (Method.EXACT, Method.EXACT)
    assert [mixed.low, mixed.high] == pytest.approx([(20 * alone.low + 5) / 25, (20 * alone.high + 5) / 25])


def test_weights_count() -> None:
    # One of two in a stratum of 10, none of eight in one of 90: (10 × 1/2 + 0) / 100.
    assert estimate_rate([VisitCounts(10, 2, 2, 1), VisitCounts(90, 8, 8, 0)]).share == pytest.approx(0.05)


def test_what_cannot_be_compared_is_left_out() -> None:
    # Half of the 20 are comparable (10 households, of which half fail), all 40 of the others (none fails).
    assert estimate_rate([VisitCounts(20, 8, 4, 2), VisitCounts(40, 8, 8, 0)]).share == pytest.approx(5 / 50)


def test_one_large_sample_is_the_exact_binomial() -> None:
    # Two halves of one huge population: the interval is nearly that of a simple random sample.
    rate = estimate_rate([VisitCounts(10**7, 500, 500, 50), VisitCounts(10**7, 500, 500, 50)])
    assert (rate.low, rate.high) == pytest.approx(clopper_pearson(100, 1000), abs=5e-5)


@pytest.mark.parametrize("singles", [2, 3, 5])
def test_strata_of_one_visit_are_joined(singles: int) -> None:
    strata = [VisitCounts(10, 1, 1, int(number == 0)) for number in range(singles)]
    rate = estimate_rate(strata)
    assert rate.share == pytest.approx(1 / singles)
    assert rate.low < 0.1 < 0.8 < rate.high


def test_a_lonely_visit_joins_a_neighbour() -> None:
    rate = estimate_rate([VisitCounts(10, 1, 1, 1), VisitCounts(10, 4, 4, 0)])
    assert rate.share == pytest.approx(0.5)
    assert rate.high - rate.low > 0.5


def test_visits_needed_shrink_with_the_precision_wanted() -> None:
    rate = estimate_rate([VisitCounts(500, 50, 50, 5), VisitCounts(500, 50, 50, 10)])
    assert needed(rate, 1000, 0.1) < needed(rate, 1000, 0.05) < needed(rate, 1000, 0.02) <= 1000
    assert needed(estimate_rate([VisitCounts(500, 50, 50, 0), VisitCounts(500, 50, 50, 0)]), 1000, 0.05) > 0


# How often the interval holds the truth. A village: every population, every draw, exactly.


@cache
def limits(*strata: VisitCounts) -> tuple[float, float]:
    rate = estimate_rate(strata)
    return rate.low - 1e-9, rate.high + 1e-9


@pytest.mark.parametrize("design", [((4, 2), (11, 2)), ((6, 2), (9, 3)), ((3, 2), (25, 6))])
def test_a_village_is_covered_whatever_the_truth(design: tuple[tuple[int, int], ...]) -> None:
    (one, drawn_one), (other, drawn_other) = design
    for bad_one, bad_other in product(range(one + 1), range(other + 1)):
        truth = (bad_one + bad_other) / (one + other)
        held = 0.0
        for x, y in product(range(drawn_one + 1), range(drawn_other + 1)):
            low, high = limits(
                VisitCounts(one, drawn_one, drawn_one, x), VisitCounts(other, drawn_other, drawn_other, y)
            )
            if low <= truth <= high:
                held += _chance(one, drawn_one, bad_one, x) * _chance(other, drawn_other, bad_other, y)
        assert held >= 0.93, (bad_one, bad_other)


def _chance(size: int, drawn: int, bad: int, failed: int) -> float:
    return comb(bad, failed) * comb(size - bad, drawn - failed) / comb(size, drawn)


def test_a_county_is_covered_in_a_thousand_draws() -> None:
    generator = np.random.default_rng(20201231)
    sizes = np.array([1, 5, 10] * 20)
    drawn = np.array([1, 2, 3] * 20)
    bad = generator.binomial(sizes, [0.6, 0.3, 0.1] * 20)
    truth = bad.sum() / sizes.sum()
    seen = generator.hypergeometric(bad, sizes - bad, drawn, size=(1000, len(sizes)))
    held = 0
    for failed in seen.tolist():
        low, high = limits(*map(VisitCounts, sizes.tolist(), drawn.tolist(), drawn.tolist(), failed))
        held += low <= truth <= high
    assert held >= 930
