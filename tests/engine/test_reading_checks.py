"""The checks of reading that rules can word are those there are."""

from __future__ import annotations

from books import catalogue
from fupin_audit.engine.judging import cell_checks
from fupin_audit.engine.telling import sheet_findings
from fupin_audit.rulepack.checks.checking import READING_CHECKS
from fupin_audit.rulepack.declared.rule import CellRule


def test_every_check_has_its_words() -> None:
    worded = {
        rule_id
        for rule_id, entries in catalogue().rules.items()
        for entry in entries
        if isinstance(entry, CellRule)
    }
    assert worded == set(READING_CHECKS)


def test_every_worded_check_is_run() -> None:
    assert {*cell_checks.BUILT_IN, *sheet_findings.BUILT_IN} == set(READING_CHECKS)
