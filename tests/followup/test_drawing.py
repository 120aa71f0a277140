"""The draw: shares reached, every village visited, chances as stated, the order of rows without effect."""

from __future__ import annotations

from collections import Counter
from math import ceil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import household as row
from books import write_books
from drawn import COUNTY, design, findings, frame
from effort import examples
from fupin_audit.followup.sampling.drawing import Risk, RiskLevel, Stratum, draw
from fupin_audit.followup.sampling.frame import Frame, frame_of
from fupin_audit.results.place import Place
from fupin_audit.workbook.loading import load

VILLAGES = st.dictionaries(
    st.tuples(st.sampled_from(["东镇", "西乡"]), st.sampled_from(["一村", "二村", "三村"])),
    st.integers(1, 60),
    min_size=1,
)
SHARES = st.sampled_from([0.01, 0.07, 0.1, 0.3, 0.5, 1.0])
MANY = examples(60)


def faults(of: Frame, seed: int) -> dict[str, int]:
    """Some households with one to four errors."""
    chance = Random(seed)
    return {h.number: chance.randint(1, 4) for h in of.households if chance.random() < 0.4}


def numbers(strata: tuple[Stratum, ...]) -> list[str]:
    return [household.number for stratum in strata for household in stratum.drawn]


@MANY
@given(sizes=VILLAGES, share=SHARES, seed=st.integers(0, 99), by=st.sampled_from(RiskLevel))
def test_every_draw_keeps_its_promises(
    sizes: dict[tuple[str, str], int], share: float, seed: int, by: RiskLevel
) -> None:
    drawn_from = frame(sizes)
    strata = draw(drawn_from, findings(faults(drawn_from, seed)), design(share, seed, by))
    drawn = numbers(strata)
    assert len(set(drawn)) == len(drawn)
    # Weights sum to the households, village by village, and every village is reached.
    weighed: Counter[Place] = Counter()
    visited: Counter[Place] = Counter()
    for stratum in strata:
        assert 1 <= len(stratum.drawn) <= stratum.size
        assert all(household.place == stratum.place for household in stratum.drawn)
        weighed[stratum.place] += stratum.size
        visited[stratum.place] += len(stratum.drawn)
    assert weighed == {Place(COUNTY, *names): size for names, size in sizes.items()}
    _assert_shares(sizes, visited, share, by)


def _assert_shares(
    sizes: dict[tuple[str, str], int], visited: Counter[Place], share: float, by: RiskLevel
) -> None:
    if by is RiskLevel.VILLAGE:
        for names, size in sizes.items():
            wanted = ceil(round(size * share, 9))
            assert visited[Place(COUNTY, *names)] == max(wanted, min(2, size))
    for town in {town for town, _ in sizes}:
        in_town = {names: size for names, size in sizes.items() if names[0] == town}
        reached = sum(visited[Place(COUNTY, *names)] for names in in_town)
        assert reached >= round(sum(in_town.values()) * share, 9)
        if by is RiskLevel.TOWN:
            assert reached == max(ceil(round(sum(in_town.values()) * share, 9)), len(in_town))


def test_rows_of_one_number_are_one_household(tmp_path: Path) -> None:
    """In another village, too: two visits of one 户编号 could not be told apart."""
    rows = [row("1"), row("2"), row("1"), {**row("1"), "村": "乙村"}]
    listed = []
    for at, ordered in enumerate((rows, rows[::-1])):
        (folder := tmp_path / str(at)).mkdir()
        write_books(folder, {"户": ordered})
        listed.append(frame_of(load([folder])))
    assert listed[0] == listed[1]
    assert sorted(household.number for household in listed[0].households) == ["1", "2"]
    assert listed[0].left_out == ("2户与别的行户编号相同，一个编号只算一户",)


def test_the_order_of_rows_changes_nothing() -> None:
    whole = frame({("东镇", "一村"): 30, ("东镇", "二村"): 9})
    found = findings(faults(whole, 3))
    first = draw(whole, found, design())
    for seed in range(5):
        shuffled = [*found]
        Random(seed).shuffle(shuffled)
        assert draw(whole, shuffled, design()) == first


def test_another_seed_draws_others() -> None:
    whole = frame({("东镇", "一村"): 60})
    assert numbers(draw(whole, (), design(seed=1))) != numbers(draw(whole, (), design(seed=2)))
    assert numbers(draw(whole, (), design(seed=1))) == numbers(draw(whole, (), design(seed=1)))


def test_the_worst_are_drawn_for_certain() -> None:
    whole = frame({("东镇", "一村"): 20})
    broken = {whole.households[7].number: 4, whole.households[3].number: 3, whole.households[5].number: 1}
    for seed in range(20):
        strata = draw(whole, findings(broken), design(seed=seed))
        (worst,) = (stratum for stratum in strata if stratum.risk is Risk.WORST)
        assert {household.number for household in worst.drawn} == {"9900000003", "9900000007"}
        assert sum(len(stratum.drawn) for stratum in strata) == 6


def test_chances_are_as_stated() -> None:
    whole = frame({("东镇", "一村"): 40})
    faulty = {household.number: 1 for household in whole.households[:12]}
    draws = 2000
    times: Counter[str] = Counter()
    for seed in range(draws):
        strata = draw(whole, findings(faulty), design(seed=seed))
        assert [(s.risk, len(s.drawn), s.size) for s in strata] == [
            (Risk.WORST, 4, 4),
            (Risk.FAULTY, 2, 8),
            (Risk.OTHERS, 6, 28),
        ]
        times.update(numbers(strata))
    # All the faulty have one error, so that chance also decides which four count as the worst.
    for number in (household.number for household in whole.households):
        chance = 4 / 12 + 8 / 12 * 2 / 8 if number in faulty else 6 / 28
        assert times[number] / draws == pytest.approx(chance, abs=0.05)
