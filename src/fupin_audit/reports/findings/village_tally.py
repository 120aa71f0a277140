"""What the reports count: villages, rules, and what was not checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.place import Place
from fupin_audit.results.rule_run import NOT_DEMANDED, Counts, RuleRun

UNPLACED = Place()
SUSPECT = "疑为口径或表头问题"
_ONE_PERCENT = 0.01
_SUSPECT_SHARE = 0.5
_SUSPECT_ROWS = 20


@dataclass(frozen=True, slots=True)
class VillageTally:
    """Findings of one village, and its households."""

    place: Place
    households: int
    troubled: int
    by_severity: Mapping[Severity, int]

    @property
    def total(self) -> int:
        """All findings."""
        return sum(self.by_severity.values())

    @property
    def badness(self) -> tuple[int, ...]:
        """Sorts the worst first."""
        return tuple(-self.by_severity[severity] for severity in Severity)


@dataclass(frozen=True, slots=True)
class TownTally:
    """Findings of one town, the villages of which are added up."""

    place: Place
    villages: int
    households: int
    troubled: int
    by_severity: Mapping[Severity, int]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Households, those with findings, then findings by severity."""
        return (
            self.households,
            self.troubled,
            *(self.by_severity[severity] for severity in Severity),
        )


@dataclass(frozen=True, slots=True)
class RuleTally:
    """Findings of one rule."""

    id: str
    title: str
    severity: Severity
    findings: int
    counts: Counts
    also_known_as: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """Failed among judged; None where the rule counts no rows."""
        return self.counts.share

    @property
    def share_text(self) -> str:
        """The share as people read it: `4%`, `<1%`, `—` where there is none."""
        if self.share is None:
            return "—"
        return "<1%" if 0 < self.share < _ONE_PERCENT else f"{self.share:.0%}"

    @property
    def suspect(self) -> bool:
        """So many rows fail that the fault is likely in a header or a reading, not in the rows."""
        return self.counts.failed >= _SUSPECT_ROWS and (self.share or 0) >= _SUSPECT_SHARE


@dataclass(frozen=True, slots=True)
class Tallies:
    """All that a report counts: villages and rules, the worst first."""

    villages: Sequence[VillageTally]
    rules: Sequence[RuleTally]


def tallies(result: AuditResult) -> Tallies:
    """Counts once what several parts of a report show."""
    return Tallies(villages(result), rules(result))


def villages(result: AuditResult) -> list[VillageTally]:
    """Every village known, the worst first, what could not be placed last."""
    severities: dict[Place, Counter[Severity]] = {place: Counter() for place in result.households}
    troubled: dict[Place, set[tuple[str, str]]] = defaultdict(set)
    for finding in result.records:
        severities.setdefault(finding.place, Counter())[finding.severity] += 1
        if finding.household:
            troubled[finding.place].add(finding.home)
    tallies = [
        VillageTally(place, result.households.get(place, 0), len(troubled[place]), counted)
        for place, counted in severities.items()
    ]
    return sorted(tallies, key=lambda tally: (tally.place == UNPLACED, tally.badness, str(tally.place)))


def towns(villages: Iterable[VillageTally]) -> list[TownTally]:
    """Every town of these villages, the worst first; what could not be placed is in none."""
    found: dict[Place, list[VillageTally]] = defaultdict(list)
    for tally in villages:
        if tally.place != UNPLACED:
            found[Place(tally.place.county, tally.place.town)].append(tally)
    summed = [_summed(place, within) for place, within in found.items()]
    return sorted(summed, key=lambda town: (*(-number for number in town.numbers[2:]), str(town.place)))


def _summed(place: Place, villages: Sequence[VillageTally]) -> TownTally:
    return TownTally(
        place,
        len(villages),
        sum(tally.households for tally in villages),
        sum(tally.troubled for tally in villages),
        {severity: sum(tally.by_severity[severity] for tally in villages) for severity in Severity},
    )


def rules(result: AuditResult) -> list[RuleTally]:
    """The rules with findings, gravest first, then those with most."""
    found = Counter((finding.rule, finding.severity) for finding in result.records)
    titles = {finding.rule: finding.title for finding in result.records}
    runs = {run.id: run for run in result.rules_run}
    counts = {rule: run.counts for rule, run in runs.items()}
    known_as = {rule: run.also_known_as for rule, run in runs.items()}
    tallies = [
        RuleTally(rule, titles[rule], severity, number, counts.get(rule, Counts()), known_as.get(rule, ()))
        for (rule, severity), number in found.items()
    ]
    return sorted(tallies, key=lambda tally: (tally.severity.rank, -tally.findings, tally.id))


def not_checked(result: AuditResult) -> dict[str, list[str]]:
    """Reason → ids of the rules that did not run for it, the reason that stops most rules first."""
    return _grouped((run.reason or "原因不明", run.id) for run in result.rules_run if stopped(run))


def not_demanded(result: AuditResult) -> list[str]:
    """Ids of the rules that nothing in force asks for in any county of the run."""
    return [run.id for run in result.rules_run if run.status == NOT_DEMANDED]


def partly_checked(result: AuditResult) -> list[RuleRun]:
    """Rules that ran, but not on everything they should judge."""
    return [run for run in result.rules_run if ran(run) and run.notes]


def undecided(result: AuditResult) -> list[RuleRun]:
    """Rules with rows nobody can judge, those with most first."""
    runs = [run for run in result.rules_run if run.counts.undecided]
    return sorted(runs, key=lambda run: (-run.counts.undecided, run.id))


def ran(run: RuleRun) -> bool:
    """Whether the rule judged anything at all."""
    return run.status == "ran"


def stopped(run: RuleRun) -> bool:
    """Whether the rule should have judged, and could not."""
    return run.status not in ("ran", NOT_DEMANDED)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for text, rule in pairs:
        groups[text].append(rule)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))
