"""Rules for a family of ledgers: `部门台账` stands for those of it that have the columns asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from fupin_audit.ledgers.base import Ledger
from fupin_audit.rulepack.declared.packfile import RuleFile
from fupin_audit.rulepack.declared.pointer import Pointer
from fupin_audit.rulepack.declared.rule import Reconciliation, Rule

_ENDING = "台账"
Ledgers = Sequence[type[Ledger]]


def spelled_out(content: RuleFile, ledgers: Ledgers) -> RuleFile:
    """The same rules, naming every ledger they are for."""
    return content.model_copy(
        update={
            "rules": tuple(_rule(item, ledgers) for item in content.rules),
            "reconciliations": tuple(_reconciliation(item, ledgers) for item in content.reconciliations),
        }
    )


def _rule(rule: Rule, ledgers: Ledgers) -> Rule:
    """A rule is for the ledgers that have what it cites."""
    cited = {pointer.field for pointer in map(Pointer.read, rule.cite) if not pointer.path}
    titles = tuple(_titles(rule.ledger, cited, ledgers))
    return rule if titles == rule.ledger else rule.model_copy(update={"ledger": titles})


def _reconciliation(item: Reconciliation, ledgers: Ledgers) -> Reconciliation:
    """A reconciliation is for the ledgers that have what its first key pairs by."""
    first = item.keys[0]
    titles = tuple(_titles(item.right, set(first.right or first.fields), ledgers))
    return item if titles == item.right else item.model_copy(update={"right": titles})


def _titles(named: Iterable[str], fields: AbstractSet[str], ledgers: Ledgers) -> list[str]:
    """The ledgers named, of a family those that have these fields, in the order of the vocabulary."""
    families: dict[str, list[str]] = {}
    for model in ledgers:
        if model.built_in:  # a county's own are no family: 自建台账 stands for all of them
            having = families.setdefault(f"{model.family}{_ENDING}", [])
            having += [model.title] if fields <= model.columns().keys() else []
    return [title for name in named for title in families.get(name, [name])]
