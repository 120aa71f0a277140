"""Intervals: as published, and exact where they claim to be."""

from __future__ import annotations

from math import comb

import pytest

from fupin_audit.followup.estimation.intervals import clopper_pearson, hypergeometric, wilson


@pytest.mark.parametrize(
    ("failed", "drawn", "limits"),
    # Newcombe 1998, Statistics in Medicine 17, table I: exact and score limits.
    [
        (81, 263, (0.2527, 0.3676)),
        (15, 148, (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1684)),
        (1, 29, (0.0009, 0.1776)),
    ],
)
def test_exact_limits_as_published(failed: int, drawn: int, limits: tuple[float, float]) -> None:
    assert clopper_pearson(failed, drawn) == pytest.approx(limits, abs=0.00005)


@pytest.mark.parametrize(
    ("failed", "drawn", "limits"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_score_limits_as_published(failed: int, drawn: int, limits: tuple[float, float]) -> None:
    assert wilson(failed, drawn) == pytest.approx(limits, abs=0.00005)


@pytest.mark.parametrize(("drawn", "size"), [(1, 5), (2, 9), (5, 15), (5, 16), (12, 40), (39, 40)])
def test_hypergeometric_limits_hold_the_truth_whatever_it_is(drawn: int, size: int) -> None:
    for bad in range(size + 1):
        held = sum(
            comb(bad, failed) * comb(size - bad, drawn - failed)
            for failed in range(max(0, drawn - size + bad), min(drawn, bad) + 1)
            if hypergeometric(failed, drawn, size)[0] <= bad <= hypergeometric(failed, drawn, size)[1]
        )
        assert held / comb(size, drawn) >= 0.95
    assert all(
        hypergeometric(failed, drawn, size)
        == tuple(size - limit for limit in reversed(hypergeometric(drawn - failed, drawn, size)))
        for failed in range(drawn + 1)
    )
