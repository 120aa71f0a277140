"""The checks of reading that rules can word are those there are."""

from __future__ import annotations

from books import catalogue
from fupin_audit.engine import cells, sheets
from fupin_audit.rulepack.checking import READING_CHECKS
from fupin_audit.rulepack.rule import CellRule


def test_every_check_has_its_words() -> None:
    worded = {
        rule_id
        for rule_id, entries in catalogue().rules.items()
        for entry in entries
        if isinstance(entry, CellRule)
    }
    assert worded == set(READING_CHECKS)


def test_every_worded_check_is_run() -> None:
    assert {*cells.BUILT_IN, *sheets.BUILT_IN} == set(READING_CHECKS)
