"""Our rule stage: the engine the whole check runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from fupin_audit.engine.duckdb import open_database
from fupin_audit.engine.judging import judge
from fupin_audit.engine.session import Session, open_session
from fupin_audit.ledgers.delivery import Delivery
from fupin_audit.rulepack.expansion import Target, targets
from fupin_audit.rulepack.pack import Catalogue, load_catalogue
from fupin_audit.rulepack.rule import Rule
from peers.rules import KEYS, RULES, Found


@contextmanager
def opened(delivery: Delivery, as_of: date) -> Iterator[Callable[[], Found]]:
    """A prepared session, with its derived fields worked out; call what is yielded to judge the rules."""
    catalogue = load_catalogue()
    wanted = [target for target in _targets(catalogue) if (target.rule.id, target.ledger) in KEYS]
    with open_database() as database:
        session = open_session(database, delivery, catalogue, as_of)
        yield lambda: _judge(session, wanted)


def _targets(catalogue: Catalogue) -> Iterator[Target]:
    for rule_id in RULES:
        for rule in catalogue.rules[rule_id]:
            if isinstance(rule, Rule):
                yield from targets(rule, catalogue.vocabulary)


def _judge(session: Session, wanted: list[Target]) -> Found:
    found: dict[tuple[str, str], frozenset[int]] = dict.fromkeys(KEYS, frozenset())
    for target in wanted:
        rows = frozenset(failure.row for failure in judge(session, target).failures)
        found[target.rule.id, target.ledger] |= rows
    return found
