"""What the rule language means, case by case: blanks, precedence, relations, statistics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from books import catalogue
from fupin_audit.engine.database.duckdb import Database
from fupin_audit.engine.proving.examples import prove_derived
from fupin_audit.rulepack.checks.checking import errors
from fupin_audit.rulepack.declared.packfile import PackHead, RuleFile
from fupin_audit.rulepack.declared.rule import DerivedField
from fupin_audit.rulepack.packs.pack import Catalogue, Pack

GROUPS = yaml.safe_load((Path(__file__).parent / "expressions.yaml").read_text(encoding="utf-8"))


def fields() -> Iterator[DerivedField]:
    """Each case as a derived field, which carries its rows and the value they must give."""
    for group in GROUPS:
        rows = group["rows"]
        row = rows if isinstance(rows, dict) else {group["ledger"]: rows}
        for number, (expression, value) in enumerate(group["cases"].items(), 1):
            yield DerivedField(
                field=f"{group['of']} {number}",
                ledger=group["ledger"],
                value=expression,
                note=group["of"],
                examples=({**row, "=": value},),
            )


CASES = tuple(fields())


@cache
def with_cases() -> Catalogue:
    """The built-in packs, and one that declares the cases."""
    cases = Pack(PackHead(id="cases", title="cases", extends="national"), RuleFile(derived=CASES))
    return replace(catalogue(), packs=(*catalogue().packs, cases))


def test_no_case_is_refused() -> None:
    assert [str(error) for error in errors(with_cases())] == []


@pytest.mark.parametrize("case", CASES, ids=[case.value for case in CASES])
def test_value(proving: Database, case: DerivedField) -> None:
    assert [str(miss) for miss in prove_derived(proving, with_cases(), case)] == []
