"""The exam: with every ledger delivered, what was planted is found at its cell, and a clean county is silent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from county.clean.other_years import shift
from county.clean.village import Shape, villages
from county.drops.all_drops import DROPS
from county.sheets.book import write
from fupin_audit import audit
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.rulepack.checks.checking import SCREENS
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from samples_audited import SAMPLES, SampleAudits
from two_drops.test_changes import CASES

EXAMS = {
    "old": "考核样例-2020",
    "new": "考核样例-2021",
    "later": "考核样例-2023",
    "field": "考核样例-实地",
    "yunyang": "考核样例-云阳",
    "ziyang": "考核样例-资阳",
    "xinbin": "考核样例-新宾",
    "xinbin-2018": "考核样例-新宾2018",
    "jinzhou": "考核样例-锦州",
}
# By day one with every ledger; before a change lands both generations, the field check, and of the places one of that
# year and one of an earlier.
EXAMS_BEFORE_LANDING = {"old", "field", "yunyang", "xinbin-2018"}
EXAMS_AT_NIGHT = {"later", "ziyang", "xinbin", "jinzhou"}
EXPORTS = ("清河县-2023", "清河县-2025")
OTHERS = ("清河县", "清河县-2021", "抚顺样例", *EXPORTS)
FUSHUN = ("辽宁省", "抚顺市", "云溪县")
XINBIN = ("辽宁省", "抚顺市", "新宾满族自治县")
QINGYUAN = ("辽宁省", "抚顺市", "清原满族自治县")
FUSHUN_COUNTY = ("辽宁省", "抚顺市", "抚顺县")
JINZHOU = ("辽宁省", "锦州市", "义县")
ZIYANG = ("四川省", "资阳市", "安岳县")
YUNYANG = ("重庆市", "重庆市", "云阳县")
ELSEWHERE = ("安和省", "云川市", "清河县")
EVERYWHERE = (FUSHUN, XINBIN, QINGYUAN, FUSHUN_COUNTY, JINZHOU, ZIYANG, YUNYANG, ELSEWHERE)
GENERATED_IN = 2020

# Rules that compare two drops are broken where there are two.
BETWEEN_DROPS = frozenset(rule for case in CASES for rule, *_ in case.told)
LEDGERS_ELSEWHERE = {
    "往年人口": "no sheet but an earlier year's rows of 人口, delivered in the new generation (EDU-17)",
}


@dataclass(frozen=True)
class Run:
    """One audit of clean counties side by side, each judged by the figures of its place and year."""

    drop: str
    year: int
    places: tuple[tuple[str, str, str], ...]
    floor: float = 5200


# Before a change lands every place once, and both generations of exports; by night the years and ledgers that the exams above show
# silent too, household by household, where nothing is planted.
RUNS = (
    Run("exam-2020", 2020, EVERYWHERE),
    Run("exam-2021", 2021, (JINZHOU, ELSEWHERE), floor=6200),
)
AT_NIGHT = (
    Run("exam-2021", 2021, (FUSHUN, YUNYANG, ELSEWHERE), floor=6200),
    Run("exam-2021", 2020, EVERYWHERE),
    Run("exam-field", 2020, (FUSHUN, ELSEWHERE)),
    Run("exam-2020", 2018, (XINBIN, ZIYANG, ELSEWHERE)),
    Run("exam-2021", 2023, (FUSHUN, YUNYANG, ELSEWHERE), floor=6200),
    Run("exam-2023", 2023, (FUSHUN, YUNYANG, ELSEWHERE), floor=6200),
)


def _key(folder: str) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads((SAMPLES / folder / "key.json").read_text(encoding="utf-8"))
    return entries


def _answer(finding: Finding) -> tuple[str, ...]:
    first = finding.locations[0]
    where = (first.file, first.sheet, first.cell)
    return (finding.rule, finding.severity.value, finding.household, finding.person, first.field, *where)


def when_run(exam: str) -> Sequence[pytest.MarkDecorator]:
    if exam in EXAMS_AT_NIGHT:
        return (pytest.mark.nightly,)
    return (pytest.mark.slow,) if exam in EXAMS_BEFORE_LANDING else ()


@pytest.mark.parametrize(
    "exam",
    [pytest.param(folder, id=name, marks=when_run(name)) for name, folder in EXAMS.items()],
)
def test_findings_are_the_answer_key(exam: str, audits: SampleAudits) -> None:
    expected = Counter(tuple(entry.values()) for entry in _key(exam))
    found = Counter(_answer(finding) for finding in audits.of(exam).records)
    assert sorted(expected - found) == []
    assert sorted(found - expected) == []


@pytest.mark.nightly
def test_every_ledger_is_delivered(audits: SampleAudits) -> None:
    delivered = {
        ledger for exam in EXAMS.values() for sheet in audits.of(exam).inputs for ledger in sheet.ledgers
    }
    assert {ledger.title for ledger in LEDGERS} - delivered == LEDGERS_ELSEWHERE.keys()


def test_every_rule_is_broken_somewhere() -> None:
    planted = {entry["rule"] for folder in (*EXAMS.values(), *OTHERS) for entry in _key(folder)}
    screens = set(SCREENS)  # broken by a village, not a cell: those made up are in tests/screening
    assert sorted(load_catalogue().rules.keys() - planted - BETWEEN_DROPS - screens) == []


@pytest.mark.parametrize("sample", EXPORTS)
def test_the_exports_of_later_years_say_what_is_planted(sample: str, audits: SampleAudits) -> None:
    """What is graver than a hint; the columns without rows behind them are hints in these alone."""
    expected = [entry for entry in _key(sample) if entry["severity"] != "info"]
    found = [item for item in audits.of(sample).records if item.severity is not Severity.INFO]
    assert sorted(map(_answer, found)) == sorted(tuple(entry.values()) for entry in expected)
    assert audits.of(sample).as_of.year == int(sample[-4:])


@pytest.mark.parametrize("sample", EXPORTS)
def test_the_same_county_with_nothing_planted_is_silent(sample: str, audits: SampleAudits) -> None:
    found = audits.of(f"{sample}-无误").records
    assert [item.message for item in found if item.severity is not Severity.INFO] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "run",
    [*RUNS, *(pytest.param(run, marks=pytest.mark.nightly) for run in AT_NIGHT)],
    ids=lambda run: f"{run.drop}-in-{run.year}-of-{len(run.places)}",
)
def test_clean_counties_are_silent(run: Run, tmp_path: Path) -> None:
    drop = DROPS[run.drop]
    for order, place in enumerate(run.places):
        county = list(villages(7, Shape(1, 20, 1, *place, start=order, floor=run.floor), drop.families))
        shift(county, run.year - GENERATED_IN)
        folder = tmp_path / place[-1]
        folder.mkdir()
        for book in drop.books(county):
            write(book, folder)
    result = audit(tmp_path)
    told = [
        (each.rule, each.county, each.message, str(each.locations[0]))
        for each in result.records
        if each.severity is not Severity.INFO
    ]
    assert told == []
    assert result.as_of.year == run.year
    assert not result.unreadable
