"""Packs: the rules and figures of a place, each extending the one above it (D11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from fupin_audit.errors import RuleError, UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.resources import folder
from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared import yamlfile
from fupin_audit.rulepack.declared.groups import order
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.ledger_file import LocalCodes
from fupin_audit.rulepack.declared.packfile import Override, PackHead, RuleFile
from fupin_audit.rulepack.declared.rule import (
    Basis,
    CellRule,
    Parameter,
    ParameterValue,
    Reconciliation,
    Rule,
    figure,
)
from fupin_audit.rulepack.language.vocabulary import Vocabulary, nearest
from fupin_audit.rulepack.packs.local_ledgers import ledgers_of_run
from fupin_audit.rulepack.packs.local_relations import declared_relations
from fupin_audit.rulepack.packs.pack_checks import check_names

AnyRule = Rule | CellRule | Reconciliation
_HEAD = "pack.yaml"
_ENDINGS = ("满族自治县", "自治县", "自治州", "省", "市", "县", "区", "旗")


@dataclass(frozen=True, slots=True)
class Region:
    """A county with the city and province above it, as far as the records name them."""

    province: str = ""
    city: str = ""
    county: str = ""


@dataclass(frozen=True)
class Pack:
    """One folder of rules: its head and the joined lists of its files; `own` where a user adds it."""

    head: PackHead
    content: RuleFile
    own: bool = False

    @cached_property
    def values(self) -> Mapping[str, tuple[ParameterValue, ...]]:
        """Parameter → the values this pack gives it."""
        return {parameter.name: parameter.values for parameter in self.content.parameters}

    def covers(self, region: Region) -> bool:
        """Whether the region lies in the pack's place."""
        place = self.head.place
        if place.county:
            return same_name(place.county, region.county) and _agrees(place.city, region.city)
        if place.city:
            return same_name(place.city, region.city) or (
                not region.city and _among(region.county, place.counties)
            )
        return _agrees(place.province, region.province) if place.province else True


def same_name(one: str, other: str) -> bool:
    """Whether two names are of one place, with or without 县, 自治县 …."""
    return bool(other) and _bare(one) == _bare(other)


def _agrees(one: str, other: str) -> bool:
    return not one or not other or _bare(one) == _bare(other)


def _among(name: str, names: Iterable[str]) -> bool:
    return any(same_name(item, name) for item in names)


def _bare(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 1:
            return name[: -len(ending)]
    return name


@dataclass(frozen=True)
class Catalogue:
    """The packs of a run: every rule once, and for each region what is in force there.

    Attributes:
        packs: general before special; a pack comes after the one it extends.
        fixed: parameters set for this run, which win everywhere.
        disabled: rules switched off for this run.
        enabled: rules switched on for this run, although a pack has switched them off.
        severities: rule → severity for this run.
        ledgers: the ledger models rules may name.
    """

    packs: tuple[Pack, ...]
    fixed: Mapping[str, float | str] = field(default_factory=dict)
    disabled: frozenset[str] = frozenset()
    ledgers: tuple[type[Ledger], ...] = LEDGERS
    enabled: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)

    @cached_property
    def _chains(self) -> dict[Region, tuple[Pack, ...]]:
        return {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All names its rules may use."""
        derived = [d for pack in self.packs for d in pack.content.derived]
        reconciliations = [r for pack in self.packs for r in pack.content.reconciliations]
        declared = [item for pack in self.packs for item in pack.content.ledgers]
        own_ways = declared_relations(declared, self.ledgers)
        return Vocabulary.of(self.ledgers, derived, self.parameters.values(), reconciliations, own_ways)

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter by name, as first declared."""
        found: dict[str, Parameter] = {}
        for pack in self.packs:
            for parameter in pack.content.parameters:
                found.setdefault(parameter.name, parameter)
        return found

    @cached_property
    def rules(self) -> Mapping[str, tuple[AnyRule, ...]]:
        """Rule id → its entries (a rule that judges two ledgers has two), in catalogue order."""
        found: dict[str, tuple[AnyRule, ...]] = {}
        for pack in self.packs:
            content = pack.content
            entries: tuple[AnyRule, ...] = (*content.cells, *content.rules, *content.reconciliations)
            for rule in entries:
                found[rule.id] = (*found.get(rule.id, ()), rule)
        return dict(sorted(found.items(), key=lambda item: order(item[0])))

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Indicator id → indicator, in the order of the ids."""
        found = {item.id: item for pack in self.packs for item in pack.content.indicators}
        return dict(sorted(found.items()))

    def measures(self, indicator: Indicator, region: Region) -> bool:
        """Whether an indicator is in force in a region: declared by one of its packs and not switched off."""
        declared = any(indicator in pack.content.indicators for pack in self.chain(region))
        return declared and self.override(indicator.id, region).enabled is True

    def chain(self, region: Region) -> tuple[Pack, ...]:
        """The packs in force for a region, general first: those that cover it and all they extend."""
        if region not in self._chains:
            by_id = {pack.head.id: pack for pack in self.packs}
            covering = [pack for pack in self.packs if pack.covers(region)]
            wanted = {item for pack in covering for item in _ancestry(pack, by_id)}
            self._chains[region] = tuple(pack for pack in self.packs if pack.head.id in wanted)
        return self._chains[region]

    def value(self, name: str, region: Region, day: date) -> float | date | None:
        """A parameter's value in a region on a day; the most special pack that gives one wins."""
        unit = self.parameters[name].unit
        if name in self.fixed:
            return figure(unit, self.fixed[name])
        found = self.given(name, region, day)
        return figure(unit, found[1].value) if found else None

    def source(self, name: str, region: Region, day: date) -> Basis | None:
        """Where the value in force comes from."""
        found = self.given(name, region, day)
        return found[1].basis if found else None

    def given(self, name: str, region: Region, day: date) -> tuple[Pack, ParameterValue] | None:
        """The pack that gives a parameter its value there and then, and the value as it is written."""
        for pack in reversed(self.chain(region)):
            for value in reversed(pack.values.get(name, ())):
                if (value.since or date.min) <= day <= (value.until or date.max):
                    return pack, value
        return None

    def override(self, rule: str, region: Region) -> Override:
        """What the packs of a region change of a rule or indicator; the most special wins, the run before all of them."""
        enabled, severity = True, None
        changes = [pack.head.rules.get(rule, Override()) for pack in self.chain(region)]
        for change in (*changes, self.setting(rule)):
            enabled = enabled if change.enabled is None else change.enabled
            severity = change.severity or severity
        return Override(enabled=enabled, severity=severity)

    def setting(self, rule: str) -> Override:
        """What this run changes of a rule everywhere."""
        switched = False if rule in self.disabled else True if rule in self.enabled else None
        return Override(enabled=switched, severity=self.severities.get(rule))


def severity_in(catalogue: Catalogue, rule: AnyRule, region: Region) -> Severity | None:
    """The rule's severity in a region; None where it is switched off."""
    change = catalogue.override(rule.id, region)
    return (change.severity or rule.severity) if change.enabled else None


def _ancestry(pack: Pack, by_id: Mapping[str, Pack]) -> list[str]:
    line = [pack.head.id]
    while parent := by_id[line[-1]].head.extends:
        if parent not in by_id:
            raise RuleError(f"规则包“{line[-1]}”要继承的“{parent}”不存在{nearest(parent, by_id)}")
        if parent in line:
            raise RuleError(f"规则包“{line[-1]}”与“{parent}”互相继承")
        line.append(parent)
    return line


def load_catalogue(
    extra: Sequence[str | Path] = (),
    *,
    fixed: Mapping[str, float | str] | None = None,
    disabled: Iterable[str] = (),
    enabled: Iterable[str] = (),
    severities: Mapping[str, Severity] | None = None,
) -> Catalogue:
    """The built-in packs and those the user adds.

    Args:
        extra: pack folders or single rule files of the user; or ids of built-in packs, which narrow the
            built-in packs to those and what they extend.
        fixed: parameters set for this run.
        disabled: ids of rules switched off for this run.
        enabled: ids of rules switched on for this run, whatever the packs say.
        severities: rule id → severity for this run.

    Raises:
        RuleError: a file is wrong.
        UsageError: no such pack, parameter or rule.
    """
    built_in = [_load(path.parent) for path in sorted(folder("rules").glob(f"*/{_HEAD}"))]
    ids = {pack.head.id for pack in built_in}
    named = [str(item) for item in extra if str(item) in ids]
    added = [_load_user(Path(item)) for item in extra if str(item) not in ids]
    chosen = _narrow(built_in, named) if named else built_in
    packs = _sorted([*chosen, *added])
    ledgers = ledgers_of_run([pack.content for pack in packs])
    catalogue = Catalogue(
        packs, fixed or {}, frozenset(disabled), ledgers, frozenset(enabled), severities or {}
    )
    check_names(catalogue)
    return catalogue


def _narrow(packs: list[Pack], named: list[str]) -> list[Pack]:
    by_id = {pack.head.id: pack for pack in packs}
    wanted = {item for name in named for item in _ancestry(by_id[name], by_id)}
    return [pack for pack in packs if pack.head.id in wanted]


def _sorted(packs: list[Pack]) -> tuple[Pack, ...]:
    by_id = {pack.head.id: pack for pack in packs}
    if len(by_id) < len(packs):
        raise UsageError("有两个规则包用了同一个 id")
    return tuple(sorted(packs, key=lambda pack: (len(_ancestry(pack, by_id)), pack.head.id)))


def _load(path: Path) -> Pack:
    head = yamlfile.read(path / _HEAD, PackHead)
    files = sorted(item for item in path.glob("**/*.yaml") if item.name != _HEAD)
    return Pack(head, _joined([yamlfile.read(item, RuleFile) for item in files]))


def _load_user(path: Path) -> Pack:
    if (path / _HEAD).is_file():
        return replace(_load(path), own=True)
    if path.is_file():
        head = PackHead(id=path.stem, title=path.name, extends="national")
        return Pack(head, yamlfile.read(path, RuleFile), own=True)
    raise UsageError(f"没有规则包“{path}”：应是内置规则包的 id、有 pack.yaml 的文件夹，或一个规则文件")


def _joined(files: list[RuleFile]) -> RuleFile:
    return RuleFile(
        rules=tuple(item for file in files for item in file.rules),
        cells=tuple(item for file in files for item in file.cells),
        reconciliations=tuple(item for file in files for item in file.reconciliations),
        indicators=tuple(item for file in files for item in file.indicators),
        derived=tuple(item for file in files for item in file.derived),
        parameters=tuple(item for file in files for item in file.parameters),
        ledgers=tuple(item for file in files for item in file.ledgers),
        codes=_together(files),
    )


def _together(files: list[RuleFile]) -> dict[str, LocalCodes]:
    """The code lists of a pack; one in two files would be half lost."""
    found: dict[str, LocalCodes] = {}
    for name, codes in ((name, codes) for file in files for name, codes in file.codes.items()):
        if name in found:
            origin = codes.origin
            raise RuleError(
                f"码表“{name}”已在 {found[name].origin.file}，请合在一处", origin.file, origin.line("")
            )
        found[name] = codes
    return found
