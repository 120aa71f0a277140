"""Whoever comes or goes among the planted faults, the others stay where they are."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from county.answers.answer_key import Answer
from county.clean.village import Shape, villages
from county.faults.all_faults import FAULTS
from county.planting.fault import BOTH, Fault, finds
from county.planting.inflicting import inflict, scatter
from county.planting.places import seat
from county.planting.steps import put, twice
from county.records.record import Raw
from county.samples.all_samples import SAMPLES, Sample
from county.samples.making import Made, clean_county, make
from county.samples.register import read_register
from county.samples.spoiled_files import SPOILED
from effort import is_night

SAMPLES_FOLDER = Path(__file__).parents[2] / "samples"
REGISTER = read_register()
PLANTED = [sample for sample in SAMPLES if not sample.clean]
EVERYWHERE = frozenset(drop for fault in FAULTS for drop in fault.drops)
NEWCOMER = Fault(
    "新来的差错",
    (put({"人口.务工时间": Raw("约三月")}),),  # a column that every export has
    finds("CEL-01 人口.务工时间"),
    drops=EVERYWHERE,
)
ONE_ROW_MORE = replace(
    NEWCOMER, name="新来的一行", steps=(twice("户年度"),), finds=finds("KEY-01 户年度.户编号")
)
LARGE = [sample for sample in PLANTED if len(sample.chosen(FAULTS)) > 20]

# By day the register and the keys of all; what would become of a sample with other faults is asked of one.
TRIED = PLANTED if is_night() else LARGE[:1]

every_sample = pytest.mark.parametrize("sample", PLANTED, ids=lambda sample: f"{sample.drop}{sample.local}")
tried_samples = pytest.mark.parametrize("sample", TRIED, ids=lambda sample: f"{sample.drop}{sample.local}")
large_samples = pytest.mark.parametrize(
    "sample", LARGE if is_night() else LARGE[:1], ids=lambda sample: sample.drop
)


def told(answers: Iterable[Answer], *, cells: bool = True) -> Counter[tuple[str, ...]]:
    """The key's entries, with the cell in its sheet or without."""
    return Counter(tuple(answer.told().values())[: None if cells else -1] for answer in answers)


@cache
def made(sample: Sample) -> Made:
    return make(sample, REGISTER[sample.folder])


def made_with(newcomer: Fault, sample: Sample) -> Made:
    """The sample with a fault more, in the middle of the list."""
    middle = len(FAULTS) // 2
    return make(sample, REGISTER[sample.folder], [*FAULTS[:middle], newcomer, *FAULTS[middle:]])


@every_sample
def test_the_register_is_current(sample: Sample) -> None:
    kept = REGISTER[sample.folder].items()
    assert made(sample).places == {fault: tuple(numbers) for fault, numbers in kept}


@every_sample
def test_the_key_is_current(sample: Sample) -> None:
    """That the files beside it are, too, is asked by night."""
    kept = json.loads((SAMPLES_FOLDER / sample.folder / "key.json").read_text(encoding="utf-8"))
    written, expected = Counter(tuple(entry.values()) for entry in kept), told(made(sample).key)
    assert expected - written == Counter()
    # What is expected besides is of the spoiled files, which are made while the folder is written.
    assert bool(written - expected) == bool(SPOILED.get(sample.drop))


@tried_samples
def test_a_newcomer_moves_nobody(sample: Sample) -> None:
    """Every other finding is still expected, of the same household at the same cell."""
    before, after = made(sample), made_with(NEWCOMER, sample)
    assert before.places.items() <= after.places.items()
    assert told(before.key) - told(after.key) == Counter()
    ((rule, _, household, *_),) = told(after.key) - told(before.key)
    assert (rule, household) == ("CEL-01", *after.places[NEWCOMER.name])


@large_samples
def test_a_newcomer_with_a_row_shifts_only_rows_below_it(sample: Sample) -> None:
    """The same, but for the numbers of those rows."""
    before, after = made(sample), made_with(ONE_ROW_MORE, sample)
    assert before.places.items() <= after.places.items()
    assert told(before.key, cells=False) - told(after.key, cells=False) == Counter()
    files = {file for *_, file, _, _ in told(before.key) - told(after.key)}
    assert all("户信息" in file or "户收入" in file or "户年度" in file for file in files)


@tried_samples
def test_who_goes_moves_nobody(sample: Sample) -> None:
    stays = sample.chosen(FAULTS)[::3]
    seats = seat(clean_county(sample), stays, sample.folder, REGISTER[sample.folder])
    assert {fault.name: case.numbers for fault, case in seats} == {
        fault.name: made(sample).places[fault.name] for fault in stays
    }


@large_samples
def test_the_order_of_the_faults_means_nothing(sample: Sample) -> None:
    """Not even where nothing is in the register yet."""
    chosen = sample.chosen(FAULTS)
    mixed = random.Random(5).sample(chosen, len(chosen))
    one, other = (
        [(fault.name, case.numbers) for fault, case in seat(clean_county(sample), faults, "", {})]
        for faults in (chosen, mixed)
    )
    assert one == other


@large_samples
@pytest.mark.parametrize("chance", "甲乙丙" if is_night() else "甲")
def test_a_fault_can_be_planted_wherever_it_says(sample: Sample, chance: str) -> None:
    for fault, case in seat(clean_county(sample), sample.chosen(FAULTS), chance, {}):
        assert len(inflict(fault, case)) == len(fault.finds)


def test_of_two_with_one_household_one_looks_for_another() -> None:
    """As when two people add a fault at the same time."""
    county = list(villages(1, Shape(1, 15, 1)))
    first = county[0].dossiers[0].household.text("户编号")
    both = [NEWCOMER, ONE_ROW_MORE]
    seats = {
        fault.name: case.numbers
        for fault, case in seat(county, both, "", {fault.name: [first] for fault in both})
    }
    assert [first] in map(list, seats.values())
    assert len(set(seats.values())) == 2


def test_who_finds_no_household_is_told_who_has_them() -> None:
    county = list(villages(1, Shape(1, 15, 1)))
    head = county[0].dossiers[0].household.values["户主姓名"]
    only = [
        replace(fault, where=lambda dossier: dossier.household.values["户主姓名"] == head)
        for fault in (NEWCOMER, ONE_ROW_MORE)
    ]
    with pytest.raises(LookupError, match=r"no household is left for 新来的.*: 1 would do, held by 新来的"):
        seat(county, only, "", {})


def test_in_a_large_county_a_newcomer_takes_only_the_households_it_wins() -> None:
    faults = [fault for fault in FAULTS if fault.drops & BOTH and not fault.companions]
    expected = [
        [
            (each.rule, each.household, each.record.ledger, each.field)
            for village in villages(3, Shape(3, 40, 3))
            for each in scatter(village, chosen, 0.5, seed=3)
        ]
        for chosen in (faults, [*faults[:50], NEWCOMER, *faults[50:]])
    ]
    before, after = map(set, expected)
    won = {household for rule, household, _, field in after - before}
    assert {(rule, field) for rule, _, _, field in after - before} == {("CEL-01", "务工时间")}
    assert {household for _, household, *_ in before - after} <= won
    assert 0 < len(won) < 10
