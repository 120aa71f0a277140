"""The SQL of some rules, to be looked at: `pytest tests/engine/test_golden_sql.py --update-golden`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import pyarrow as pa
import pytest
from sqlglot import exp

from books import AS_OF, catalogue
from fupin_audit.delivery import ARROW, CellRows, Delivery, LedgerTable, Source
from fupin_audit.engine.database.duckdb import Database, open_database
from fupin_audit.engine.judging.verdicts import judge
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.language.targets import RuleTarget, targets
from fupin_audit.rulepack.reconciliations.expanding import expand

# One of each kind: a statistic, rows of the same key, a column of every ledger, a to-one relation with a
# parameter, a parameter of the row's year, a statistic with a filter, an optional ledger, two ledgers reconciled.
RULES = ("KEY-05", "KEY-01", "ID-04", "INC-07", "INC-01", "MED-02", "EDU-01", "CRD-05")


def empty(ledger: type[Ledger]) -> LedgerTable:
    """A ledger that was delivered with all its columns and no rows."""
    data = pa.table({name: pa.array([], ARROW[c.type.sql]) for name, c in ledger.columns().items()})
    nothing = np.empty(0, dtype=np.int32)
    cells = CellRows((Source("空.csv", "", {}),), nothing.astype(np.int16), nothing, {})
    return LedgerTable(ledger, data, cells)


def first_target(rule_id: str) -> RuleTarget:
    entry = catalogue().rules[rule_id][0]
    vocabulary = catalogue().vocabulary
    rule = expand(entry, vocabulary)[0] if isinstance(entry, Reconciliation) else entry
    assert isinstance(rule, Rule)
    return next(targets(rule, vocabulary))


@contextmanager
def recorded(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The queries that count verdicts meanwhile."""
    statements: list[str] = []
    arrays = database.arrays

    def recording(tree: exp.Expr) -> Mapping[str, np.ndarray]:
        statements.append(tree.sql(dialect="duckdb", identify=True, pretty=True) + ";\n")
        return arrays(tree)

    with monkeypatch.context() as patched:
        patched.setattr(database, "arrays", recording)
        yield statements


@pytest.fixture(scope="module")
def linked() -> Iterator[Linked]:
    delivery = Delivery({ledger.title: empty(ledger) for ledger in LEDGERS}, ())
    with open_database(threads=1) as database:
        yield open_delivery(database, delivery, catalogue(), AS_OF)


@pytest.mark.parametrize("rule_id", RULES)
def test_sql(
    rule_id: str,
    linked: Linked,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with recorded(linked.session.database, monkeypatch) as statements:
        judge(linked, first_target(rule_id))
    golden(f"sql/{rule_id}.sql", statements[-1])
