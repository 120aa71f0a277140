"""Without a ledger or a column: no traceback, no finding there was none before, and each rule says what it went without.

An exam county, which has every ledger, is read and judged once; then each ledger, and each column of the main
ones, is taken out of what was read, and the rules that rest on it are judged again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from fupin_audit.audit import Prepared, prepare
from fupin_audit.delivery import Delivery
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.engine.telling.rule_runs import rule_teller
from fupin_audit.ledgers.registry import LEDGERS, ledger
from fupin_audit.options import Options
from fupin_audit.projectfile import find_project
from fupin_audit.results.finding import Finding
from fupin_audit.results.rule_run import RuleRun
from fupin_audit.rulepack.checks.dependencies import Dependencies
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from test_exam import LEDGERS_ELSEWHERE

EXAM = Path(__file__).parents[1] / "samples" / "考核样例-2021"
# Delivered in the exam of the field check alone.
FIELD_CHECK = ("入户核查", "入户核查人口")
TITLES = [model.title for model in LEDGERS if model.title not in (*LEDGERS_ELSEWHERE, *FIELD_CHECK)]
MAIN = ("户", "人口", "户年度")
COLUMNS = [
    (title, name)
    for title in MAIN
    for name in ledger(title).columns()
    if name not in (*ledger(title).key, *ledger(title).anchors)
]
# What these rules look for stands in two places: where one is not delivered, the other is judged, and in full.
# Of 户, DEP-02 only adds the village to what it says.
ELSEWHERE = frozenset(
    {"INC-02", "INC-06", "INC-07", "INC-17", "SEC-06", "MON-01", "HOU-17", "CRD-07", "DEP-02"}
)
# Before 2021 nobody was monitored.
SINCE_2021 = frozenset({"TGT-08"})

Judged = Mapping[str, tuple[RuleRun, Sequence[Finding]]]
Needs = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Exam:
    """A county that was read once, what each rule rests on, and what all rules say."""

    prepared: Prepared
    needs: Mapping[str, Needs]
    full: Judged

    def without(self, delivery: Delivery, rules: Collection[str]) -> Judged:
        """What these rules say of a lesser delivery, of which only the ledgers they look at are loaded."""
        wanted = {"户", "人口", *(title for rule in rules for title in self.needs[rule])}
        tables = {title: table for title, table in delivery.tables.items() if title in wanted}
        return judged(self.prepared, replace(delivery, tables=tables), rules)

    def optional(self, rule: str) -> set[str]:
        """Ledgers the rule counts as empty where they were not delivered."""
        entries = self.prepared.catalogue.rules[rule]
        return {title for entry in entries for title in getattr(entry, "optional", ())}


def judged(prepared: Prepared, delivery: Delivery, rules: Collection[str], *, derive: bool = False) -> Judged:
    # what other places' documents ask for is tried, too
    catalogue = replace(prepared.catalogue, unbounded=True)
    with open_database() as database:
        linked = open_delivery(database, delivery, catalogue, prepared.as_of, derive=derive)
        teller = rule_teller(linked, Subjects(linked.session, reveal=False))
        told = {rule: teller.rule(prepared.catalogue.rules[rule]) for rule in rules}
        return {rule: (said.run, said.findings) for rule, said in told.items()}


@cache
def exam() -> Exam:
    options = Options(parameters=find_project(EXAM / "fupin-audit.toml").said.parameters)
    prepared = prepare([EXAM], options=options)
    needs = dict(rested_on())
    return Exam(prepared, needs, judged(prepared, prepared.delivery, needs, derive=True))


def rested_on() -> Iterator[tuple[str, Needs]]:
    """Rule → ledger → fields; rules on every ledger rest on none in particular, and are left out."""
    catalogue = load_catalogue()
    known = Dependencies.of(catalogue.vocabulary)
    for rule, entries in catalogue.rules.items():
        found: dict[str, set[str]] = {}
        for entry in entries:
            for title, fields in known.fields(entry).items():
                found.setdefault(title, set()).update(fields)
        if found:
            yield rule, found


def wrong(before: Judged, after: Judged, allowed: Collection[str]) -> list[tuple[str, str]]:
    """Findings that were not there while everything was, of whom there was none."""
    known = {rule: {whose(finding) for finding in findings} for rule, (_, findings) in before.items()}
    there = {finding.fingerprint for _, findings in before.values() for finding in findings}
    return [
        (rule, finding.message)
        for rule, (_, findings) in after.items()
        if rule not in allowed
        for finding in findings
        if finding.fingerprint not in there and whose(finding) not in known[rule]
    ]


def whose(finding: Finding) -> tuple[str, ...]:
    """Household and person; the place only where there is none, for it is lost with 户 and with its columns."""
    return finding.ledger, finding.household or str(finding.place), finding.person_id


def silent(before: Judged, after: Judged, lost: str, own: Mapping[str, Collection[str]]) -> list[str]:
    """Rules that name neither what was lost nor a ledger of their own without which nothing was to be judged.

    What is not judged of the whole delivery either has nothing more to say of a lesser one.
    """
    return [
        rule
        for rule, (run, _) in after.items()
        if rule not in ELSEWHERE | SINCE_2021
        and not (run.status == "not_checked" and run == before[rule][0])
        and lost not in "；".join((run.reason, *run.notes))
        and not (run.status == "not_checked" and any(title in run.reason for title in own[rule]))
    ]


@pytest.mark.parametrize("title", TITLES, ids=[ledger(title).__name__ for title in TITLES])
def test_without_a_ledger(title: str) -> None:
    county = exam()
    delivery = county.prepared.delivery
    assert title in delivery.tables
    left = replace(delivery, tables={name: rows for name, rows in delivery.tables.items() if name != title})
    rules = [rule for rule, needs in county.needs.items() if title in needs]
    after = county.without(left, rules)
    optional = {rule for rule in rules if title in county.optional(rule)}
    assert wrong(county.full, after, optional) == []
    own = {rule: county.needs[rule] for rule in rules}
    assert silent(county.full, after, title, own) == []


@pytest.mark.parametrize(("title", "name"), COLUMNS, ids=[f"{ledger(t).__name__}-{n}" for t, n in COLUMNS])
def test_without_a_column(title: str, name: str) -> None:
    county = exam()
    delivery = county.prepared.delivery
    table = delivery.tables[title]
    if name not in table.fields:
        return
    lesser = replace(table, data=table.data.drop_columns([name]))
    left = replace(delivery, tables={**delivery.tables, title: lesser})
    rules = [rule for rule, needs in county.needs.items() if name in needs.get(title, ())]
    after = county.without(left, rules)
    assert wrong(county.full, after, ()) == []
    stopped = [run for rule, (run, _) in after.items() if run.status != county.full[rule][0].status == "ran"]
    assert [run.id for run in stopped if f"“{name}”" not in run.reason] == []
