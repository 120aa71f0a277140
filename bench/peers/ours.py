"""Our rule stage: the engine the whole check runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial

from fupin_audit.delivery import Delivery
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.judging.verdicts import Verdicts, decide, judge
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.run import JUDGES
from fupin_audit.rulepack.checks.used_fields import used_names
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.packs.pack import Catalogue, Pack
from fupin_audit.rulepack.packs.pack_loading import load_catalogue
from peers.rules import KEYS, RULES, Found

Decide = Callable[[Linked, RuleTarget], Verdicts]


@contextmanager
def opened(delivery: Delivery, as_of: date, decide: Decide = decide) -> Iterator[Callable[[], Found]]:
    """A delivery prepared for judging, with its derived fields worked out; call what is yielded to judge the rules."""
    catalogue = _of_these_rules(load_catalogue())
    wanted = [target for target in _targets(catalogue) if (target.rule.id, target.ledger) in KEYS]
    with open_database() as database:
        linked = open_delivery(database, delivery, catalogue, as_of)
        yield lambda: _judge(linked, wanted, decide)


explained = partial(opened, decide=judge)
"""The same, with what the findings of all broken rows say and cite."""


def _of_these_rules(catalogue: Catalogue) -> Catalogue:
    """The catalogue with nothing but the compared rules and the derived fields they rest on."""

    def kept(pack: Pack, fields: frozenset[str]) -> Pack:
        rules = tuple(rule for rule in pack.content.rules if rule.id in RULES)
        derived = tuple(item for item in pack.content.derived if item.field in fields)
        empty: dict[str, object] = dict.fromkeys(("cells", "reconciliations", "screens", "indicators"), ())
        without = {**empty, "rules": rules, "derived": derived}
        return replace(pack, content=pack.content.model_copy(update=without))

    fields = frozenset[str]()
    while True:
        narrowed = replace(catalogue, packs=tuple(kept(pack, fields) for pack in catalogue.packs))
        if (named := used_names(narrowed)) == fields:
            return narrowed
        fields = named


def _targets(catalogue: Catalogue) -> Iterator[RuleTarget]:
    for rule_id in RULES:
        for rule in catalogue.rules[rule_id]:
            if isinstance(rule, Rule):
                yield from targets(rule, catalogue.vocabulary)


def _judge(linked: Linked, wanted: list[RuleTarget], decide: Decide) -> Found:
    """As many rules at a time as in a whole check."""
    found: dict[tuple[str, str], frozenset[int]] = dict.fromkeys(KEYS, frozenset())
    with ThreadPoolExecutor(JUDGES) as judges:
        for target, verdicts in zip(wanted, judges.map(partial(decide, linked), wanted), strict=True):
            found[target.rule.id, target.ledger] |= frozenset(verdicts.failed.tolist())
    return found
