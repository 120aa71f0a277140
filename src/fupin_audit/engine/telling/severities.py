"""How grave a rule's findings are where they are found: a region's packs may level a rule otherwise, or switch it off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fupin_audit.engine.loaded.session import Session
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Place
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.policies import Kind


def levelled(session: Session, rule: AnyRule, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with the severity their region gives them, without those of regions that switched the rule off."""
    for finding in findings:
        severity = _severity(session, rule, finding.place)
        if severity is Severity.ERROR and finding.basis_kind == Kind.CONVENTION:
            severity = _conventional(session, rule, finding.place)
        if severity is not None:
            yield finding if severity is finding.severity else replace(finding, severity=severity)


def switched_off(session: Session, rule: AnyRule) -> list[str]:
    """Counties of the run whose packs switched the rule off."""
    return [county for county in session.regions if _severity(session, rule, Place(county)) is None]


def _conventional(session: Session, rule: AnyRule, place: Place) -> Severity:
    """What is merely usual is no error, unless a pack or the user says so."""
    return session.in_force(place.county).override(rule.id).severity or Severity.WARNING


def _severity(session: Session, rule: AnyRule, place: Place) -> Severity | None:
    return session.in_force(place.county).severity(rule)
