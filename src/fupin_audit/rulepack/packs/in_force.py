"""What of a catalogue is in force in one region (D11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.packfile import Override
from fupin_audit.rulepack.declared.parameter import ParameterValue
from fupin_audit.rulepack.declared.rule import Basis
from fupin_audit.rulepack.declared.territory import Region
from fupin_audit.rulepack.packs.pack import Catalogue, Pack, ancestry


@dataclass(frozen=True)
class InForce:
    """A catalogue as one region sees it.

    Attributes:
        packs: those in force there, general before special.
        region: the region.
        overrides: what the packs change of a rule or indicator, as far as that was asked.
    """

    catalogue: Catalogue
    packs: tuple[Pack, ...]
    region: Region
    overrides: dict[str, Override] = field(default_factory=dict, compare=False, repr=False)

    def value(self, name: str, day: date) -> float | date | str | None:
        """A parameter's value on a day; the most special pack that gives one wins."""
        parameter = self.catalogue.parameters[name]
        if name in self.catalogue.fixed:
            return parameter.figure(self.catalogue.fixed[name])
        found = self.given(name, day)
        return parameter.figure(found[1].value) if found else None

    def source(self, name: str, day: date) -> Basis | None:
        """Where the value in force comes from."""
        found = self.given(name, day)
        return found[1].basis if found else None

    def given(self, name: str, day: date) -> tuple[Pack, ParameterValue] | None:
        """The pack that gives a parameter its value on a day, and the value as it is written."""
        for pack in reversed(self.packs):
            for value in reversed(pack.values.get(name, ())):
                if (value.since or date.min) <= day <= (value.until or date.max):
                    return pack, value
        return None

    def measures(self, indicator: Indicator) -> bool:
        """Whether an indicator is declared by one of the packs and not switched off."""
        declared = any(indicator in pack.content.indicators for pack in self.packs)
        return declared and self.override(indicator.id).enabled is True

    def severity(self, rule: AnyRule) -> Severity | None:
        """The rule's severity; None where it is switched off, or is of a pack that is not in force."""
        change = self.override(rule.id)
        return (change.severity or rule.severity) if change.enabled and self._declares(rule.id) else None

    def _declares(self, rule: str) -> bool:
        return self.catalogue.unbounded or any(rule in pack.rules for pack in self.packs)

    def override(self, rule: str) -> Override:
        """What the packs change of a rule or indicator; the most special wins, the run before all of them."""
        if rule not in self.overrides:
            self.overrides[rule] = self._override(rule)
        return self.overrides[rule]

    def _override(self, rule: str) -> Override:
        enabled, severity, basis = True, None, tuple[Basis, ...]()
        for change in self._changes(rule):
            enabled = enabled if change.enabled is None else change.enabled
            severity = change.severity or severity
            basis = (*change.basis, *basis)
        return Override(enabled=enabled, severity=severity, basis=basis)

    def _changes(self, rule: str) -> Iterator[Override]:
        yield from (pack.head.rules[rule] for pack in self.packs if rule in pack.head.rules)
        yield self.catalogue.setting(rule)


def in_force(catalogue: Catalogue, region: Region) -> InForce:
    """The packs that cover a region and all they extend."""
    by_id = {pack.head.id: pack for pack in catalogue.packs}
    covering = [pack for pack in catalogue.packs if pack.covers(region)]
    wanted = {item for pack in covering for item in ancestry(pack, by_id)}
    return InForce(catalogue, tuple(pack for pack in catalogue.packs if pack.head.id in wanted), region)
