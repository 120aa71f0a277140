"""Names whose values may quote personal data: such fields, and what is worked out from them (D10)."""

from __future__ import annotations

from fupin_audit.rulepack.declared.reserved_words import THIS_COLUMN
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.derivation import levels
from fupin_audit.rulepack.language.expression import names_in
from fupin_audit.rulepack.language.vocabulary import Vocabulary


def personal_names(vocabulary: Vocabulary) -> frozenset[str]:
    """Fields of personal data, and derived fields made from them."""
    models = vocabulary.ledgers.values()
    names = {c.name for model in models for c in model.columns().values() if c.type.private} | {THIS_COLUMN}
    for level in levels(vocabulary):
        names |= {key[1] for key in level if names & set(names_in(vocabulary.derived[key].value))}
    return frozenset(names)


def personal_in(rule: Rule, personal: frozenset[str]) -> frozenset[str]:
    """The personal names a rule's sentence may fill in, those it shows itself included."""
    return personal | {name for name, text in rule.show.items() if personal & set(names_in(text))}
