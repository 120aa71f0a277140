"""A rule entry by entry, ledger by ledger: what each said, or why it said nothing (D5)."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.engine.judging.failures import once_per
from fupin_audit.engine.judging.unlike_keys import mismatch
from fupin_audit.engine.judging.verdicts import Verdicts, judge, without_repeats
from fupin_audit.engine.judging.whole_column import said_once
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.ledgers.relations import Pairing
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.pairing_keys import pairing_of
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.reconciliations.expanding import expand

Judged = tuple[RuleTarget, Verdicts]


def walk(linked: Linked, subjects: Subjects, entry: Rule | Reconciliation) -> Iterator[Judged | str]:
    """What an entry said of each of its ledgers; a text where something of it could not be judged."""
    if isinstance(entry, Reconciliation):
        yield from _compared(linked, subjects, entry)
    else:
        yield from _everywhere(linked, entry)


def _compared(linked: Linked, subjects: Subjects, entry: Reconciliation) -> Iterator[Judged | str]:
    """Pair by pair; ledgers of which nothing pairs are told once, and not row by row."""
    vocabulary = linked.session.catalogue.vocabulary
    unlike = set[str]()
    for right in () if entry.near else entry.right:
        if reason := _unlike(linked, subjects, pairing_of(entry, right, vocabulary.ledgers)):
            unlike.add(right)
            yield reason
    for rule in expand(entry, vocabulary):
        if unlike.isdisjoint((rule.against, *rule.ledger)):
            yield from _everywhere(linked, rule)


def _unlike(linked: Linked, subjects: Subjects, pairing: Pairing) -> str:
    """Why nothing of a pairing pairs in all that was delivered; mostly empty."""
    shard = linked.session.shard
    return shard.unlike.get(pairing, "") if shard else mismatch(linked, subjects, pairing)


def _everywhere(linked: Linked, rule: Rule) -> Iterator[Judged | str]:
    """Ledger by ledger; a rule on every ledger there is lacks none of them."""
    for target in targets(rule, linked.session.catalogue.vocabulary):
        if gap := _gap(linked, target):
            if rule.ledger != ("*",):
                yield gap
        else:
            yield from _of_target(linked, target)


def _gap(linked: Linked, target: RuleTarget) -> str:
    """What was not delivered of the ledger and column a rule is about; mostly empty."""
    delivered = linked.session.columns(target.ledger)
    if delivered is None:
        return linked.session.delivery.absent(target.ledger)
    if target.column and target.column not in delivered:
        return linked.session.lacks(target.ledger, target.column)
    return ""


def _of_target(linked: Linked, target: RuleTarget) -> Iterator[Judged | str]:
    verdicts = judge(linked, target)
    if verdicts.missing:
        yield from verdicts.missing
        return
    if keys := once_per(linked.session, target):
        verdicts = without_repeats(verdicts, keys)
    verdicts = said_once(linked.session, target, verdicts)
    yield from verdicts.passed_over
    for title in target.rule.optional:
        if linked.session.columns(title) is None:
            yield f"{linked.session.delivery.absent(title)}，当作没有记录"
    yield target, verdicts
