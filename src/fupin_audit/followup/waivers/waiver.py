"""A waiver: which finding is exempt, why, by whom, until when; and which of a run's findings it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fupin_audit.results.finding import Finding
from fupin_audit.writing.one_line import one_line


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry of a list of waivers.

    Attributes:
        reason, evidence, by, approved_by: 理由, 佐证, 经办人, 批准人.
        until: 有效期, the last day it holds.
        fingerprint: of the finding; empty where household, rule and field say which.
        household, rule, field: 户编号, 规则, 字段; an empty field means any.
        value: 原值, the value that is exempt, as a report shows it; empty: any.
        where: file and line or row, for messages.
    """

    reason: str
    approved_by: str
    until: date
    fingerprint: str = ""
    household: str = ""
    rule: str = ""
    field: str = ""
    value: str = ""
    by: str = ""
    evidence: str = ""
    where: str = ""

    def meets(self, finding: Finding) -> bool:
        """Whether it is about a finding, whatever its value and the day."""
        if self.fingerprint:
            return self.fingerprint == finding.fingerprint
        of_household = (self.household, self.rule) == (finding.household, finding.rule)
        return of_household and (not self.field or self.field in fields_of(finding))

    def is_of_value(self, finding: Finding) -> bool:
        """Whether the value is still the one that was exempt."""
        return not self.value or self.value == value_of(finding)

    @property
    def about(self) -> str:
        """The finding it is about, in words."""
        return self.fingerprint or f"{self.household} {self.rule}{self.field and f' {self.field}'}"


def fields_of(finding: Finding) -> set[str]:
    """The fields a finding is about, with the path before them or without."""
    names = {*finding.fields, *(at.field for at in finding.locations)}
    return {part for name in names for part in (name, name.rpartition(".")[2])}


def value_of(finding: Finding) -> str:
    """What stands in the cell to mend, as a report shows it."""
    return next((one_line(at.value) for at in finding.locations), "")


@dataclass(frozen=True)
class Waivers:
    """All waivers of a run."""

    listed: tuple[Waiver, ...] = ()

    def of(self, finding: Finding, day: date) -> Waiver | None:
        """The waiver in force that covers a finding; None where none does."""
        covering = (
            item
            for item in self.listed
            if item.until >= day and item.meets(finding) and item.is_of_value(finding)
        )
        return next(covering, None)

    def complaints(self, findings: Iterable[Finding], day: date) -> Iterator[str]:
        """The waivers that cover nothing, and why."""
        findings = list(findings)
        for item in self.listed:
            met = [finding for finding in findings if item.meets(finding)]
            said = f"{item.where}：{item.about} 的豁免"
            if not met:
                yield f"{said}没有对应的发现了，可以删去"
            elif item.until < day:
                yield f"{said}已在 {item.until} 到期，重新计入"
            elif not any(map(item.is_of_value, met)):
                yield f"{said}写的原值是“{item.value}”，现在是“{value_of(met[0])}”，不再豁免"
