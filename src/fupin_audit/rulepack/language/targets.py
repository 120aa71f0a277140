"""What a rule is judged on: one target a ledger and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fupin_audit.ledgers.last_drop import read_as
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.vocabulary import Vocabulary

# Ledgers whose keys have rules of their own (KEY-01, KEY-02).
_OWN_KEY_RULES = ("户", "人口")


@dataclass(frozen=True, slots=True)
class RuleTarget:
    """A rule on one ledger; `column` is what 该列 stands for."""

    rule: Rule
    ledger: str
    column: str = ""


def targets(rule: Rule, vocabulary: Vocabulary) -> Iterator[RuleTarget]:
    """Every ledger, and with `columns` every column, the rule judges.

    `*`: every ledger of this drop, and without columns those with a key.
    """
    everywhere = rule.ledger == ("*",)
    for title in vocabulary.ledgers if everywhere else vocabulary.titles(rule.ledger):
        model = vocabulary.ledgers[title]
        if title in rule.without or (everywhere and read_as(title)):
            continue
        if rule.columns:
            for column in model.columns().values():
                if {column.name, column.type.name} & set(rule.columns):
                    yield RuleTarget(rule, title, column.name)
        elif not everywhere or (model.key and title not in _OWN_KEY_RULES):
            yield RuleTarget(rule, title)
