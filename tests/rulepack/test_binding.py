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


EVERYTHING = (
    "COUNT(户主成员.户.人口) > param.监测线 AND 户主成员.有残疾 AND IN_YEAR(param.贫困线, 2019) > 1 "
    "AND SUM(人口.务工时间) FILTER (WHERE 人口.务工时间 > 家庭人口) > 人均纯收入 AND ANY_OF(危房户, 联系电话 IS NULL)"
)


def frame_of_everything() -> Needs:
    """Needs of every kind."""
    vocabulary = catalogue().vocabulary
    run = Partly(vocabulary, without=frozenset({"户.人均纯收入", "户.联系电话"}))
    binder = Binder.on(vocabulary, run, "户")
    binder.bind(EVERYTHING)
    frame = binder.frame
    assert all(vars(frame).values())
    assert [bool(each.outer) for each in frame.aggregates.values()] == [False, True]
    return frame


def test_a_copy_of_needs_says_the_same() -> None:
    frame = frame_of_everything()
    copy = frame.copy()
    assert [*needs(copy)] == [*needs(frame)]
    assert copy == frame


def test_a_copy_of_needs_may_be_added_to() -> None:
    frame = frame_of_everything()
    before = [*needs(frame)]
    copy = frame.copy()
    for of_rows in (
        copy,
        *(part for each in copy.aggregates.values() for part in (each.inner, each.outer) if part),
    ):
        of_rows.hops[("新的",)] = next(iter(frame.hops.values()))
        of_rows.parameters.add("新的")
        of_rows.mentioned.append(((), "新的"))
        of_rows.counted.append(((), next(iter(frame.hops.values())), ()))
        of_rows.missing.append("新的")
        of_rows.passed_over.append("新的")
    for tree in (
        *copy.dated.values(),
        *(value for each in copy.aggregates.values() for value in each.values.values()),
    ):
        tree.set("this", None)
    copy.aggregates.popitem()
    copy.dated.clear()
    assert [*needs(frame)] == before


def test_what_the_rows_of_a_copied_statistic_lack_the_copy_lacks() -> None:
    copy = frame_of_everything().copy()
    for each in copy.aggregates.values():
        assert each.inner.missing is copy.missing
        assert each.inner.passed_over is copy.passed_over
        if each.outer:
            assert each.outer.missing is copy.missing
            assert each.outer.passed_over is copy.passed_over
