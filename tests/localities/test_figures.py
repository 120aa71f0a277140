"""A value just inside and just outside a locality's own figures is judged as its document says, naming the clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from books import catalogue
from effort import some_by_day
from fupin_audit.engine.database.duckdb import Database
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.engine.proving.examples import example
from fupin_audit.engine.telling.rule_runs import rule_teller
from fupin_audit.results.finding import Finding
from fupin_audit.rulepack.checks.dependencies import Dependencies
from fupin_audit.rulepack.checks.used_fields import fields_of

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")
)
OUTSIDE = [case for case in CASES if "outside" in case]


def named(cases: Sequence[Mapping[str, Any]]) -> list[str]:
    """The place's pack as a number, the rule, the day."""
    places = list(dict.fromkeys(case["place"]["县"] for case in CASES))
    return [f"{places.index(case['place']['县'])}-{case['rule']}-{case['day']}" for case in cases]


@cache
def dependencies() -> Dependencies:
    return Dependencies.of(catalogue().vocabulary)


def ledgers_of(rule: str) -> set[str]:
    """The ledgers a rule looks at."""
    return {title for entry in catalogue().rules[rule] for title in dependencies().fields(entry)}


def judged(database: Database, case: Mapping[str, Any], rows: Rows) -> Sequence[Finding]:
    """What the rule says of these rows in that place, by the packs in force there."""
    known = catalogue().vocabulary.ledgers
    placed = {
        title: [
            {**{name: text for name, text in case["place"].items() if name in known[title].columns()}, **row}
            for row in listed
        ]
        for title, listed in {"户": [{}], **rows}.items()
    }
    described = {**placed, "截止日期": case["day"]}
    entries = catalogue().rules[case["rule"]]
    rows_there, within, day = example(catalogue(), "户", described, ledgers_of(case["rule"]))
    database.clear()
    looked_at = fields_of(within, entries)
    linked = open_delivery(database, rows_there, replace(within, unbounded=False), day, looked_at)
    return rule_teller(linked, Subjects(linked.session, reveal=False)).rule(entries).findings


@pytest.mark.parametrize("case", some_by_day(CASES), ids=named(CASES))
def test_a_value_inside_the_figure_is_silent(proving: Database, case: Mapping[str, Any]) -> None:
    assert [finding.message for finding in judged(proving, case, case["inside"])] == []


@pytest.mark.parametrize("case", some_by_day(OUTSIDE), ids=named(OUTSIDE))
def test_a_value_outside_is_found_by_the_clause_of_the_place(
    proving: Database, case: Mapping[str, Any]
) -> None:
    (finding,) = judged(proving, case, case["outside"])
    assert finding.rule == case["rule"]
    if case["clause"]:
        assert finding.basis[0] == case["clause"]
