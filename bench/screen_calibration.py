"""How often the screens tell of an honest county, and how often they find a village that is made up.

    python bench/screen_calibration.py [--counties 1000] [--planted 40] [--only clean|power]

The counties are those of `screen_county.py`, 20 villages of 40 households; each planted one has one village made up in
one way, at three strengths, in villages of three sizes. Prints the tables of docs/guide-screen.md.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np
from scipy.stats import binomtest

import screen_county as made
from fupin_audit.screening.all_screens import screen
from fupin_audit.screening.screened import Weighed

WARNS, HINTS = 0.01, 0.05
VILLAGES, HOUSEHOLDS = 20, 40
SIZES, STRENGTHS = (20, 40, 80), (0.3, 0.6, 1.0)
ODD = 7
_FIRST_PLANTED = 10**6

Plant = Callable[[made.County, int, float, np.random.Generator], None]
PLANTED: Mapping[str, tuple[str, Plant]] = {
    "人均收入编在线上60元以内": ("SCR-01", made.just_above),
    "收支都编成整百": ("SCR-02", made.all_round),
    "照抄一户的收入": ("SCR-03", made.one_vector),
    "上年的1.08倍": ("SCR-04", made.times_one_factor),
    "走访补记在两天": ("SCR-05", made.two_days),
    "整户照抄，改一个数": ("SCR-07", made.twin_households),
    "各户涨幅都在6%上下": ("SCR-09", made.alike_changes),
    "走访写同一句话": ("SCR-10", made.two_days),
    "编的付款金额": ("SCR-08", made.even_first_digits),
    "核查人没有入户": ("SCR-06", made.nothing_found),
}


def main() -> None:
    """Read the arguments, draw and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--counties", type=int, default=1000)
    parser.add_argument("--planted", type=int, default=40)
    parser.add_argument("--only", choices=("clean", "power"))
    wanted = parser.parse_args()
    if wanted.only != "power":
        honest(wanted.counties)
    if wanted.only != "clean":
        power(wanted.planted)


def honest(counties: int) -> None:
    """The share of honest counties that are told of."""
    began, told, hinted, rules = time.perf_counter(), 0, 0, Counter[str]()
    for seed in range(counties):
        weighed = screen(made.frames_of(made.draw(seed, VILLAGES, HOUSEHOLDS))).weighed
        told += any(item.q <= WARNS for item in weighed)
        hinted += any(item.q <= HINTS for item in weighed)
        rules.update({item.rule for item in weighed if item.q <= HINTS})
    for name, number in (("疑点", told), ("疑点或提示", hinted)):
        high = binomtest(number, counties).proportion_ci(0.95, "exact").high
        print(f"{counties} 个没有编造的县，有{name}的 {number} 个（95% 上限 {high:.1%}）")
    print(f"各条：{dict(sorted(rules.items()))}；{time.perf_counter() - began:.0f} 秒")


def power(counties: int) -> None:
    """How often what was made up is found, by the size of the village and the share of it."""
    sizes = [f"{size}户·{strength:.0%}" for size in SIZES for strength in STRENGTHS]
    print(f"| 规则 | 编造 | {' | '.join(sizes)} | 冤及别村 |")
    print(f"|---|---|{'---:|' * (len(sizes) + 1)}")
    for name, (rule, plant) in PLANTED.items():
        found = [_found(rule, plant, size, strength, counties) for size in SIZES for strength in STRENGTHS]
        shares = " | ".join(f"{hits / counties:.0%}" for hits, _ in found)
        wrong = sum(others for _, others in found)
        print(f"| {rule} | {name} | {shares} | {wrong}/{counties * len(found)} |", flush=True)


def _found(rule: str, plant: Plant, size: int, strength: float, counties: int) -> tuple[int, int]:
    """In how many counties it was found, and in how many another village or person was told of."""
    hits = others = 0
    for seed in range(_FIRST_PLANTED, _FIRST_PLANTED + counties):
        county = made.draw(seed, VILLAGES, size)
        plant(county, ODD, strength, np.random.default_rng(seed))
        told = [item for item in screen(made.frames_of(county)).weighed if item.q <= WARNS]
        hits += any(item.rule == rule and _is_odd(item, rule) for item in told)
        others += any(not _is_odd(item, item.rule) for item in told)
    return hits, others


def _is_odd(item: Weighed, rule: str) -> bool:
    """Whether the test is of what was made up."""
    return item.test.unit.who == f"核查人{ODD}" if rule == "SCR-06" else item.test.unit.at == ODD


if __name__ == "__main__":
    main()
