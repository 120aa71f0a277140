"""Check how a reconciliation pairs its ledgers."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.language.known_kinds import type_checker
from fupin_audit.rulepack.language.pairing_keys import pairing_of
from fupin_audit.rulepack.language.vocabulary import Vocabulary


def key_errors(vocabulary: Vocabulary, reconciliation: Reconciliation) -> Iterator[RuleError]:
    """What is wrong with a reconciliation's keys and with the rows that take part."""
    for right in reconciliation.right:
        yield from _errors(vocabulary, reconciliation, right)


def _errors(vocabulary: Vocabulary, reconciliation: Reconciliation, right: str) -> Iterator[RuleError]:
    pairing = pairing_of(reconciliation, right, vocabulary.ledgers)
    origin = reconciliation.origin
    if pairing not in vocabulary.pairings:
        message = f"{pairing.left}与{pairing.right}在别的核对里另有配对方式，两本台账只能有一种"
        yield RuleError(message, origin.file, origin.line("keys"))
    sides = (
        (pairing.left, [one for key in pairing.keys for one, _ in key]),
        (pairing.right, [other for key in pairing.keys for _, other in key] + [pairing.latest]),
    )
    for ledger, texts in sides:
        binder = type_checker(vocabulary, ledger)
        for text in filter(None, texts):
            try:
                binder.bind(text)
            except RuleError as error:
                yield RuleError(error.message, origin.file, origin.line("keys"))
