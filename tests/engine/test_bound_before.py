"""What a rule asks, remembered from another delivery, is what binding it anew gives; nobody else's needs come with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from books import AS_OF, catalogue
from effort import some_by_day
from fupin_audit.delivery import ARROW, CellRows, Delivery, LedgerTable, Source
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.judging import bound_before
from fupin_audit.engine.judging.bound_before import BoundRule, bound_rule
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.reconciliations.expanding import expand

TITLES = [ledger.title for ledger in LEDGERS]
# Kinds of delivery: what is there, every how manyth column of it is not, and the date.
KINDS = {
    "everything": (TITLES, 0, AS_OF),
    "persons alone": (["户", "人口"], 0, AS_OF),
    "columns lack": (TITLES, 3, AS_OF),
    "another year": (TITLES, 0, date(2022, 6, 30)),
}


def delivery(titles: list[str], lacking: int) -> Delivery:
    tables = {}
    for ledger in LEDGERS:
        if ledger.title in titles:
            names = [
                name
                for at, name in enumerate(ledger.columns())
                if name in ledger.key or not lacking or at % lacking
            ]
            types = {name: ARROW[ledger.columns()[name].type.sql] for name in names}
            data = pa.table({name: pa.array([], kind) for name, kind in types.items()})
            none = np.empty(0, dtype=np.int32)
            cells = CellRows((Source("空.csv", "", {}),), none.astype(np.int16), none, {})
            tables[ledger.title] = LedgerTable(ledger, data, cells)
    return Delivery(tables, ())


@pytest.fixture(scope="module")
def sessions() -> dict[str, Session]:
    """An opened delivery of each kind."""
    found = {}
    for kind, (titles, lacking, as_of) in KINDS.items():
        with open_database(threads=1) as database:
            found[kind] = open_delivery(database, delivery(titles, lacking), catalogue(), as_of).session
    return found


def every_target() -> Iterator[RuleTarget]:
    vocabulary = catalogue().vocabulary
    for entry in (entry for entries in catalogue().rules.values() for entry in entries):
        rules = expand(entry, vocabulary) if isinstance(entry, Reconciliation) else (entry,)
        for rule in rules:
            if isinstance(rule, Rule):
                yield from targets(rule, vocabulary)


def said(bound: BoundRule) -> tuple[object, ...]:
    """All that judging makes of it."""
    trees = (bound.require, bound.when, bound.registered)
    return *(tree and tree.sql(dialect="duckdb") for tree in trees), repr(bound.binder.frame)


@pytest.mark.parametrize("order", some_by_day([list(KINDS), list(reversed(KINDS))]), ids=["there", "back"])
def test_remembered_and_anew_are_the_same(order: list[str], sessions: dict[str, Session]) -> None:
    vocabulary = catalogue().vocabulary
    for target in list(every_target())[::3]:
        bound_before._known.clear()
        anew = {}
        for kind in KINDS:
            anew[kind] = said(bound_rule(vocabulary, target, sessions[kind]))
            bound_before._known.clear()
        for kind in (*order, *order):
            assert said(bound_rule(vocabulary, target, sessions[kind])) == anew[kind]


def test_what_is_added_to_the_needs_of_one_is_not_added_to_those_of_the_next(
    sessions: dict[str, Session],
) -> None:
    vocabulary, session = catalogue().vocabulary, sessions["everything"]
    target = next(target for target in every_target() if "COUNT" in target.rule.require)
    first = bound_rule(vocabulary, target, session)
    before = said(first)
    frame = first.binder.frame
    for statistic in frame.aggregates.values():
        statistic.values["多"] = first.require
        statistic.inner.missing.append("没有")
    assert frame.missing[-1:] == ["没有"]  # what rows of a statistic lack, all lacks
    frame.mentioned.append(((), "多"))
    first.require.replace(first.require.copy())
    again = bound_rule(vocabulary, target, session)
    assert said(again) == before
    assert again.binder.available is session
