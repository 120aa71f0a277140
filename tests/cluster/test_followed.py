"""Which relations rules go on from a row that another relation led to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from books import catalogue
from fupin_audit.cluster.followed import followed_on
from fupin_audit.ledgers.relations import Pairing, Relation
from fupin_audit.rulepack.declared.packfile import PackHead, RuleFile
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.declared.rule import DerivedField, Rule
from fupin_audit.rulepack.packs.pack import Catalogue, Pack

EXAMPLES: Mapping[str, Any] = {"good": [{}], "bad": [{}]}
HEAD = {
    "id": "TRY-01",
    "title": "试",
    "severity": "error",
    "why": "无",
    "fix": "无",
    "owner": "无",
    "examples": EXAMPLES,
}
RULE = {**HEAD, "ledger": "人口", "require": "TRUE", "say": "说", "cite": []}


def catalogue_of(
    *entries: Rule | Reconciliation | DerivedField, relations: tuple[Relation, ...] = ()
) -> Catalogue:
    """The ledgers with nothing but these rules and derived fields."""
    kinds: dict[str, list[Any]] = {"rules": [], "reconciliations": [], "derived": []}
    for entry in entries:
        kind = {Rule: "rules", Reconciliation: "reconciliations", DerivedField: "derived"}[type(entry)]
        kinds[kind].append(entry)
    file = RuleFile.model_construct(
        **{**RuleFile().__dict__, **{name: tuple(found) for name, found in kinds.items()}}
    )
    known = replace(catalogue(), packs=(Pack(PackHead(id="own", title="own"), file),))
    vars(known)["vocabulary"] = replace(known.vocabulary, declared=relations)
    return known


def rule(**told: Any) -> Rule:
    return Rule.model_validate(RULE | told)


def derived(field: str, value: str, ledger: str = "人口") -> DerivedField:
    return DerivedField(field=field, ledger=ledger, value=value, note="试", examples=({"=": None},))


NOTHING = followed_on(catalogue_of())


@pytest.mark.parametrize(
    ("told", "followed"),
    [
        ({"require": "户.家庭人口 > 1"}, set()),
        ({"require": "户.户主成员.姓名 IS NULL"}, {"户主成员"}),
        ({"require": "COUNT(户.同话户) > 1"}, {"同话户"}),
        ({"when": "EXISTS(户.同话户)"}, {"同话户"}),
        ({"say": "{户.村}的{户.户主成员.姓名}"}, {"户主成员"}),
        ({"say": "{姓名}"}, set()),
        ({"once_per": ["户.户主成员.姓名"]}, {"户主成员"}),
        ({"cite": ["户.户主成员.姓名"]}, {"户主成员"}),
        ({"cite": ["户.姓名"]}, set()),
        ({"cite": ["户.家庭人口 WHERE EXISTS(同话户)"]}, {"同话户"}),
    ],
    ids=repr,
)
def test_what_stands_behind_a_dot_is_followed(told: dict[str, Any], followed: set[str]) -> None:
    assert followed_on(catalogue_of(rule(**told))) - NOTHING == followed - NOTHING


def test_it_is_followed_through_derived_fields() -> None:
    one, other = derived("甲", "乙 > 1", "户"), derived("乙", "COUNT(同话户)", "户")
    assert "同话户" not in followed_on(catalogue_of(one, other))
    assert "同话户" not in followed_on(catalogue_of(one, other, rule(require="甲")))
    assert "同话户" in followed_on(catalogue_of(one, other, rule(require="户.甲")))
    assert "同话户" in followed_on(catalogue_of(derived("丙", "COUNT(户.同话户) > 1")))


def test_in_a_reconciliation_one_row_is_led_to() -> None:
    told = HEAD | {
        "left": "户",
        "right": ["户年度"],
        "keys": ["户编号"],
        "fields": [{"field": "电话", "left": "COUNT(同话户)", "right": "1"}],
    }
    assert "同话户" in followed_on(catalogue_of(Reconciliation.model_validate(told)))


BY = ((("户编号", "户编号"),),)


@pytest.mark.parametrize(
    "of_both_sides",
    [
        Relation("往", "户", "人口", BY, many=True, where="EXISTS(同话户)"),
        Relation("往", "户", "人口", ((("户编号", "户编号"), ("COUNT(同话户)", "户编号")),), many=True),
        Relation(
            "往", "户", "人口", BY, many=True, pairing=Pairing("户", "人口", BY, left_where="EXISTS(同话户)")
        ),
        Relation(
            "往", "户", "人口", BY, many=True, pairing=Pairing("户", "人口", BY, right_where="EXISTS(同话户)")
        ),
        Relation(
            "往", "户", "人口", BY, many=True, pairing=Pairing("户", "人口", BY, latest="COUNT(同话户)")
        ),
    ],
    ids=["where", "key", "left", "right", "latest"],
)
def test_so_are_the_keys_and_conditions_of_relations(of_both_sides: Relation) -> None:
    assert "同话户" not in NOTHING
    assert "同话户" in followed_on(catalogue_of(relations=(of_both_sides,)))
