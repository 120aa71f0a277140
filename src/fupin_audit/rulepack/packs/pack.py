"""Packs: the rules and figures of a place, each extending the one above it (D11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from fupin_audit.errors import RuleError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.groups import order
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.packfile import Override, PackHead, RuleFile
from fupin_audit.rulepack.declared.parameter import Parameter, ParameterValue
from fupin_audit.rulepack.declared.territory import Region
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.packs.local_relations import declared_relations

_KEPT = 8  # of the sets of packs a process works with: those it used last


@dataclass(frozen=True, eq=False)
class Pack:
    """One folder of rules: its head and the joined lists of its files; `own` where a user adds it.

    The program's own have the digest of all files they were read from. A pack is equal to itself alone, so that what follows from some packs can be kept.
    """

    head: PackHead
    content: RuleFile
    own: bool = False
    digest: str = ""

    @cached_property
    def values(self) -> Mapping[str, tuple[ParameterValue, ...]]:
        """Parameter → the values this pack gives it."""
        return {parameter.name: parameter.values for parameter in self.content.parameters}

    @cached_property
    def rules(self) -> frozenset[str]:
        """Ids of the rules it declares."""
        return frozenset(rule.id for rule in entries_of(self.content))

    def covers(self, region: Region) -> bool:
        """Whether the region lies in the pack's place."""
        return self.head.place.covers(region)


@dataclass(frozen=True)
class Catalogue:
    """The packs of a run, and every rule, parameter and name of theirs once.

    Attributes:
        packs: general before special; a pack comes after the one it extends.
        fixed: parameters set for this run, which win everywhere.
        disabled: rules switched off for this run.
        enabled: rules switched on for this run, although a pack has switched them off.
        severities: rule → severity for this run.
        ledgers: the ledger models rules may name.
        unbounded: every rule is judged as if its bases reached every place and day, as its examples are.
    """

    packs: tuple[Pack, ...]
    fixed: Mapping[str, float | str] = field(default_factory=dict)
    disabled: frozenset[str] = frozenset()
    ledgers: tuple[type[Ledger], ...] = LEDGERS
    enabled: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    unbounded: bool = False

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All names its rules may use."""
        return _vocabulary(self.packs, self.ledgers)

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter by name, as first declared."""
        return _parameters(self.packs)

    @cached_property
    def rules(self) -> Mapping[str, tuple[AnyRule, ...]]:
        """Rule id → its entries (a rule that judges two ledgers has two), in catalogue order."""
        return _rules(self.packs)

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Indicator id → indicator, in the order of the ids."""
        found = {item.id: item for pack in self.packs for item in pack.content.indicators}
        return dict(sorted(found.items()))

    def setting(self, rule: str) -> Override:
        """What this run changes of a rule everywhere."""
        switched = False if rule in self.disabled else True if rule in self.enabled else None
        return Override(enabled=switched, severity=self.severities.get(rule))


@lru_cache(maxsize=_KEPT)
def _vocabulary(packs: tuple[Pack, ...], ledgers: tuple[type[Ledger], ...]) -> Vocabulary:
    derived = [d for pack in packs for d in pack.content.derived]
    reconciliations = [r for pack in packs for r in pack.content.reconciliations]
    own_ways = declared_relations([item for pack in packs for item in pack.content.ledgers], ledgers)
    return Vocabulary.of(ledgers, derived, _parameters(packs).values(), reconciliations, own_ways)


@lru_cache(maxsize=_KEPT)
def _parameters(packs: tuple[Pack, ...]) -> Mapping[str, Parameter]:
    found: dict[str, Parameter] = {}
    for pack in packs:
        for parameter in pack.content.parameters:
            found.setdefault(parameter.name, parameter)
    return found


@lru_cache(maxsize=_KEPT)
def _rules(packs: tuple[Pack, ...]) -> Mapping[str, tuple[AnyRule, ...]]:
    found: dict[str, tuple[AnyRule, ...]] = {}
    for pack in packs:
        for rule in entries_of(pack.content):
            found[rule.id] = (*found.get(rule.id, ()), rule)
    return dict(sorted(found.items(), key=lambda item: order(item[0])))


def entries_of(content: RuleFile) -> tuple[AnyRule, ...]:
    """All rules some files hold, of every kind."""
    return (*content.cells, *content.rules, *content.reconciliations, *content.screens)


def ancestry(pack: Pack, by_id: Mapping[str, Pack]) -> list[str]:
    """The ids of a pack and of all it extends, from itself upwards.

    Raises:
        RuleError: one of them does not exist, or they extend each other in a circle.
    """
    line = [pack.head.id]
    while parent := by_id[line[-1]].head.extends:
        if parent not in by_id:
            raise RuleError(f"规则包“{line[-1]}”要继承的“{parent}”不存在{nearest(parent, by_id)}")
        if parent in line:
            raise RuleError(f"规则包“{line[-1]}”与“{parent}”互相继承")
        line.append(parent)
    return line
