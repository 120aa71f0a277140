"""The functions of the rule language, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlglot import exp

from books import catalogue
from fupin_audit.engine.database.duckdb import Database, open_database
from fupin_audit.engine.telling.as_findings import plain
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.functions import AGGREGATES, FUNCTIONS, OF_CODES, OF_ROWS, TOLERANT

CASES = yaml.safe_load((Path(__file__).parent / "functions.yaml").read_text(encoding="utf-8"))
GUIDE = Path(__file__).parents[2] / "docs" / "guide-rules.md"


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with open_database(threads=1) as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_value(case: dict[str, Any], database: Database) -> None:
    vocabulary = catalogue().vocabulary
    bound = Binder.checking(vocabulary, "户").bind(case["expression"])
    ((value,),) = database.run(exp.select(bound.tree))
    assert plain(value) == case["is"], case["expression"]


def test_every_function_has_a_case() -> None:
    written = " ".join(case["expression"] for case in CASES)
    assert [name for name in (*FUNCTIONS, *TOLERANT) if f"{name}(" not in written] == []


def test_the_guide_names_every_function() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert [
        name for name in (*FUNCTIONS, *TOLERANT, *AGGREGATES, *OF_ROWS, OF_CODES) if name not in guide
    ] == []
