"""Judge a whole delivery by a catalogue: every rule either ran or says why not (D5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from fupin_audit.delivery import Delivery
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.judging import cell_checks
from fupin_audit.engine.judging.failures import once_per
from fupin_audit.engine.judging.unlike_keys import mismatch
from fupin_audit.engine.judging.verdicts import judge, without_repeats
from fupin_audit.engine.loaded.session import Session, open_session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.engine.telling import sheet_findings
from fupin_audit.engine.telling.as_findings import findings, order
from fupin_audit.engine.telling.basis import Citations
from fupin_audit.engine.telling.grounds import Doubts
from fupin_audit.progress import Progress
from fupin_audit.results.finding import Counts, Finding, Location, Place, RuleRun, Severity
from fupin_audit.rulepack.declared.entries import AnyRule, expressions
from fupin_audit.rulepack.declared.reserved_words import THIS_COLUMN
from fupin_audit.rulepack.declared.rule import CellRule, Reconciliation, Rule
from fupin_audit.rulepack.language.derivation import levels
from fupin_audit.rulepack.language.expression import names_in
from fupin_audit.rulepack.language.pairing_keys import pairing_of
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.reconciliations.expanding import expand
from fupin_audit.rulepack.showing.describe import address

JUDGES = 2  # rules judged at a time: while one is worked out in the database, the next is compiled


@dataclass(frozen=True)
class Judgement:
    """What a run of all rules gives: one RuleRun a rule, the findings in order, households by place, packs in force."""

    rules: tuple[RuleRun, ...]
    findings: tuple[Finding, ...]
    households: Mapping[Place, int]
    packs: tuple[str, ...]


class _Tally:
    """One rule's verdicts as they come in from its ledgers."""

    def __init__(self, places: int) -> None:
        self.passed = np.zeros(places, dtype=np.int64)
        self.undecided = np.zeros(places, dtype=np.int64)
        self.findings: list[Finding] = []
        self.lacking: list[str] = []
        self.ran = False


@dataclass(frozen=True)
class Judge:
    """Judges rules in one session; several threads may ask it at a time.

    Attributes:
        session: what is judged.
        subjects: whom its rows speak of.
        doubts: what the findings rest on.
    """

    session: Session
    subjects: Subjects
    doubts: Doubts

    @cached_property
    def _private(self) -> frozenset[str]:
        """Fields of personal data, and derived fields made from them."""
        vocabulary = self.session.catalogue.vocabulary
        models = vocabulary.ledgers.values()
        names = {c.name for model in models for c in model.columns().values() if c.type.private} | {
            THIS_COLUMN
        }
        for level in levels(vocabulary):
            names |= {key[1] for key in level if names & set(names_in(vocabulary.derived[key].value))}
        return frozenset(names)

    def _private_names(self, target: RuleTarget) -> frozenset[str]:
        """Names whose computed values may quote personal data, those of `show` included."""
        shown = target.rule.show.items()
        return self._private | {name for name, text in shown if self._private & set(names_in(text))}

    def rule(self, entries: Sequence[AnyRule]) -> tuple[RuleRun, list[Finding]]:
        """Run all entries of one rule id."""
        with self.session.made.one_rule():
            return self._rule(entries)

    def _rule(self, entries: Sequence[AnyRule]) -> tuple[RuleRun, list[Finding]]:
        tally, first = _Tally(len(self.session.places)), None
        for entry in entries:
            first = first or entry
            if isinstance(entry, CellRule):
                self._cells(entry, tally)
            elif isinstance(entry, Reconciliation):
                self._reconciliation(entry, tally)
            else:
                self._entry(entry, tally)
        if first is None:
            raise ValueError("a rule has at least one entry")
        kept = _numbered(tally.findings)
        if tally.ran:
            tally.lacking += self._local_gaps(first, entries)
        return self._summary(first, tally, self._by_place(first, tally, kept)), kept

    def _reconciliation(self, entry: Reconciliation, tally: _Tally) -> None:
        """Compare pair by pair; ledgers of which nothing pairs are told once, and not row by row."""
        vocabulary = self.session.catalogue.vocabulary
        unlike = set[str]()
        for right in () if entry.near else entry.right:
            pairing = pairing_of(entry, right, vocabulary.ledgers)
            if reason := mismatch(self.session, self.subjects, pairing):
                tally.lacking.append(reason)
                unlike.add(right)
        for rule in expand(entry, vocabulary):
            if unlike.isdisjoint((rule.against, *rule.ledger)):
                self._entry(rule, tally)

    def _entry(self, rule: Rule, tally: _Tally) -> None:
        for target in targets(rule, self.session.catalogue.vocabulary):
            delivered = self.session.columns(target.ledger)
            if delivered is None:
                if rule.ledger != ("*",):
                    tally.lacking.append(f"未交付台账“{target.ledger}”")
            elif target.column and target.column not in delivered:
                if rule.ledger != ("*",):
                    tally.lacking.append(f"{target.ledger}缺列“{target.column}”")
            else:
                self._target(target, tally)

    def _target(self, target: RuleTarget, tally: _Tally) -> None:
        verdicts = judge(self.session, target)
        if verdicts.missing:
            tally.lacking += verdicts.missing
            return
        if keys := once_per(self.session, target):
            verdicts = without_repeats(verdicts, keys)
        tally.ran = True
        tally.lacking += (*verdicts.passed_over, *self._taken_for_empty(target.rule))
        tally.passed += verdicts.passed
        tally.undecided += verdicts.undecided
        citations, private = Citations(self.session, target), self._private_names(target)
        self.doubts.heard(target, verdicts)
        told = findings(target, verdicts, self.subjects, citations, private)
        for finding, failure in zip(told, verdicts.failures, strict=True):
            self.doubts.note(target, finding, failure, verdicts)
            self._keep(finding, target.rule, tally)

    def _taken_for_empty(self, rule: Rule) -> list[str]:
        """The rule's optional ledgers that were not delivered."""
        absent = [title for title in rule.optional if self.session.columns(title) is None]
        return [f"未交付台账“{title}”，当作没有记录" for title in absent]

    def _by_place(self, rule: AnyRule, tally: _Tally, kept: Sequence[Finding]) -> Mapping[Place, Counts]:
        """The verdicts village by village; none where the region switched the rule off."""
        failed = Counter(finding.place for finding in kept)
        counts = {place: Counts(failed=number) for place, number in failed.items()}
        off = self._off(rule)
        for number in np.flatnonzero(tally.passed + tally.undecided).tolist():
            place = self.session.places[number]
            if place.county not in off:
                passed, undecided = int(tally.passed[number]), int(tally.undecided[number])
                counts[place] = Counts(passed, failed[place], undecided)
        return counts

    def _local_gaps(self, rule: AnyRule, entries: Sequence[AnyRule]) -> list[str]:
        """Counties whose pack switched the rule off, or that have no value for a parameter others have."""
        off = [f"{county}停用了这条规则" for county in self._off(rule) if county]
        return [
            *off,
            *self.session.parameter_gaps([text for entry in entries for text in expressions(entry)]),
        ]

    def _off(self, rule: AnyRule) -> list[str]:
        """Counties of the run whose packs switched the rule off."""
        return [county for county in self.session.regions if self._severity(rule, Place(county)) is None]

    def _keep(self, finding: Finding, rule: AnyRule, tally: _Tally) -> None:
        """Keep a finding with the severity its region gives it, unless the region switched the rule off."""
        severity = self._severity(rule, finding.place)
        if severity is None:
            return
        tally.findings.append(
            finding if severity is finding.severity else replace(finding, severity=severity)
        )

    def _severity(self, rule: AnyRule, place: Place) -> Severity | None:
        return self.session.in_force(place.county).severity(rule)

    def _cells(self, rule: CellRule, tally: _Tally) -> None:
        if rule.id in cell_checks.BUILT_IN:
            for check in cell_checks.check(rule.id, self.session.delivery, self.session.as_of):
                tally.ran = True
                numbers = self.session.place_numbers(check.ledger)
                tally.passed += sheet_findings.passed(check, numbers, len(self.session.places))
                for finding in sheet_findings.cell_findings(rule, check, self.subjects):
                    self._keep(finding, rule, tally)
        else:
            tally.ran = True
            for finding in sheet_findings.sheet_findings(rule, self.session.delivery):
                self._keep(finding, rule, tally)

    def _summary(self, rule: AnyRule, tally: _Tally, by_place: Mapping[Place, Counts]) -> RuleRun:
        severity = self.session.catalogue.severities.get(rule.id, rule.severity)
        if reason := self._unchecked(rule, tally):
            return RuleRun(rule.id, rule.title, severity, "not_checked", reason)
        lacking = tuple(dict.fromkeys(tally.lacking))
        return RuleRun(rule.id, rule.title, severity, "ran", "", _total(by_place), by_place, lacking)

    def _unchecked(self, rule: AnyRule, tally: _Tally) -> str:
        """Why the rule was not checked; empty where it was."""
        if rule.id in self.session.catalogue.disabled:
            return "本次停用"
        counties = {county for county in self.session.regions if county}
        if counties and counties <= set(self._off(rule)):
            return "本地规则包停用"
        if not tally.ran:
            return "；".join(dict.fromkeys(tally.lacking)) or "没有相应的台账"
        return ""


def _total(by_place: Mapping[Place, Counts]) -> Counts:
    counts = by_place.values()
    return Counts(
        sum(c.passed for c in counts), sum(c.failed for c in counts), sum(c.undecided for c in counts)
    )


def _numbered(found: list[Finding]) -> list[Finding]:
    """Findings in order; the same fingerprint twice gets a number.

    A cell that feeds two ledgers (the head's ID is also 户主证件号码) is reported once, as the person's.
    """
    cells = {_first_cell(f) for f in found if f.ledger != "户"}
    kept = [f for f in found if f.ledger != "户" or _first_cell(f) not in cells]
    times: dict[str, int] = {}
    numbered: list[Finding] = []
    for finding in sorted(kept, key=order):
        number = times[finding.fingerprint] = times.get(finding.fingerprint, 0) + 1
        fresh = finding if number == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{number}")
        numbered.append(fresh)
    return numbered


def _first_cell(finding: Finding) -> tuple[str, str, str]:
    first = finding.locations[0] if finding.locations else Location("", "", finding.fingerprint, None)
    return first.file, first.sheet, first.cell


def judge_delivery(
    delivery: Delivery,
    catalogue: Catalogue,
    as_of: date,
    *,
    reveal: bool = False,
    progress: Progress | None = None,
) -> Judgement:
    """Judge every row of every ledger by every rule.

    Args:
        delivery: what was read.
        catalogue: rules, derived fields, parameters; already checked.
        as_of: the date ages and years are counted at.
        reveal: show personal data in full.
        progress: called with (rule id, done, total).
    """
    runs: list[RuleRun] = []
    found: list[Finding] = []
    with open_database() as database:
        session = open_session(database, delivery, catalogue, as_of)
        subjects = Subjects(session, reveal=reveal)
        judge_rules = Judge(session, subjects, Doubts(session, subjects))
        with ThreadPoolExecutor(JUDGES) as judges:
            judged = judges.map(judge_rules.rule, catalogue.rules.values())
            for number, rule_id in enumerate(catalogue.rules):
                if progress:
                    progress(rule_id, number, len(catalogue.rules))
                run, broken = next(judged)
                runs.append(replace(run, doc=address(catalogue, rule_id)))
                found += broken
        found = list(judge_rules.doubts.told(found))
        households, packs = _households(session), packs_in_force(session)
    return Judgement(tuple(runs), tuple(sorted(found, key=order)), households, packs)


def packs_in_force(session: Session) -> tuple[str, ...]:
    """Titles of the packs in force in some county of the run."""
    local = {pack.head.id for county in session.regions for pack in session.in_force(county).packs}
    return tuple(pack.head.title for pack in session.catalogue.packs if pack.head.id in local)


def _households(session: Session) -> Mapping[Place, int]:
    if "户" not in session.delivery.tables:
        return {}
    numbers = np.bincount(np.maximum(session.owners("户")["_place"], 0))
    return {session.places[int(number)]: int(numbers[number]) for number in np.flatnonzero(numbers)}
