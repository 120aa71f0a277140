"""The exam: with every ledger delivered, what was planted is found at its cell, and a clean county is silent."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from county.books import write
from county.exam import EXAM_DROPS
from county.further.registry import FAMILIES
from county.village import Shape, villages
from fupin_audit import audit
from fupin_audit.finding import AuditResult, Finding, Severity
from fupin_audit.options import Options
from fupin_audit.projectfile import find_project

SAMPLES = Path(__file__).parents[1] / "samples"
EXAMS = ("考核样例-2020", "考核样例-2021")
OTHERS = ("清河县", "清河县-2021", "抚顺样例")
PLACES = (
    ("辽宁省", "抚顺市", "云溪县"),
    ("辽宁省", "抚顺市", "新宾满族自治县"),
    ("辽宁省", "抚顺市", "清原满族自治县"),
    ("辽宁省", "抚顺市", "抚顺县"),
    ("辽宁省", "锦州市", "义县"),
    ("四川省", "资阳市", "安岳县"),
    ("重庆市", "重庆市", "云阳县"),
    ("安和省", "云川市", "清河县"),
)
VILLAGES = 2  # a county


def _options(folder: Path) -> Options:
    """The parameters that the exam's project file settles."""
    path = folder / "fupin-audit.toml"
    return Options(parameters=find_project(path).said.parameters) if path.is_file() else Options()


@cache
def _audited(exam: str) -> AuditResult:
    return audit(SAMPLES / exam, options=_options(SAMPLES / exam))


def _key(folder: str) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads((SAMPLES / folder / "key.json").read_text(encoding="utf-8"))
    return entries


def _answer(finding: Finding) -> tuple[str, ...]:
    first = finding.locations[0]
    where = (first.file, first.sheet, first.cell)
    return (finding.rule, finding.severity.value, finding.household, finding.person, first.field, *where)


@pytest.mark.parametrize("exam", EXAMS)
def test_findings_are_the_answer_key(exam: str) -> None:
    expected = Counter(tuple(entry.values()) for entry in _key(exam))
    found = Counter(_answer(finding) for finding in _audited(exam).records)
    assert sorted(expected - found) == []
    assert sorted(found - expected) == []


@pytest.mark.parametrize("drop", sorted(EXAM_DROPS))
def test_clean_counties_are_silent(drop: str, tmp_path: Path) -> None:
    """One run over a county of every place, each judged by its own figures."""
    for order, place in enumerate(PLACES):
        county = list(villages(7, Shape(VILLAGES, 20, VILLAGES, *place, order * VILLAGES), FAMILIES))
        folder = tmp_path / place[-1]
        folder.mkdir()
        for book in EXAM_DROPS[drop](county):
            write(book, folder)
    result = audit(tmp_path)
    told = [
        (each.rule, each.county, each.message, str(each.locations[0]))
        for each in result.records
        if each.severity is not Severity.INFO
    ]
    assert told == []
    assert not result.unreadable
