"""The rules of a catalogue as lint sees them: one a ledger and column, with the logic of their conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlglot.optimizer.simplify import simplify

from fupin_audit.linting.domains import Domains
from fupin_audit.linting.to_logic import meaning
from fupin_audit.linting.truth import CERTAIN, Meaning
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.expression import parse
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.language.vocabulary import Vocabulary
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.reconciliations.expanding import expand


@dataclass(frozen=True)
class Judged:
    """A rule on one ledger."""

    target: RuleTarget
    vocabulary: Vocabulary

    @property
    def rule(self) -> Rule:
        """The rule itself; a part of a reconciliation stands for it."""
        return self.target.rule

    @property
    def rows(self) -> tuple[str, str, str]:
        """Which rows it looks at: ledger, column, scope."""
        scope = self.rule.scope if self.target.ledger == "人口" else ""
        return self.target.ledger, self.target.column, scope

    @cached_property
    def domains(self) -> Domains:
        """What its terms may be. Values out of range are odd, but there are such cells: a rule may speak of them."""
        return Domains(self.vocabulary, self.target.ledger, self.target.column, bounded=False)

    @cached_property
    def when(self) -> Meaning:
        """Where it applies."""
        return condition(self.rule.when) if self.rule.when else CERTAIN

    @cached_property
    def require(self) -> Meaning:
        """What must hold."""
        return condition(self.rule.require)


def condition(text: str) -> Meaning:
    """What a condition says, in its plainest form: equal conditions have equal meanings."""
    return meaning(simplify(parse(text).copy(), dialect="duckdb"))


def judged(catalogue: Catalogue) -> Iterator[Judged]:
    """Every rule on every ledger it judges, general packs before special ones."""
    vocabulary = catalogue.vocabulary
    for pack in catalogue.packs:
        expanded = (rule for entry in pack.content.reconciliations for rule in expand(entry, vocabulary))
        for rule in (*pack.content.rules, *expanded):
            found = list(targets(rule, vocabulary))
            # A rule for every ledger names nothing but 该列: one ledger stands for all.
            for target in found[:1] if rule.ledger == ("*",) else found:
                yield Judged(target, vocabulary)
