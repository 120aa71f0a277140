"""A family's name in a rule stands for its ledgers that have the columns asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from books import catalogue
from fupin_audit.rulepack.declared.packfile import RuleFile
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import Rule
from fupin_audit.rulepack.packs.families import spelled_out

ROLLS = [
    model.title
    for model in catalogue().ledgers
    if model.family == "部门" and {"姓名", "证件号码"} <= model.columns().keys()
]


def test_the_rolls_of_departments_are_all_judged() -> None:
    near, (keyless, *_) = catalogue().rules["DEP-02"][0], catalogue().rules["DEP-06"]
    assert isinstance(near, Reconciliation)
    assert isinstance(keyless, Rule)
    assert list(near.right) == list(keyless.ledger) == ROLLS


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        (["部门台账"], ROLLS),
        (["户籍", "户"], ["户籍", "户"]),
        (["户", "部门台账"], ["户", *ROLLS]),
        (["自建台账"], ["自建台账"]),
        (["部门台帐"], ["部门台帐"]),
    ],
    ids=["family", "ledgers", "both", "own", "misspelled"],
)
def test_other_names_stay(named: Sequence[str], meant: Sequence[str]) -> None:
    (rule, *_) = catalogue().rules["DEP-06"]
    assert isinstance(rule, Rule)
    content = RuleFile(rules=(rule.model_copy(update={"ledger": tuple(named)}),))
    (spelled,) = spelled_out(content, catalogue().ledgers).rules
    assert list(spelled.ledger) == list(meant)
