"""Quantiles against published tables and exact sums."""

from __future__ import annotations

from math import comb

import pytest

from fupin_audit.followup.estimation.distributions import beta_cdf, beta_quantile, t_quantile


@pytest.mark.parametrize(
    ("df", "quantile"),
    # Student's t, 0.975, as any table prints it.
    [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (30, 2.042), (60, 2.000), (120, 1.980)],
)
def test_t_as_printed_in_tables(df: int, quantile: float) -> None:
    assert t_quantile(0.975, df) == pytest.approx(quantile, abs=0.0005)


@pytest.mark.parametrize("n", [1, 2, 7, 20, 60])
@pytest.mark.parametrize("x", [0.001, 0.1, 0.37, 0.5, 0.8, 0.999])
def test_beta_is_the_sum_of_binomial_chances(n: int, x: float) -> None:
    for k in range(1, n + 1):
        tail = sum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(k, n + 1))
        assert beta_cdf(x, k, n - k + 1) == pytest.approx(tail, rel=1e-10, abs=1e-14)


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (1, 200), (3.7, 41.2), (5000.5, 20000.5), (2, 9000)])
@pytest.mark.parametrize("probability", [0.025, 0.5, 0.975])
def test_quantiles_undo_the_distribution(a: float, b: float, probability: float) -> None:
    assert beta_cdf(beta_quantile(probability, a, b), a, b) == pytest.approx(probability, abs=1e-5)
