"""What the files of a pack may hold: its head; rules, indicators, derived fields, parameters; ledgers, code lists."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field, field_validator

from fupin_audit.results.finding import Severity
from fupin_audit.rulepack.declared.benefit import Benefit
from fupin_audit.rulepack.declared.for_each import for_each
from fupin_audit.rulepack.declared.indicator import Indicator
from fupin_audit.rulepack.declared.ledger_file import LedgerDeclaration, LocalCodes
from fupin_audit.rulepack.declared.parameter import Parameter
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import Basis, CellRule, Data, DerivedField, Rule, RuleId, ScreenRule
from fupin_audit.rulepack.declared.territory import Territory


class Override(Data):
    """What a local pack changes of a rule or indicator it inherits; a `basis` of its own brings the rule there."""

    enabled: bool | None = None
    severity: Severity | None = None
    basis: tuple[Basis, ...] = ()


class PackHead(Data):
    """`pack.yaml` of a pack folder."""

    id: str
    title: str
    extends: str = ""
    place: Territory = Territory.model_validate({})
    rules: Mapping[RuleId, Override] = Field(default_factory=dict)


class RuleFile(Data):
    """Any other YAML file of a pack folder: any of these lists."""

    rules: tuple[Rule, ...] = ()
    cells: tuple[CellRule, ...] = ()
    reconciliations: tuple[Reconciliation, ...] = ()
    screens: tuple[ScreenRule, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    derived: tuple[DerivedField, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    ledgers: tuple[LedgerDeclaration, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    codes: Mapping[str, LocalCodes] = Field(default_factory=dict)

    @field_validator("rules")
    @classmethod
    def _one_by_one(cls, value: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(rule for entry in value for rule in for_each(entry))
