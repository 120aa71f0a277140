"""Which findings are shown: by town, village, rule, severity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fupin_audit.cli.nearness import near_hint
from fupin_audit.errors import UsageError
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.place import Place
from fupin_audit.results.rule_run import Counts, RuleRun


@dataclass(frozen=True, slots=True)
class Selection:
    """What to show; an empty tuple stands for everything."""

    town: tuple[str, ...] = ()
    village: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()

    def __str__(self) -> str:
        """`村=东关村、西沟村；级别=错误`."""
        labels = tuple(Severity(value).label for value in self.severity)
        named = {"乡镇": self.town, "村": self.village, "规则": self.rule, "级别": labels}
        return "；".join(f"{name}={'、'.join(values)}" for name, values in named.items() if values)

    def has_place(self, place: Place) -> bool:
        """Whether the place is among those chosen."""
        return _among(place.town, self.town) and _among(place.village, self.village)

    def has_sheet(self, sheet: InputSheet) -> bool:
        """Whether a sheet may speak of the places chosen; one whose rows are of no place may."""
        return not sheet.places or any(map(self.has_place, sheet.places))

    def has_rule(self, rule: str) -> bool:
        """Whether the rule is chosen, by its id or by the letters of its group."""
        return _among(rule, self.rule) or rule.partition("-")[0] in self.rule

    def has(self, finding: Finding) -> bool:
        """Whether the finding is to be shown."""
        chosen = self.has_place(finding.place) and self.has_rule(finding.rule)
        return chosen and _among(finding.severity, self.severity)


def narrow(result: AuditResult, selection: Selection) -> AuditResult:
    """The result as far as it is selected; it says so itself in `filtered`.

    Raises:
        UsageError: a name that occurs nowhere; showing nothing would look like a clean village.
    """
    if selection == Selection():
        return result
    _refuse_unknown(result, selection)
    return replace(
        result,
        inputs=tuple(sheet for sheet in result.inputs if selection.has_sheet(sheet)),
        records=tuple(filter(selection.has, result.records)),
        rules_run=tuple(
            _run_within(run, selection) for run in result.rules_run if selection.has_rule(run.id)
        ),
        households={place: n for place, n in result.households.items() if selection.has_place(place)},
        filtered="；".join(filter(None, (result.filtered, str(selection)))),
    )


def _among(value: str, chosen: Sequence[str]) -> bool:
    return not chosen or value in chosen


def _run_within(run: RuleRun, selection: Selection) -> RuleRun:
    """The rule with the verdicts of the chosen places only."""
    if not (selection.town or selection.village) or not run.by_place:
        return run
    by_place = {place: counts for place, counts in run.by_place.items() if selection.has_place(place)}
    return replace(run, counts=Counts.total(by_place.values()), by_place=by_place)


def _refuse_unknown(result: AuditResult, selection: Selection) -> None:
    places = {*result.households, *(finding.place for finding in result.records)}
    rules = {run.id for run in result.rules_run} | {finding.rule for finding in result.records}
    _refuse("乡镇", selection.town, {place.town for place in places})
    _refuse("村", selection.village, {place.village for place in places})
    _refuse("规则", selection.rule, rules | {rule.partition("-")[0] for rule in rules})
    if not any(map(selection.has_place, places)):
        raise UsageError(_apart(selection, places))


def _apart(selection: Selection, places: set[Place]) -> str:
    """That none of the villages lies in any of the towns, and where they do lie."""
    homes = sorted({f"{place.town}{place.village}" for place in places if place.village in selection.village})
    towns, villages = "、".join(selection.town), "、".join(selection.village)
    return f"{towns}没有{villages}；数据里有的是{'、'.join(homes)}"


def _refuse(what: str, chosen: Iterable[str], known: set[str]) -> None:
    for name in chosen:
        if name not in known:
            raise UsageError(f"数据里没有{what}“{name}”{near_hint(name, known)}")
