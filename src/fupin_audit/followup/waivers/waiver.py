"""A waiver: which finding is exempt, why, by whom, until when; and which of a run's findings it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fupin_audit.masking import mask, mask_codes, mask_text
from fupin_audit.results.finding import Finding
from fupin_audit.results.tracking import Followed
from fupin_audit.writing.one_line import one_line

_HIDDEN = "*"


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

    def met(self, item: Followed) -> bool:
        """Whether it is about what is kept of a finding, whatever its value and the day."""
        if self.fingerprint:
            return self.fingerprint == item.fingerprint
        fields = {part for _, name in item.cells for part in (name, name.rpartition(".")[2])}
        of_household = (self.household, self.rule) == (item.household, item.rule)
        return of_household and (not self.field or self.field in fields)

    def is_of_value(self, finding: Finding) -> bool:
        """Whether the value is still the one that was exempt, as far as reports show it: one may be masked."""
        return (
            not self.value or _alike(self.value, value_of(finding)) or _alike(value_of(finding), self.value)
        )

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


def _alike(value: str, shown: str) -> bool:
    """Whether a value is what is shown, perhaps masked."""
    return shown == value or (
        _HIDDEN in shown and shown in {mask(value), mask_text(value), mask_codes(value)}
    )


@dataclass(frozen=True)
class Waivers:
    """All waivers of a run; unless `revealed`, numbers of people that stand in them are masked when they are told."""

    listed: tuple[Waiver, ...] = ()
    revealed: bool = False

    def of(self, finding: Finding, day: date) -> Waiver | None:
        """The waiver in force that covers a finding; None where none does."""
        covering = (
            item
            for item in self.listed
            if item.until >= day and item.meets(finding) and item.is_of_value(finding)
        )
        return next(covering, None)

    def of_gone(self, item: Followed, day: date) -> Waiver | None:
        """The waiver in force of a finding that is not found any more, whose value nobody knows; None where none is."""
        return next((waiver for waiver in self.listed if waiver.until >= day and waiver.met(item)), None)

    def told(self, waiver: Waiver) -> str:
        """Why a finding is exempt."""
        return self._shown(f"{waiver.reason}（{waiver.approved_by}批准，有效期至{waiver.until}）")

    def complaints(self, findings: Iterable[Finding], day: date) -> Iterator[str]:
        """The waivers that cover nothing, and why."""
        findings = list(findings)
        for item in self.listed:
            if why := self._why_idle(item, [finding for finding in findings if item.meets(finding)], day):
                yield f"{self._shown(item.where)}：{self._shown(item.about)} 的豁免{why}"

    def _why_idle(self, item: Waiver, met: Sequence[Finding], day: date) -> str:
        if not met:
            return "这次没有对应的发现：改好了的可以删去，这次没有核对到的先留着"
        if item.until < day:
            return f"已在 {item.until} 到期，重新计入"
        if any(map(item.is_of_value, met)):
            return ""
        now = value_of(met[0])
        written = self._shown(item.value, private=_HIDDEN in now)
        return f"写的原值是“{written}”，现在是“{now}”，不再豁免"

    def _shown(self, text: str, *, private: bool = False) -> str:
        shown = text if self.revealed else mask(text) if private else mask_text(text)
        return one_line(shown) if shown else ""
