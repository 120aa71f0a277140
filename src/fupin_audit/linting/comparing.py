"""Comparisons as tests of one term: against constants, against the other side, against a pattern."""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from fupin_audit.linting.formula import OPPOSITE, Atom, Constant, Test, every, some
from fupin_audit.linting.truth import BLANK, Meaning, opaque

_MIRRORED: dict[Test, Test] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


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
