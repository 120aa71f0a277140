"""What an example of a reconciliation is judged against: the rolls it has rows of, or all where it has of none."""

from __future__ import annotations

import pytest

from books import catalogue
from fupin_audit.engine.proving.examples import _Judged
from fupin_audit.rulepack.declared.reconciliation import Reconciliation

SEVERAL = [
    entry
    for entries in catalogue().rules.values()
    for entry in entries
    if isinstance(entry, Reconciliation) and len(entry.right) > 1
]


@pytest.mark.parametrize("entry", SEVERAL, ids=lambda entry: entry.id)
def test_an_example_speaks_of_the_rolls_it_has_rows_of(entry: Reconciliation) -> None:
    judged = _Judged(catalogue(), entry)
    of_left = judged._with_rows({entry.left: [{}]})
    assert {judged._targets[at].ledger for at in of_left} <= {entry.left}
    parts = [judged._with_rows({entry.left: [{}], roll: [{}]}) for roll in entry.right]
    assert all(parts)
    assert sorted(at for part in parts for at in part) == list(range(len(judged._targets)))
    assert set(of_left) == {at for at in judged._with_rows({}) if judged._targets[at].ledger == entry.left}
