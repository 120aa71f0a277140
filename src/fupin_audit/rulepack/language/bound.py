"""A checked expression and its type; what two types may do with each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlglot import exp

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.language.expression import as_written
from fupin_audit.rulepack.language.functions import ValueKind

TEXT, NUMBER, DATE, BOOLEAN, NOTHING = (
    ValueKind("text"),
    ValueKind("number"),
    ValueKind("date"),
    ValueKind("boolean"),
    ValueKind(None),
)
FAMILY_WORDS = {"text": "文本", "number": "数", "date": "日期", "boolean": "是否"}
_SQL_TYPES = {"text": "VARCHAR", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A checked expression: its SQL tree, ready for a SELECT over its frame, and its type."""

    tree: exp.Expr
    kind: ValueKind


def blank_of(kind: ValueKind) -> Bound:
    """A null of that type."""
    return Bound(null_of(_SQL_TYPES[kind.family or "text"]), kind)


def null_of(sql_type: str) -> exp.Expr:
    """A null of an SQL type."""
    return cast_to(exp.null(), sql_type)


def cast_to(tree: exp.Expr, sql_type: str) -> exp.Cast:
    """The value as one of an SQL type."""
    return exp.Cast(this=tree, to=_data_type(sql_type).copy())


@lru_cache(maxsize=64)  # sqlglot parses the name
def _data_type(sql_type: str) -> exp.DataType:
    return exp.DataType.build(sql_type)


def expect(bound: Bound, family: str, written: exp.Expr) -> None:
    """Refuse an expression of another family than wanted; `any` takes all."""
    if family != "any" and bound.kind.family not in (family, None):
        got = FAMILY_WORDS[bound.kind.family or "text"]
        text = as_written(written)
        raise RuleError(f"“{text}”应为{FAMILY_WORDS[family]}，实为{got}")


def comparable(left: Bound, right: Bound, node: exp.Expr) -> None:
    """Refuse a comparison of two families, or with a text the code list does not have."""
    families = {left.kind.family, right.kind.family} - {None}
    if len(families) > 1:
        words = "与".join(sorted(FAMILY_WORDS[f] for f in families if f))
        raise RuleError(f"{words}不能比较：{as_written(node)}")
    check_codes(left, right)
    check_codes(right, left)


def check_codes(field: Bound, value: Bound) -> None:
    """A text compared with a code field must be one of its labels."""
    codes = field.kind.codes
    if codes and isinstance(value.tree, exp.Literal) and value.tree.is_string:
        written = value.tree.name
        if written not in codes.labels:
            raise RuleError(f"码表“{codes.name}”没有“{written}”{nearest(written, codes.labels)}")


def common(values: list[Bound]) -> ValueKind:
    """The kind several results share."""
    return next((value.kind for value in values if value.kind.family), NOTHING)


def rebuilt(node: exp.Expr, sides: list[Bound]) -> exp.Expr:
    """The node over the bound sides, in parentheses so that precedence can't shift."""
    keys = ("this", "expression") if len(sides) > 1 else ("this",)
    return exp.paren(
        type(node)(**{key: side.tree for key, side in zip(keys, sides, strict=True)}), copy=False
    )


def condition(tree: exp.Expr) -> Bound:
    """What is true or false, in parentheses: compared with another, it would be a chain no engine takes."""
    return Bound(exp.paren(tree, copy=False), BOOLEAN)
