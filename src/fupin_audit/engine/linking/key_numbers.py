"""The keys of a ledger's rows as numbers: equal keys have equal numbers, in whatever ledger they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sqlglot import exp

from fupin_audit.engine.database import selects
from fupin_audit.engine.database.duckdb import ROW
from fupin_audit.engine.database.selects import linked_query
from fupin_audit.engine.linking.keyed_rows import keyed
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.rulepack.language.bound import cast_to

NUMBER = "number"
_KEYED = "有键"


def key_numbers(linked: Linked, ledger: str, keys: Sequence[str]) -> Mapping[str, np.ndarray]:
    """`_row` and `number` of the rows that have the key; nothing where a column of it was not delivered.

    Args:
        linked: what is looked at.
        ledger: its title.
        keys: the expressions the key is made of.
    """
    binder = linked.session.binder(ledger)
    trees = [binder.bind(text).tree for text in keys]
    if binder.frame.missing:
        return {ROW: np.zeros(0, dtype=np.int32), NUMBER: np.zeros(0, dtype=np.uint64)}
    parts = [cast_to(exp.column(f"k{i}", table=_KEYED, quoted=True), "VARCHAR") for i in range(len(trees))]
    number = exp.alias_(exp.Anonymous(this="hash", expressions=parts), NUMBER, quoted=True)
    row = exp.column(ROW, table=_KEYED, quoted=True)
    query = selects.over(keyed(linked.session, binder, trees), _KEYED, row, number)
    with linked.one_rule():
        return linked.session.database.arrays(linked.prepared(linked_query(query, binder.frame)))
