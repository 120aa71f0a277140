"""Without a ledger or a column: no traceback, no finding there was none before, and each rule says what it went without.

An exam county, which has every ledger, is read and judged once; then each ledger, and each column of the main
ones, is taken out of what was read, and the rules that rest on it are judged again. By day several are taken out at
once of which no rule rests on two, so that each rule lacks one thing as if it were alone, and nearly every rule lacks
something; the second and third thing a rule rests on wait for the night, when every one is taken out by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from fupin_audit.rulepack.checks.used_fields import fields_of
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
Lost = tuple[str, str]
"""A ledger, and the column that is taken out of it; none where the whole ledger is."""
LOST: list[Lost] = [*((title, "") for title in TITLES), *COLUMNS]
# What is asked of every rule about members without its saying so: who is still one. Without it, all are.
UNSAID = [("人口", "成员状态")]
ENOUGH = 70  # rules that lack something in a group by day; of 340 rules nearly all then lack something once
# What these rules look for stands in two places: where one is not delivered, the other is judged, and in full.
# Of 户, DEP-02 only adds the village to what it says.
ELSEWHERE = frozenset(
    {"INC-02", "INC-06", "INC-07", "INC-17", "SEC-06", "MON-01", "HOU-17", "CRD-07", "DEP-02"}
)
# 人口 says itself that nobody works; a roster can only say otherwise, and where it can't be looked up that is told.
BY_THE_RECORD = frozenset({"EMP-01"})
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
    entries = [entry for rule in rules for entry in catalogue.rules[rule]]
    looked_at = None if derive else fields_of(catalogue, entries)
    with open_database() as database:
        linked = open_delivery(database, delivery, catalogue, prepared.as_of, looked_at)
        teller = rule_teller(linked, Subjects(linked.session, reveal=False))
        told = {rule: teller.rule(prepared.catalogue.rules[rule]) for rule in rules}
        return {rule: (said.run, said.findings) for rule, said in told.items()}


@cache
def exam() -> Exam:
    options = Options(parameters=find_project(EXAM / "fupin-audit.toml").said.parameters)
    prepared = prepare([EXAM], options=options)
    needs = rested_on()
    return Exam(prepared, needs, judged(prepared, prepared.delivery, needs, derive=True))


@cache
def rested_on() -> Mapping[str, Needs]:
    """Rule → ledger → fields; rules on every ledger rest on none in particular, and are left out."""
    catalogue = load_catalogue()
    known = Dependencies.of(catalogue.vocabulary)
    found: dict[str, dict[str, set[str]]] = {}
    for rule, entries in catalogue.rules.items():
        for entry in entries:
            for title, fields in known.fields(entry).items():
                found.setdefault(rule, {}).setdefault(title, set()).update(fields)
    return found


def wrong(before: Judged, after: Judged, allowed: Collection[str]) -> list[tuple[str, str]]:
    """Findings that were not there while everything was, neither at the cell nor of the person or household.

    Without 人口 nobody has the number of the system, so a row of a department's list has another fingerprint.
    """
    known = {rule: {whose(finding) for finding in findings} for rule, (_, findings) in before.items()}
    there = {(rule, finding.locations[:1]) for rule, (_, findings) in before.items() for finding in findings}
    return [
        (rule, finding.message)
        for rule, (_, findings) in after.items()
        if rule not in allowed
        for finding in findings
        if (rule, finding.locations[:1]) not in there and whose(finding) not in known[rule]
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


@cache
def resting_on(lost: Lost) -> frozenset[str]:
    """The rules that rest on a ledger, or on a column."""
    title, name = lost
    return frozenset(
        rule for rule, needs in rested_on().items() if title in needs and (not name or name in needs[title])
    )


def at_once() -> list[tuple[Lost, ...]]:
    """What is taken out at once: of one group no rule rests on two."""
    groups: list[tuple[list[Lost], set[str]]] = []
    together = [lost for lost in LOST if lost not in UNSAID and resting_on(lost)]
    for lost in sorted(together, key=lambda lost: len(resting_on(lost)), reverse=True):
        free = next((group for group in groups if group[1].isdisjoint(resting_on(lost))), None)
        if free is None:
            groups.append(free := ([], set()))
        free[0].append(lost)
        free[1].update(resting_on(lost))
    return [tuple(chosen) for chosen, rules in groups if len(rules) >= ENOUGH]


def name_of(lost: Lost) -> str:
    title, name = lost
    return "-".join(filter(None, (ledger(title).__name__, name)))


def without(delivery: Delivery, lost: Lost) -> Delivery:
    """The delivery without a ledger, or without a column of one."""
    title, name = lost
    others = {other: rows for other, rows in delivery.tables.items() if other != title}
    if not name:
        return replace(delivery, tables=others)
    table = delivery.tables[title]
    lesser = replace(table, data=table.data.drop_columns([name]))
    return replace(delivery, tables={**others, title: lesser})


def check_without(*lost: Lost) -> None:
    """The rules that rest on what is taken out say so, and accuse nobody whom they did not accuse before."""
    county = exam()
    delivery = county.prepared.delivery
    there = [(title, name) for title, name in lost if not name or name in delivery.tables[title].fields]
    for one in there:
        delivery = without(delivery, one)
    after = county.without(delivery, {rule for one in there for rule in resting_on(one)})
    for one in there:
        check_told(county, one, {rule: after[rule] for rule in resting_on(one)})


def check_told(county: Exam, lost: Lost, after: Judged) -> None:
    title, name = lost
    optional = {rule for rule in after if not name and title in county.optional(rule)} | BY_THE_RECORD
    assert (lost, wrong(county.full, after, optional)) == (lost, [])
    if name:
        stopped = [
            run for rule, (run, _) in after.items() if run.status != county.full[rule][0].status == "ran"
        ]
        assert (lost, [run.id for run in stopped if f"“{name}”" not in run.reason]) == (lost, [])
    else:
        own = {rule: county.needs[rule] for rule in after}
        assert (lost, silent(county.full, after, title, own)) == (lost, [])


@pytest.mark.slow
def test_every_ledger_is_there_to_be_taken_out() -> None:
    assert set(TITLES) <= exam().prepared.delivery.tables.keys()


@pytest.mark.slow
@pytest.mark.parametrize("lost", at_once(), ids=lambda lost: f"{name_of(lost[0])}+{len(lost) - 1}")
def test_without_several_at_once(lost: tuple[Lost, ...]) -> None:
    check_without(*lost)


@pytest.mark.nightly
@pytest.mark.parametrize("lost", LOST, ids=name_of)
def test_without_one(lost: Lost) -> None:
    check_without(lost)
