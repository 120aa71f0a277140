"""What is wrong most, group by group of rules, as a bulletin tells it: rules, numbers and villages, nobody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fupin_audit.reports.bulletin.spoken_place import spoken
from fupin_audit.reports.findings.village_tally import UNPLACED, TownTally, rules, towns, villages
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import ABOUT_READING, Finding, Severity
from fupin_audit.writing.one_line import one_line

HEADER = ("乡镇", "村数", "户数", "问题户", *(severity.label for severity in Severity))
_GROUPS, _RULES, _VILLAGES, _OFFICES = 5, 2, 2, 5
_GRAVE = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """A group of rules, how many errors and doubts it found, and a sentence for each rule that found most."""

    title: str
    by_severity: Counter[Severity]
    sentences: tuple[str, ...]

    @property
    def numbers(self) -> str:
        """`错误 9 处、疑点 3 处`."""
        return "、".join(
            f"{severity.label}{self.by_severity[severity]}处"
            for severity in _GRAVE
            if self.by_severity[severity]
        )


def problem_groups(result: AuditResult) -> list[ProblemGroup]:
    """The groups that found most, the first of them; hints and remarks on the reading are no problems."""
    grave = [item for item in result.records if item.severity in _GRAVE and item.rule not in ABOUT_READING]
    titles = {_letters(run.id): run.group for run in result.rules_run}
    by_group: dict[str, list[Finding]] = {}
    for finding in grave:
        by_group.setdefault(_letters(finding.rule), []).append(finding)
    groups = [
        ProblemGroup(
            titles.get(letters) or letters,
            Counter(finding.severity for finding in found),
            tuple(_sentences(found, result)),
        )
        for letters, found in by_group.items()
    ]
    return sorted(groups, key=lambda group: (-group.by_severity.total(), group.title))[:_GROUPS]


def town_rows(result: AuditResult) -> list[tuple[str, ...]]:
    """A row a town, the worst first."""
    return [
        (spoken(town.place, result.households), str(town.villages), *map(str, town.numbers))
        for town in towns(villages(result))
    ]


def worst_villages(result: AuditResult) -> list[str]:
    """The villages with most errors, with how many; none where there are no errors."""
    found = [tally for tally in villages(result) if tally.place != UNPLACED]
    worst = [tally for tally in found if tally.by_severity[Severity.ERROR]][:_VILLAGES]
    return [
        f"{spoken(tally.place, result.households)}（错误{tally.by_severity[Severity.ERROR]}处）"
        for tally in worst
    ]


def worst_town(result: AuditResult) -> TownTally | None:
    """The town with the largest share of households with findings; None where there are not two to compare."""
    found = [town for town in towns(villages(result)) if town.households]
    return max(found, key=lambda town: town.troubled / town.households) if len(found) > 1 else None


def offices(result: AuditResult) -> list[str]:
    """Who has most to mend, by the office a finding names first."""
    found = Counter(finding.owner.partition("；")[0] for finding in result.records if finding.owner)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [f"{one_line(office)}{number}处" for office, number in ordered[:_OFFICES]]


def _letters(rule: str) -> str:
    return rule.partition("-")[0]


def _sentences(found: Sequence[Finding], result: AuditResult) -> Iterator[str]:
    numbers = Counter(finding.rule for finding in found)
    shares = {tally.id: tally.share_text for tally in rules(result) if tally.share}
    for rule, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0]))[:_RULES]:
        mine = [finding for finding in found if finding.rule == rule]
        share = f"，占已判的{shares[rule]}" if rule in shares else ""
        yield f"{one_line(mine[0].title)}（{rule}）：不符{number}处{share}{_example(mine, result)}。"


def _example(found: Sequence[Finding], result: AuditResult) -> str:
    """Where most of it is, and which fields contradict each other: `，如清河镇西坡村3处，涉及家庭人口`."""
    places = Counter(finding.place for finding in found if finding.place != UNPLACED)
    if not places:
        return ""
    place, number = min(places.items(), key=lambda item: (-item[1], str(item[0])))
    example = next(finding for finding in found if finding.place == place)
    fields = "、".join(dict.fromkeys(one_line(at.field) for at in example.locations if at.field))
    return f"，如{spoken(place, result.households)}{number}处" + (f"，涉及{fields}" if fields else "")
