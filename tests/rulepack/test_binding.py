"""What an expression becomes, and what it needs: its SQL, cells, related rows, statistics, and what was not delivered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from books import catalogue
from fupin_audit.errors import RuleError
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.needs import Needs
from fupin_audit.rulepack.language.vocabulary import Everything

GROUPS = yaml.safe_load((Path(__file__).parent / "binding.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Partly(Everything):
    """A run that lacks some fields, ledgers or parameters."""

    without: frozenset[str] = frozenset()

    def has(self, ledger: str, field: str) -> bool:
        return super().has(ledger, field) and self.without.isdisjoint({ledger, f"{ledger}.{field}"})

    def unlisted(self, ledger: str) -> str:
        return f"{ledger}只有别处提到的" if f"{ledger}的名单" in self.without else ""

    def parameter(self, name: str) -> bool:
        return f"param.{name}" not in self.without

    def gap(self, relation: Relation) -> str:
        return f"缺{relation.target}" if relation.target in self.without else ""


def needs(frame: Needs) -> Iterator[str]:
    """What is needed, line by line."""
    yield from (f"格 {'.'.join((*path, field))}" for path, field in frame.mentioned)
    yield from (f"行 {'.'.join(path)}：{relation.target}" for path, relation in frame.hops.items())
    for alias, statistic in frame.aggregates.items():
        over = ".".join((*statistic.path, statistic.relation.name))
        yield from (f"{alias} {over} {name}：{sql(tree)}" for name, tree in statistic.values.items())
        yield from (f"{alias} {each}" for each in needs(statistic.inner))
        if statistic.outer:
            yield from (f"{alias} {statistic.outer.alias} {each}" for each in needs(statistic.outer))
    yield from (f"看 {'.'.join((*path, relation.name))} {fields}" for path, relation, fields in frame.counted)
    yield from (f"参数 {name}" for name in sorted(frame.parameters))
    yield from (f"{alias} 年：{sql(year)}" for alias, year in frame.dated.items())
    yield from (f"缺 {said}" for said in frame.missing)
    yield from (f"不看 {said}" for said in frame.passed_over)


def sql(tree: Any) -> str:
    return str(tree.sql(dialect="duckdb"))


@pytest.mark.parametrize("group", GROUPS, ids=[group["of"] for group in GROUPS])
def test_what_an_expression_becomes_and_needs(group: dict[str, Any]) -> None:
    for case in group["cases"]:
        if "refused" in case:
            with pytest.raises(RuleError) as refusal:
                bind(group["ledger"], case)
            assert refusal.value.message == case["refused"]
        else:
            told = [case["sql"], case["kind"], *case.get("needs", ())]
            assert bind(group["ledger"], case) == told, case["write"]


def bind(ledger: str, case: dict[str, Any]) -> list[str]:
    """What becomes of a case: its SQL, its type, and what it needs."""
    vocabulary = catalogue().vocabulary
    run = Partly(vocabulary, without=frozenset(case.get("without", ())))
    binder = Binder.on(vocabulary, run, ledger, tolerated=case.get("tolerated", ()))
    bound = binder.bind(case["write"])
    codes = bound.kind.codes.name if bound.kind.codes else ""
    return [sql(bound.tree), f"{bound.kind.family} {codes}".strip(), *needs(binder.frame)]
