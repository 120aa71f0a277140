"""Judge a whole delivery by a catalogue: every rule either ran or says why not (D5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np

from fupin_audit.delivery import Delivery
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.database.remembered_answers import KeptAnswers, answering
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.loaded.named_villages import with_villages
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.sheet_places import SheetPlaces, sheet_places
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.engine.telling.after_findings import asks_of_findings, told_of_findings
from fupin_audit.engine.telling.as_findings import order
from fupin_audit.engine.telling.grounds import doubts
from fupin_audit.engine.telling.outvoted import books_of, without_outvoted
from fupin_audit.engine.telling.placed_rows import PlacedRows, placed_rows
from fupin_audit.engine.telling.rechecking import all_rows
from fupin_audit.engine.telling.rule_runs import RuleTeller, ToldRule, rule_teller
from fupin_audit.engine.telling.screen_findings import is_screen, told_of_screens
from fupin_audit.engine.telling.suspects import joined
from fupin_audit.engine.telling.wrong_unit import with_wrong_units
from fupin_audit.progress import Progress
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Place
from fupin_audit.results.recheck import OpenFinding, Rechecked
from fupin_audit.results.rule_run import RuleRun
from fupin_audit.results.screens import Screens
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.packs.pack import Catalogue

Rules: TypeAlias = Mapping[str, Sequence[AnyRule]]
JUDGES = 2  # rules judged at a time: while one is worked out in the database, the next is compiled


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a run besides its findings.

    Attributes:
        reveal: show personal data in full.
        watched: earlier findings; of those that are not found again is told whether they were looked at.
        kept: what queries gave before; None where nothing is to be kept.
    """

    reveal: bool = False
    watched: Sequence[OpenFinding] = ()
    kept: KeptAnswers | None = None


@dataclass(frozen=True)
class Judgement:
    """What a run of all rules gives.

    Attributes:
        rules: one RuleRun a rule.
        findings: in order.
        households: how many there are at each place.
        packs: titles of the packs in force.
        sheets: the places the rows of each sheet are of.
        placed: whose village the rows are.
        rechecked: fingerprint → what became of an earlier finding that was not found again.
        screens: every statistical test, and what shows it.
    """

    rules: tuple[RuleRun, ...]
    findings: tuple[Finding, ...]
    households: Mapping[Place, int]
    packs: tuple[str, ...]
    sheets: SheetPlaces = field(default_factory=dict)
    placed: PlacedRows = field(default_factory=PlacedRows)
    rechecked: Mapping[str, Rechecked] = field(default_factory=dict)
    screens: Screens = field(default_factory=Screens)


def judge_delivery(
    delivery: Delivery,
    catalogue: Catalogue,
    as_of: date,
    *,
    wanted: Wanted = Wanted(),
    progress: Progress | None = None,
) -> Judgement:
    """Judge every row of every ledger by every rule.

    Args:
        delivery: what was read.
        catalogue: rules, derived fields, parameters; already checked.
        as_of: the date ages and years are counted at.
        wanted: how findings are told, and what is told besides.
        progress: called with (rule id, rules done, of how many).

    Raises:
        OutputError: what queries gave can't be kept.
    """
    with answering(wanted.kept) as answers, open_database(answers=answers) as database:
        linked = open_delivery(database, with_villages(delivery, as_of.year), catalogue, as_of)
        teller = rule_teller(linked, Subjects(linked.session, reveal=wanted.reveal), wanted.watched)
        told = rules_told(teller, rules_of_rows(catalogue), progress)
        about = about_rows(teller)
        last = told_of_findings(delivery, catalogue, as_of, told.findings, reveal=wanted.reveal)
        return judgement(teller, told, last, about)


@dataclass(frozen=True)
class ToldRules:
    """What came of rules: each by itself, and the findings of all with what they say of each other."""

    rules: Sequence[ToldRule]
    findings: Sequence[Finding]


def rules_of_rows(catalogue: Catalogue) -> Rules:
    """The rules that ask nothing of the others, in the catalogue's order."""
    return {
        name: entries
        for name, entries in catalogue.rules.items()
        if not (is_screen(entries) or asks_of_findings(catalogue, entries))
    }


def rules_told(teller: RuleTeller, rules: Rules, progress: Progress | None) -> ToldRules:
    """Judge rules, and tell what they found with the cells that are probably wrong."""
    told = list(_told(teller, rules, progress))
    books = books_of(target for rule in told for target, _ in rule.speaking)
    found = list(without_outvoted([finding for rule in told for finding in rule.findings], books))
    doubted = doubts(teller.linked, teller.subjects, (item for rule in told for item in rule.speaking))
    found = list(doubted.told(found, joined(rule.grounds for rule in told)))
    return ToldRules(told, list(with_wrong_units(found, books)))


@dataclass(frozen=True)
class AboutRows:
    """What a run says of its rows besides what rules find, as `Judgement` has it."""

    households: Mapping[Place, int]
    sheets: SheetPlaces
    placed: PlacedRows
    screened: Sequence[ToldRule]
    screens: Screens


def about_rows(teller: RuleTeller) -> AboutRows:
    """How many households there are where, whose the rows are, and what the screens say of them."""
    session, subjects = teller.linked.session, teller.subjects
    sheets, placed = sheet_places(session, subjects), placed_rows(session, subjects)
    return AboutRows(_households(session, subjects), sheets, placed, *told_of_screens(session, subjects))


def judgement(teller: RuleTeller, told: ToldRules, last: Iterable[ToldRule], about: AboutRows) -> Judgement:
    """What all rules gave, `last` those that ask of the findings of the others."""
    besides = [*about.screened, *last]
    found = [*told.findings, *(finding for rule in besides for finding in rule.findings)]
    runs = {rule.run.id: rule.run for rule in (*told.rules, *besides)}
    rechecked = teller.lookout.told(
        runs,
        {finding.fingerprint for finding in found},
        all_rows(rule.watched for rule in told.rules),
        {(rule.run.id, ledger): areas for rule in told.rules for ledger, areas in rule.lacking.items()},
    )
    session = teller.linked.session
    return Judgement(
        tuple(runs[name] for name in session.catalogue.rules),
        tuple(sorted(found, key=order)),
        about.households,
        session.packs_in_force,
        about.sheets,
        about.placed,
        rechecked,
        about.screens,
    )


def _told(teller: RuleTeller, rules: Rules, progress: Progress | None) -> Iterator[ToldRule]:
    """What came of every rule, in their order."""
    with ThreadPoolExecutor(JUDGES) as judges:
        judged = judges.map(teller.rule, rules.values())
        for number, rule_id in enumerate(rules):
            if progress:
                progress(rule_id, number, len(rules))
            yield next(judged)


def _households(session: Session, subjects: Subjects) -> Mapping[Place, int]:
    """The households of every place."""
    if "户" not in session.delivery.tables:
        return {}
    numbers = np.bincount(session.place_numbers("户"))
    found = Counter[Place]()
    for number in np.flatnonzero(numbers).tolist():
        found[subjects.place(number)] += int(numbers[number])
    return found
