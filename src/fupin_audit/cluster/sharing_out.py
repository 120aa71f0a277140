"""Which rules each shard judges: those on ledgers of which it has rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fupin_audit.cluster.whole import Whole
from fupin_audit.engine.run import Rules
from fupin_audit.rulepack.declared.entries import AnyRule
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import Rule

_EVERY = "*"


def shared_out(whole: Whole, rules: Rules) -> Iterator[tuple[int, Rules]]:
    """Each shard with its rules, in their order; a rule on ledgers without rows is the first shard's."""
    shards = whole.shards()
    about = {name: {*_ledgers(whole, entries)} for name, entries in rules.items()}
    having = {shard: _with_rows(whole, shard) for shard in shards}
    nobodys = {name for name, ledgers in about.items() if not any(ledgers & has for has in having.values())}
    for shard in shards:
        own = {name for name, ledgers in about.items() if ledgers & having[shard]}
        own |= nobodys if shard == shards[0] else set()
        if own:
            yield shard, {name: entries for name, entries in rules.items() if name in own}


def _ledgers(whole: Whole, entries: Sequence[AnyRule]) -> Iterator[str]:
    """The ledgers whose rows a rule judges."""
    vocabulary = whole.session.catalogue.vocabulary
    for entry in entries:
        if isinstance(entry, Reconciliation):
            yield from (entry.left, *entry.right)
        elif isinstance(entry, Rule):
            every: Mapping[str, object] = vocabulary.ledgers
            yield from every if entry.ledger == (_EVERY,) else vocabulary.titles(entry.ledger)


def _with_rows(whole: Whole, shard: int) -> frozenset[str]:
    """The ledgers of which a shard has rows of its own."""
    return frozenset(title for title in whole.placed if whole.has(shard, title))
