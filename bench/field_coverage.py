"""How often the 95 % intervals of `estimate` hold the truth, over invented counties drawn as `sample` draws.

    python bench/field_coverage.py

Every line is one invented county, drawn a thousand times; with `--response 0.8` a fifth of the visits fail by
chance. docs/guide-field.md quotes the result.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fupin_audit.followup.estimation.rates import VisitCounts, estimate_rate
from fupin_audit.followup.sampling.allocation import certain, quota, split

_FAULTY = 0.35  # of the households have an error in the records


@dataclass(frozen=True)
class County:
    """So many villages of so many households; the rates of households with and without errors in the records."""

    villages: int
    households: int
    share: float
    faulty: float
    others: float


@dataclass(frozen=True)
class Stratum:
    """Households, visits, and households that do not match."""

    size: int
    drawn: int
    bad: int


COUNTIES = (
    County(1, 15, 0.3, 0.3, 0.1),
    County(1, 40, 0.3, 0.3, 0.1),
    County(5, 15, 0.3, 0.3, 0.1),
    County(10, 15, 0.3, 0.6, 0.2),
    County(10, 15, 0.3, 0.05, 0.02),
    County(20, 15, 0.05, 0.2, 0.05),
    County(30, 40, 0.1, 0.2, 0.05),
    County(30, 40, 0.3, 0.8, 0.1),
    County(100, 40, 0.1, 0.3, 0.1),
)


def populate(county: County, generator: np.random.Generator) -> Iterator[Stratum]:
    """The strata `sample` would make, with a truth behind them."""
    for _ in range(county.villages):
        visits = quota(county.households, county.share)
        faulty = int(generator.binomial(county.households, _FAULTY))
        worst = certain(visits, county.households, faulty)
        faulty, others = faulty - worst, county.households - faulty
        if worst:
            yield Stratum(worst, worst, int(generator.binomial(worst, county.faulty)))
        parts = split(visits - worst, faulty, others)
        bad = int(generator.binomial(faulty, county.faulty)), int(generator.binomial(others, county.others))
        if parts:
            yield from (Stratum(*s) for s in zip((faulty, others), parts, bad, strict=True) if s[0])
        else:
            yield Stratum(faulty + others, visits - worst, sum(bad))


def coverage(
    strata: list[Stratum], draws: int, response: float, generator: np.random.Generator
) -> tuple[float, float]:
    """How often the interval holds the truth, and its mean width."""
    truth = sum(stratum.bad for stratum in strata) / sum(stratum.size for stratum in strata)
    held, width = 0, 0.0
    for _ in range(draws):
        rate = estimate_rate(list(visited(strata, response, generator)))
        held += rate.low - 1e-9 <= truth <= rate.high + 1e-9
        width += rate.high - rate.low
    return held / draws, width / draws


def visited(strata: list[Stratum], response: float, generator: np.random.Generator) -> Iterator[VisitCounts]:
    """One draw, some of whose visits may fail."""
    for stratum in strata:
        made = int(generator.binomial(stratum.drawn, response))
        if made:
            failed = int(generator.hypergeometric(stratum.bad, stratum.size - stratum.bad, made))
            yield VisitCounts(stratum.size, made, made, failed)


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--response", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generator = np.random.default_rng(arguments.seed)
    print(
        "| 村 | 每村户数 | 抽查比例 | 真实不符率 | 区间包住真值 | 平均宽度 |\n|---:|---:|---:|---:|---:|---:|"
    )
    for county in COUNTIES:
        strata = list(populate(county, generator))
        truth = sum(stratum.bad for stratum in strata) / sum(stratum.size for stratum in strata)
        held, width = coverage(strata, arguments.draws, arguments.response, generator)
        print(
            f"| {county.villages} | {county.households} | {county.share:.0%} | {truth:.1%} | {held:.1%} | {width:.1%} |"
        )


if __name__ == "__main__":
    main()
