"""What came of one rule: its run, its findings, and what they rest on (D5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from fupin_audit.engine.judging import cell_checks
from fupin_audit.engine.judging.reaching_rows import demanded_nowhere, unreached
from fupin_audit.engine.judging.verdicts import Numbers, Verdicts
from fupin_audit.engine.judging.walking import walk
from fupin_audit.engine.linking.blame import blamed_on
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.place_counts import PlaceCounts
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.engine.telling.as_findings import findings, numbered, of_its_kind
from fupin_audit.engine.telling.basis import Citations
from fupin_audit.engine.telling.grounds import Speaking, between_drops, grounds_of, speaking
from fupin_audit.engine.telling.likeness_told import with_evidence
from fupin_audit.engine.telling.personal import personal_in, personal_names
from fupin_audit.engine.telling.rechecking import Lookout, WatchedRows, all_rows
from fupin_audit.engine.telling.severities import levelled, switched_off
from fupin_audit.engine.telling.sheet_findings import cell_findings, sheet_findings
from fupin_audit.engine.telling.suspects import Grounds, joined
from fupin_audit.results.finding import Finding
from fupin_audit.results.place import Place
from fupin_audit.results.recheck import OpenFinding
from fupin_audit.results.rule_run import NOT_DEMANDED, Counts, RuleRun
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.groups import GROUPS, group_of
from fupin_audit.rulepack.declared.rule import CellRule, ScreenRule
from fupin_audit.rulepack.language.targets import RuleTarget
from fupin_audit.rulepack.showing.describe import address
from fupin_audit.rulepack.showing.official_numbers import also_known_as

NOT_DEMANDED_HERE = "本地没有这项规定"


@dataclass(frozen=True)
class ToldRule:
    """What came of one rule.

    Attributes:
        run: what ran of it, and the verdicts by place.
        findings: in order.
        grounds: what they rest on.
        speaking: which fields it speaks of.
        watched: what became of the rows of watched findings.
        lacking: ledger → numbers of the areas where nothing of it was judged.
        counted: the verdicts by place; None where nothing ran.
        gaps: what could not be judged, as people are told.
    """

    run: RuleRun
    findings: tuple[Finding, ...]
    grounds: Grounds
    speaking: tuple[Speaking, ...]
    watched: WatchedRows = field(default_factory=WatchedRows)
    lacking: Mapping[str, frozenset[int]] = field(default_factory=dict)
    counted: PlaceCounts | None = None
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Part:
    """What one entry of a rule said of one ledger; the verdicts by place number."""

    passed: Numbers
    undecided: Numbers
    findings: tuple[Finding, ...]
    grounds: Grounds = field(default_factory=Grounds)
    speaking: tuple[Speaking, ...] = ()
    watched: WatchedRows = field(default_factory=WatchedRows)
    ledger: str = ""
    lacking: frozenset[int] = frozenset()
    idle: bool = False


@dataclass(frozen=True)
class RuleTeller:
    """Judges rules and tells what they found; holds nothing of its own, so that several threads may ask.

    Attributes:
        linked: what is judged.
        subjects: whom its rows speak of.
        personal: names whose values may quote personal data.
        lookout: looks out for earlier findings.
    """

    linked: Linked
    subjects: Subjects
    personal: frozenset[str]
    lookout: Lookout

    def rule(self, entries: Sequence[AnyRule]) -> ToldRule:
        """Run all entries of one rule id; there is at least one.

        Raises:
            RuleError: a query of it can't be finished, or not in time.
        """
        with self.linked.one_rule():
            said = [item for entry in entries for item in self._said(entry)]
        parts = [item for item in said if isinstance(item, _Part)]
        found = tuple(numbered(finding for part in parts for finding in part.findings))
        ran = not all(part.idle for part in parts)
        counted = self._by_place(entries[0], parts, found) if ran else None
        gaps = tuple(item for item in said if isinstance(item, str))
        return ToldRule(
            self.run_of(entries, gaps, counted),
            found,
            joined(part.grounds for part in parts),
            tuple(item for part in parts for item in part.speaking),
            all_rows(part.watched for part in parts),
            _lacking(parts),
            counted,
            gaps,
        )

    def run_of(
        self, entries: Sequence[AnyRule], gaps: Sequence[str], counted: Mapping[Place, Counts] | None
    ) -> RuleRun:
        """The run of a rule, by what of it could not be judged and the verdicts by place."""
        return self._shown(run_of(self.linked.session, entries, gaps, counted))

    def _said(self, entry: AnyRule) -> Iterator[_Part | str]:
        """What an entry said of each of its ledgers; a text where something of it could not be judged."""
        if demanded_nowhere(self.linked.session, entry):
            return
        if isinstance(entry, CellRule):
            yield from self._checked(entry)
        elif not isinstance(entry, ScreenRule):  # those are weighed all together: screen_findings
            with blamed_on(entry.id, entry.origin, "require"):
                for item in walk(self.linked, self.subjects, entry):
                    yield item if isinstance(item, str) else self._told(*item)

    def _told(self, target: RuleTarget, verdicts: Verdicts) -> _Part:
        session, rule = self.linked.session, target.rule
        verdicts = of_its_kind(rule, verdicts, self.subjects)
        citations, personal = Citations(session, rule), personal_in(rule, self.personal)
        told = findings(target, verdicts, self.subjects, citations, personal)
        found = tuple(with_evidence(self.linked, target, verdicts, self.subjects, told))
        weighed = tuple(levelled(session, rule, found))
        if between_drops(target, verdicts):
            return _Part(verdicts.passed, verdicts.undecided, weighed, idle=verdicts.idle)
        return _Part(
            verdicts.passed,
            verdicts.undecided,
            weighed,
            grounds_of(target, verdicts, self.subjects, found),
            (speaking(target, verdicts),),
            self.lookout.rows(target, verdicts),
            target.ledger,
            verdicts.lacking,
            verdicts.idle,
        )

    def _checked(self, rule: CellRule) -> Iterator[_Part]:
        """What a check that follows from models and reading said."""
        session = self.linked.session
        citations = Citations(session, rule)
        if rule.id in cell_checks.BUILT_IN:
            for verdicts in cell_checks.check(rule.id, session):
                found = cell_findings(rule, verdicts, self.subjects, citations)
                yield _Part(verdicts.passed, verdicts.undecided, tuple(levelled(session, rule, found)))
        else:
            nothing = np.zeros(len(session.places), dtype=np.int64)
            found = sheet_findings(rule, session.delivery, citations.of(""))
            yield _Part(nothing, nothing, tuple(levelled(session, rule, found)))

    def _shown(self, run: RuleRun) -> RuleRun:
        """The run with what it says of places and cells masked."""
        reason, *notes = (self.subjects.hide(text, private=False) or "" for text in (run.reason, *run.notes))
        return replace(run, reason=reason, notes=tuple(notes))

    def _by_place(self, rule: AnyRule, parts: Sequence[_Part], found: Sequence[Finding]) -> PlaceCounts:
        """The verdicts village by village; none where the region switched the rule off, or rows are only seen."""
        session = self.linked.session
        off = switched_off(session, rule)
        on = session.own & np.array([place.county not in off for place in session.places])
        passed = self.subjects.by_printed_place(on * np.sum([part.passed for part in parts], axis=0))
        undecided = self.subjects.by_printed_place(on * np.sum([part.undecided for part in parts], axis=0))
        failed, others, printed = np.zeros_like(passed), dict[Place, Counts](), self.subjects.printed
        for place, number in Counter(finding.place for finding in found).items():
            if self.subjects.judged(place):
                if (at := printed.first.get(place)) is None:
                    others[place] = Counts(failed=number)
                else:
                    failed[at] = number
        counts = np.stack([passed, failed, undecided], axis=1)
        numbers = np.flatnonzero(counts.any(axis=1))
        return PlaceCounts(printed, numbers, counts[numbers], others)


def _lacking(parts: Sequence[_Part]) -> Mapping[str, frozenset[int]]:
    """Ledger → the areas where no part of a rule was judged on it."""
    found: dict[str, frozenset[int]] = {}
    for part in parts:
        if part.ledger:
            found[part.ledger] = found.get(part.ledger, part.lacking) & part.lacking
    return found


def rule_teller(linked: Linked, subjects: Subjects, watched: Sequence[OpenFinding] = ()) -> RuleTeller:
    """A teller for the rules of a run, which looks out for these earlier findings."""
    session = linked.session
    return RuleTeller(
        linked, subjects, personal_names(session.catalogue.vocabulary), Lookout(watched, session, subjects)
    )


def run_of(
    session: Session,
    entries: Sequence[AnyRule],
    lacking: Sequence[str],
    counted: Mapping[Place, Counts] | None,
) -> RuleRun:
    """The run of a rule.

    Args:
        session: what was judged.
        entries: the rule's.
        lacking: what could not be judged.
        counted: the verdicts by place; None where nothing ran.
    """
    first, doc = entries[0], address(session.catalogue, entries[0].id)
    group, known_as = GROUPS.get(group_of(first.id), ""), tuple(also_known_as(first.id))
    severity = session.catalogue.severities.get(first.id, first.severity)
    told = partial(RuleRun, first.id, first.title, severity, doc=doc, group=group, also_known_as=known_as)
    if all(demanded_nowhere(session, entry) for entry in entries):
        return told(NOT_DEMANDED, NOT_DEMANDED_HERE)
    stopped = _stopped(session, first)
    if stopped or counted is None:
        reason = stopped or "；".join(dict.fromkeys(lacking)) or "没有相应的台账"
        return told("not_checked", reason)
    notes = tuple(dict.fromkeys([*lacking, *_local_gaps(session, entries)]))
    total = Counts.total(counted.values())
    return told("ran", "", total, counted, notes)


def _stopped(session: Session, rule: AnyRule) -> str:
    """Why the rule is not in force anywhere; empty where it is."""
    if rule.id in session.catalogue.disabled:
        return "本次停用"
    counties = {county for county in session.regions if county}
    return "本地规则包停用" if counties and counties <= {*switched_off(session, rule)} else ""


def _local_gaps(session: Session, entries: Sequence[AnyRule]) -> Iterator[str]:
    """Counties whose pack switched the rule off, or to which no basis brings it."""
    yield from (f"{county}停用了这条规则" for county in switched_off(session, entries[0]) if county)
    lacking = set(session.local).intersection(*(unreached(session, entry) for entry in entries))
    yield from (f"{county}没有这项规定" for county in sorted(lacking) if county)
