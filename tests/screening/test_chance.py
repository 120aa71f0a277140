"""Every statistic against an independent implementation, to 1e-6, or published output, as many digits as it has."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, factorial, lgamma

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import chi2_contingency
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from fupin_audit.screening import chance
from fupin_audit.screening.digits import BENFORD, distance_of_two, distances
from fupin_audit.screening.peers import likeness_of

CLOSE = 1e-6


@pytest.mark.parametrize(("count", "of", "share"), [(12, 40, 0.05), (30, 30, 0.5), (7, 1000, 0.0021)])
def test_a_binomial_tail_is_the_exact_sum(count: int, of: int, share: float) -> None:
    p = Fraction(share)
    exact = 1 - sum(comb(of, k) * p**k * (1 - p) ** (of - k) for k in range(count))
    assert chance.at_least(count, of, share) == pytest.approx(float(exact), rel=CLOSE)


@pytest.mark.parametrize(
    ("below", "above", "published"),
    [
        (11, 9, 0.8238),
        (19, 15, 0.6076),
        (42, 26, 0.0681),
        (58, 32, 0.0080),
        (98, 66, 0.0152),
        (428, 376, 0.0720),
    ],
)
def test_windows_beside_a_line_are_judged_as_by_rddensity(below: int, above: int, published: float) -> None:
    """Windows and p-values as R's rddensity prints them: of 2,000 normal numbers, and of the HISP poverty index."""
    both_sides = 2 * chance.at_least(max(below, above), below + above, 0.5)
    assert round(both_sides, 4) == published


@pytest.mark.parametrize(
    ("count", "of", "share", "likeness"), [(9, 30, 0.1, 0.05), (180, 180, 0.15, 0.2), (3, 12, 0.02, 0.005)]
)
def test_a_clustered_tail_is_the_sum_of_its_terms(count: int, of: int, share: float, likeness: float) -> None:
    a, b = share * (1 / likeness - 1), (1 - share) * (1 / likeness - 1)

    def log_beta(x: float, y: float) -> float:
        return lgamma(x) + lgamma(y) - lgamma(x + y)

    terms = (comb(of, k) * exp(log_beta(k + a, of - k + b) - log_beta(a, b)) for k in range(count, of + 1))
    assert chance.at_least_in_clusters(count, of, share, likeness) == pytest.approx(sum(terms), rel=CLOSE)


@pytest.mark.parametrize("distance", [3.5, 15.507313, 60.0])
def test_a_chi_square_tail_is_its_closed_form(distance: float) -> None:
    """Of eight degrees of freedom; 15.507 is the table's 5 % value."""
    exact = exp(-distance / 2) * sum((distance / 2) ** k / factorial(k) for k in range(4))
    assert chance.as_far(distance, 8) == pytest.approx(exact, rel=CLOSE)
    assert chance.usual_distance(8, 1 - exact) == pytest.approx(distance, rel=CLOSE)


@pytest.mark.parametrize(("count", "of"), [(0, 20), (7, 40), (40, 40)])
def test_an_interval_is_that_of_statsmodels(count: int, of: int) -> None:
    low, high = chance.intervals(np.array([count]), np.array([of]))
    assert (low[0], high[0]) == pytest.approx(proportion_confint(count, of, method="beta"), abs=CLOSE)


BENJAMINI_HOCHBERG_1995 = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
)  # fmt: skip


def test_the_example_of_benjamini_and_hochberg_rejects_the_four_they_reject() -> None:
    assert (chance.corrected(BENJAMINI_HOCHBERG_1995) <= 0.05).tolist() == [True] * 4 + [False] * 11


@pytest.mark.parametrize(
    "chances", [BENJAMINI_HOCHBERG_1995, (0.04, 0.01, 0.03, 0.01), tuple(np.linspace(1, 1e-5, 50))]
)
def test_corrected_chances_are_those_of_statsmodels(chances: tuple[float, ...]) -> None:
    assert chance.corrected(chances) == pytest.approx(multipletests(chances, method="fdr_bh")[1], rel=CLOSE)


COUNTS = (
    ((3, 5, 2, 8, 4, 6, 1, 7), (40, 40, 38, 41, 40, 39, 40, 40)),
    ((0, 0, 1, 0, 2, 0, 1, 0, 0), (12, 30, 25, 18, 40, 22, 31, 16, 20)),
    ((60, 75, 20, 90, 55, 41), (100, 100, 100, 120, 90, 80)),
)


@pytest.mark.parametrize(("counts", "of"), COUNTS)
def test_how_peers_differ_is_pearsons_statistic_of_a_binomial_model(
    counts: tuple[int, ...], of: tuple[int, ...]
) -> None:
    made, size = np.array(counts), np.array(of)
    fitted = sm.GLM(
        np.column_stack([made, size - made]), np.ones((len(made), 1)), sm.families.Binomial()
    ).fit()
    share, squares = float(made.sum() / size.sum()), float(fitted.pearson_chi2)
    spread = squares / chance.usual_distance(len(made) - 1, 0.1)
    expected = min(max((spread - 1) / (size.mean() - 1), 0.005), 0.9)
    assert likeness_of(made, size, share) == pytest.approx(expected, rel=CLOSE)


@pytest.mark.parametrize(
    "table",
    [
        ((8, 12, 9, 11, 10, 7, 13, 9, 11), (80, 95, 102, 99, 100, 88, 110, 97, 105)),
        ((30, 2, 1, 4, 3), (31, 33, 28, 40, 35)),
        ((5, 5, 5), (50, 60, 70)),
    ],
)
def test_two_rows_of_digits_differ_as_a_contingency_table_says(table: tuple[tuple[int, ...], ...]) -> None:
    one, other = (np.array(row) for row in table)
    assert distance_of_two(one, other) == pytest.approx(
        chi2_contingency(np.array(table), correction=False)[0], rel=CLOSE
    )


def test_the_cheques_of_brooklyn_are_as_far_from_benford_as_the_textbook_says() -> None:
    """First digits of 784 cheques of seven companies under suspicion; Triola, Elementary Statistics: χ² = 3650.251."""
    rounded = np.array([0.301, 0.176, 0.125, 0.097, 0.079, 0.067, 0.058, 0.051, 0.046])
    cheques = np.array([[0, 15, 0, 76, 479, 183, 8, 23, 0]])
    assert round(float(distances(cheques, rounded)[0]), 3) == 3650.251
    assert np.round(BENFORD, 3) == pytest.approx(rounded)
