"""From an expression to what it says: when it is true, when it is false, when it is blank.

A part the logic knows nothing of (WITHIN, EXISTS …) is a term of its own that may be anything; so what is
called impossible is impossible, and what is not may still be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlglot import exp

from fupin_audit.linting.formula import OPPOSITE, Atom, Constant, Formula, Test, every, some
from fupin_audit.linting.truth import BLANK, CERTAIN, IMPOSSIBLE, Meaning, opaque
from fupin_audit.rulepack.language.expression import arguments, function_name

_MIRRORED: dict[Test, Test] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_COMPARISONS: dict[type[exp.Expr], Test] = {
    exp.EQ: "in",
    exp.NEQ: "not in",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_CONDITIONS = (exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Between, exp.Like, exp.Boolean, exp.Exists)
_CONDITION_FUNCTIONS = frozenset(
    {"ALL_OF", "ANY_OF", "FULL_MATCH", "HAS", "HAS_ANY", "ID_VALID", "MENTIONS", "SOME", "WITHIN"}
)


def meaning(node: exp.Expr) -> Meaning:
    """What a condition says."""
    if isinstance(node, exp.Paren):
        return meaning(node.this)
    if builder := _BUILDERS.get(type(node)):
        return builder(node)
    if type(node) in _COMPARISONS:
        return _comparison(node)
    if over_conditions := _OVER_CONDITIONS.get(function_name(node)):
        return over_conditions([meaning(item) for item in arguments(node)])
    if isinstance(node, exp.Coalesce) and any(map(is_condition, arguments(node))):
        return _coalesce([meaning(item) for item in arguments(node)])
    return opaque(text(node))


def is_condition(node: exp.Expr) -> bool:
    """Whether it can be told from the expression alone that it is a condition."""
    node = node.unnest()
    return (
        isinstance(node, _CONDITIONS)
        or type(node) in _COMPARISONS
        or function_name(node) in _CONDITION_FUNCTIONS
    )


def _boolean(node: exp.Expr) -> Meaning:
    return CERTAIN if node.this else IMPOSSIBLE


def _nothing(_: exp.Expr) -> Meaning:
    return BLANK


def _and(node: exp.Expr) -> Meaning:
    return _all_of([meaning(item) for item in (node.this, node.expression)])


def _or(node: exp.Expr) -> Meaning:
    sides = [meaning(item) for item in (node.this, node.expression)]
    return Meaning(some(s.true for s in sides), every(s.false for s in sides), some(s.blank for s in sides))


def _not(node: exp.Expr) -> Meaning:
    return meaning(node.this).denied


def _is(node: exp.Expr) -> Meaning:
    """IS NULL, IS TRUE, IS FALSE are never blank themselves."""
    if isinstance(node.expression, exp.Null):
        return _is_null(node.this)
    inner = meaning(node.this)
    asked = inner if node.expression.this else inner.denied
    return Meaning(asked.true, asked.not_true)


def _is_null(node: exp.Expr) -> Meaning:
    if isinstance(node.unnest(), exp.Null):
        return CERTAIN
    if constant(node) is not None:
        return IMPOSSIBLE
    term = text(node)
    return Meaning(Atom(term, "null"), Atom(term, "not null"))


def _comparison(node: exp.Expr) -> Meaning:
    left, right, test = node.this, node.expression, _COMPARISONS[type(node)]
    if test in ("in", "not in") and (is_condition(left) or is_condition(right)):
        same = _same(meaning(left), meaning(right))
        return same if test == "in" else same.denied
    return compared(left, test, right)


def _same(one: Meaning, other: Meaning) -> Meaning:
    both = some((every((one.true, other.true)), every((one.false, other.false))))
    apart = some((every((one.true, other.false)), every((one.false, other.true))))
    return Meaning(both, apart, some((one.blank, other.blank)))


def _case(node: exp.Expr) -> Meaning:
    """The first branch whose condition is true decides."""
    branches = [(meaning(item.this), meaning(item.args["true"])) for item in node.args["ifs"]]
    default = node.args.get("default")
    last = (CERTAIN, meaning(default) if default else BLANK)
    passed: list[Formula] = []
    ways: list[tuple[Formula, Meaning]] = []
    for condition, result in (*branches, last):
        ways.append((every((*passed, condition.true)), result))
        passed.append(condition.not_true)
    return Meaning(
        some(every((way, result.true)) for way, result in ways),
        some(every((way, result.false)) for way, result in ways),
        some(every((way, result.blank)) for way, result in ways),
    )


def _all_of(given: Sequence[Meaning]) -> Meaning:
    """False if one is; else blank if one is; else true."""
    return Meaning(every(m.true for m in given), some(m.false for m in given), some(m.blank for m in given))


def _any_of(given: Sequence[Meaning]) -> Meaning:
    """True if one is; blank if all are; else false."""
    return Meaning(
        some(m.true for m in given), every(m.not_true for m in given), every(m.blank for m in given)
    )


def _coalesce(given: Sequence[Meaning]) -> Meaning:
    """The first that is not blank."""
    passed: list[Formula] = []
    true: list[Formula] = []
    false: list[Formula] = []
    for item in given:
        true.append(every((*passed, item.true)))
        false.append(every((*passed, item.false)))
        passed.append(item.blank)
    return Meaning(some(true), some(false), every(passed))


# Comparisons as tests of one term: against constants, against the other side, against a pattern.


def constant(node: exp.Expr) -> Constant | None:
    """The value an expression is written as; None for what must be worked out, and for NULL."""
    if isinstance(node, exp.Paren):
        return constant(node.this)
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if isinstance(node, exp.Literal):
        return str(node.this) if node.is_string else float(node.this)
    if isinstance(node, exp.Neg) and isinstance(value := constant(node.this), float):
        return -value
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal):
        return date.fromisoformat(node.this.name)
    return None


def text(node: exp.Expr) -> str:
    """A term as text: the same term, the same text."""
    return node.unnest().sql(dialect="duckdb")


def compared(left: exp.Expr, test: Test, right: exp.Expr) -> Meaning:
    """A term against a constant, or the difference of two terms against 0; with NULL nothing compares."""
    left, right = left.unnest(), right.unnest()
    if isinstance(left, exp.Null) or isinstance(right, exp.Null):
        return BLANK
    value = constant(right)
    if value is not None:
        return _tested(Atom(text(left), test, frozenset({value})))
    if constant(left) is not None or text(left) > text(right):
        return compared(right, _MIRRORED.get(test, test), left)
    sides = (text(left), text(right))
    return _tested(Atom(" - ".join(sides), test, frozenset({0.0}), sides))


def _tested(atom: Atom) -> Meaning:
    """The atom, its opposite, and a blank on either side."""
    terms = atom.sides or (atom.term,)
    opposite = Atom(atom.term, OPPOSITE[atom.test], atom.values, atom.sides)
    return Meaning(atom, opposite, some(Atom(term, "null") for term in terms))


def in_list(node: exp.Expr) -> Meaning:
    """IN: one test of constants, or a comparison with each."""
    values = [constant(item) for item in node.expressions]
    known = frozenset(value for value in values if value is not None)
    if len(known) == len(set(values)):
        return _tested(Atom(text(node.this), "in", known))
    listed = [compared(node.this, "in", item) for item in node.expressions]
    return Meaning(
        some(m.true for m in listed), every(m.false for m in listed), some(m.blank for m in listed)
    )


def between(node: exp.Expr) -> Meaning:
    """BETWEEN: no less than the one, no more than the other."""
    low = compared(node.this, ">=", node.args["low"])
    high = compared(node.this, "<=", node.args["high"])
    return Meaning(every((low.true, high.true)), some((low.false, high.false)), some((low.blank, high.blank)))


def like(node: exp.Expr) -> Meaning:
    """LIKE with a pattern that is written out."""
    pattern = constant(node.expression)
    if pattern is None:
        return opaque(text(node))
    return _tested(
        Atom(text(node.this), "not like" if node.args.get("negate") else "like", frozenset({pattern}))
    )


_OVER_CONDITIONS: dict[str, Callable[[Sequence[Meaning]], Meaning]] = {"ALL_OF": _all_of, "ANY_OF": _any_of}
_BUILDERS: dict[type[exp.Expr], Callable[[exp.Expr], Meaning]] = {
    exp.Boolean: _boolean,
    exp.Null: _nothing,
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _not,
    exp.Is: _is,
    exp.In: in_list,
    exp.Between: between,
    exp.Like: like,
    exp.Case: _case,
}
