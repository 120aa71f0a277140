"""m and u: found again where they are known, and the same as another way of working them out gives."""

from __future__ import annotations

from itertools import pairwise, product
from math import log2

import numpy as np
import pyarrow as pa
import pytest

from fupin_audit.linkage.fields import BLANK, DIFFERENT_ASSUMED, FIELDS, SAME_ASSUMED
from fupin_audit.linkage.rolls import COLUMNS
from fupin_audit.linkage.weights import Model, bits, estimated, maximised, strangers

SAME = (
    np.array([0.85, 0.09, 0.05, 0.01]),
    np.array([0.88, 0.02, 0.03, 0.05, 0.02]),
    np.array([0.97, 0.03]),
    np.array([0.8, 0.15, 0.05]),
)
DIFFERENT = (
    np.array([0.01, 0.02, 0.07, 0.90]),
    np.array([0.004, 0.003, 0.003, 0.03, 0.96]),
    np.array([0.5, 0.5]),
    np.array([0.05, 0.15, 0.80]),
)
PAIRS, SHARE = 400_000, 0.05
NO_TWINS = DIFFERENT[0]
GIVEN = "国建明海山江林春福来旺财宝玉金银铜铁锡石"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕"


def simulated(seed: int, blank: float = 0.1) -> np.ndarray:
    """Pairs of one person and of two, with fields that are blank by lot."""
    chosen = np.random.default_rng(seed)
    one = chosen.random(PAIRS) < SHARE
    columns = []
    for m, u in zip(SAME, DIFFERENT, strict=True):
        level = np.where(one, chosen.choice(len(m), PAIRS, p=m), chosen.choice(len(u), PAIRS, p=u))
        columns.append(np.where(chosen.random(PAIRS) < blank, BLANK, level))
    return np.stack(columns, axis=1).astype(np.int8)


def known_model(share: float = 0.001) -> Model:
    return Model(SAME_ASSUMED, DIFFERENT, NO_TWINS, share)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_put_in_is_found_again(seed: int) -> None:
    """Within 0.01 of each share; so many pairs of one person leave a standard error of 0.003."""
    found = simulated(seed)
    common = np.full(len(found), DIFFERENT[0][0])
    model = maximised(known_model(), found, common, total=float(PAIRS))
    for estimate, truth in zip(model.same, SAME, strict=True):
        assert estimate == pytest.approx(truth, abs=0.01)
    assert model.share == pytest.approx(SHARE, rel=0.05)


def test_another_way_of_working_it_out_gives_the_same() -> None:
    """Pattern by pattern with plain numbers, to 1e-4 of a bit."""
    found = simulated(7)[:20_000]
    common = np.full(len(found), DIFFERENT[0][0])
    total = 20_000.0
    model = maximised(known_model(), found, common, total)
    same = plain_maximisation(found.tolist(), total)
    for mine, theirs, field in zip(model.same, same, FIELDS, strict=True):
        for at in range(len(field.levels)):
            assert log2(mine[at]) == pytest.approx(log2(theirs[at]), abs=1e-4)


def plain_maximisation(found: list[list[int]], total: float) -> list[list[float]]:
    """The same rounds without arrays: what is assumed counts for 200 pairs, one further pair is of one person."""
    counts: dict[tuple[int, ...], int] = {}
    for row in found:
        counts[tuple(row)] = counts.get(tuple(row), 0) + 1
    same, share = [list(map(float, m)) for m in SAME_ASSUMED], 0.001
    for _ in range(300):
        tallies = [[200.0 * m for m in assumed] for assumed in SAME_ASSUMED]
        sums, number = [200.0] * len(same), 0.0
        for pattern, count in counts.items():
            likely, unlikely = share, 1 - share
            for at, level in enumerate(pattern):
                likely *= 1.0 if level == BLANK else same[at][level]
                unlikely *= 1.0 if level == BLANK else float(DIFFERENT[at][level])
            expected = count * likely / (likely + unlikely)
            number += expected
            for at, level in enumerate(pattern):
                if level != BLANK:
                    tallies[at][level] += expected
                    sums[at] += expected
        same = [[tally / sums[at] for tally in tallies[at]] for at in range(len(same))]
        share = min(0.5, (1 + number) / total)
    return same


def test_a_rare_name_weighs_more_and_a_blank_nothing() -> None:
    model = known_model()
    found = np.array([[0, BLANK, BLANK, BLANK]] * 2 + [[BLANK] * 4], dtype=np.int8)
    rare, common, blank = bits(model, found, np.array([0.001, 0.01, 0.01]))
    assert rare[0] - common[0] == pytest.approx(log2(10))
    assert not blank.any()


def test_names_that_are_nearly_the_same_weigh_less_where_twins_have_them() -> None:
    """Ten of twenty pairs of one day and village have names one character apart: twins."""
    people = [
        {"姓名": name, "出生": f"19700{at % 9 + 1}{at % 18 + 10}", "村": f"{at}村", "性别": "男"}
        for at, (one, other) in enumerate(pairwise(SURNAMES[:21]))
        for name in (
            (f"{one}{GIVEN[at]}强", f"{one}{GIVEN[at]}武")
            if at < 10
            else (one + GIVEN[at], f"{other}{one}花")
        )
    ]
    roll = pa.table({name: pa.array([row.get(name) for row in people], pa.string()) for name in COLUMNS})
    nothing = np.zeros((0, 4), dtype=np.int8)
    model = estimated(strangers(roll), nothing, np.zeros(0), 1e6)
    one_off, born, village = 2, 0, 0
    twins, others = np.array([[one_off, born, 0, village], [one_off, born, 0, 1]], dtype=np.int8)
    at_home, elsewhere = bits(model, np.stack([twins, others]), np.full(2, 0.01))
    assert at_home[0] < 0 < elsewhere[0]


def test_what_is_assumed_is_made_of_shares() -> None:
    for shares in (*SAME_ASSUMED, *DIFFERENT_ASSUMED):
        assert shares.sum() == pytest.approx(1)
        assert (shares > 0).all()


def test_every_pattern_has_its_weight() -> None:
    patterns = np.array(list(product(*(range(-1, len(field.levels)) for field in FIELDS))), dtype=np.int8)
    weighed = bits(known_model(), patterns, np.full(len(patterns), 0.01))
    assert np.isfinite(weighed).all()
    assert not weighed[patterns == BLANK].any()
