"""Operators a rule may use, one handler a kind of node; what is not listed is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlglot import exp

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.language.bound import (
    BOOLEAN,
    DATE,
    NOTHING,
    NUMBER,
    TEXT,
    Bound,
    common,
    comparable,
    condition,
    expect,
    rebuilt,
)
from fupin_audit.rulepack.language.clerk_words import hint_of_yes
from fupin_audit.rulepack.language.expression import arguments, as_written
from fupin_audit.rulepack.language.scope import Scope

# Whole numbers up to here are exact, and products of two do not overflow.
_MAX_NUMBER = 1e15
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Neg)


def _literal(_: Scope, node: exp.Expr) -> Bound:
    tree = exp.Literal(this=node.this, is_string=node.is_string)
    if node.is_string:
        return Bound(tree, TEXT)
    try:
        number = float(node.name)
    except ValueError as error:
        raise RuleError(f"“{node.name[:20]}”不是数") from error
    if not number <= _MAX_NUMBER:
        raise RuleError(f"数太大：{node.name[:20]}，最多 {_MAX_NUMBER:.0e}")
    return Bound(tree, NUMBER)


def _boolean(_: Scope, node: exp.Expr) -> Bound:
    return Bound(node.copy(), BOOLEAN)


def _nothing(_: Scope, node: exp.Expr) -> Bound:
    return Bound(node.copy(), NOTHING)


def _paren(scope: Scope, node: exp.Expr) -> Bound:
    inner = scope.node(node.this)
    return Bound(exp.paren(inner.tree, copy=False), inner.kind)


def _logical(scope: Scope, node: exp.Expr) -> Bound:
    sides = [scope.node(item) for item in arguments(node)]
    for side, item in zip(sides, arguments(node), strict=True):
        expect(side, "boolean", item)
    return Bound(rebuilt(node, sides), BOOLEAN)


def _comparison(scope: Scope, node: exp.Expr) -> Bound:
    _refuse_yes(node)
    left, right = scope.node(node.this), scope.node(node.expression)
    try:
        comparable(left, right, node)
    except RuleError as error:
        raise RuleError(error.message + _said_yes(node)) from error
    return Bound(rebuilt(node, [left, right]), BOOLEAN)


def _refuse_yes(node: exp.Expr) -> None:
    """Refuse `有劳动力 = 是`: a name like any other, but nobody means a field."""
    if isinstance(node.expression, exp.Column) and (said := _said_yes(node)):
        raise RuleError(f"“{as_written(node)}”写法有误{said}")


def _said_yes(node: exp.Expr) -> str:
    """What to write where a condition is compared with the word for yes or no."""
    word = node.expression.name if isinstance(node.expression, exp.Column | exp.Literal) else ""
    return hint_of_yes(word, as_written(node.this)) if isinstance(node, exp.EQ) else ""


def _arithmetic(scope: Scope, node: exp.Expr) -> Bound:
    sides = [scope.node(item) for item in arguments(node)]
    for side, item in zip(sides, arguments(node), strict=True):
        expect(side, "number", item)
    return Bound(rebuilt(node, sides), NUMBER)


def _membership(scope: Scope, node: exp.Expr) -> Bound:
    if any(node.args.get(key) for key in ("query", "unnest", "field")):
        raise RuleError("IN 后面只能列出值")
    if not node.expressions:
        raise RuleError("IN 后面没有列出值")
    this, *values = (scope.node(item) for item in (node.this, *node.expressions))
    for value in values:
        comparable(this, value, node)
    return condition(exp.In(this=this.tree, expressions=[value.tree for value in values]))


def _between(scope: Scope, node: exp.Expr) -> Bound:
    if node.args.get("symmetric"):
        raise RuleError("BETWEEN 后面先写小的，再写大的")
    this, low, high = (scope.node(node.args[key]) for key in ("this", "low", "high"))
    comparable(this, low, node)
    comparable(this, high, node)
    return condition(exp.Between(this=this.tree, low=low.tree, high=high.tree))


def _like(scope: Scope, node: exp.Expr) -> Bound:
    this, pattern = scope.node(node.this), scope.node(node.expression)
    expect(this, "text", node.this)
    expect(pattern, "text", node.expression)
    like = exp.Like(this=this.tree, expression=pattern.tree)
    return condition(exp.not_(like, copy=False) if node.args.get("negate") else like)


def _is(scope: Scope, node: exp.Expr) -> Bound:
    if not isinstance(node.expression, exp.Null | exp.Boolean):
        raise RuleError("IS 后面只能是 NULL、TRUE、FALSE")
    this = scope.node(node.this)
    if isinstance(node.expression, exp.Boolean):
        expect(this, "boolean", node.this)
    return condition(exp.Is(this=this.tree, expression=node.expression.copy()))


def _case(scope: Scope, node: exp.Expr) -> Bound:
    if node.this is not None:
        raise RuleError("CASE 后面直接写 WHEN")
    branches = [(scope.node(item.this), scope.node(item.args["true"])) for item in node.args["ifs"]]
    for (when, _), item in zip(branches, node.args["ifs"], strict=True):
        expect(when, "boolean", item.this)
    default = scope.node(node.args["default"]) if node.args.get("default") else Bound(exp.null(), NOTHING)
    results = [value for _, value in branches] + [default]
    for value in results:
        comparable(results[0], value, node)
    ifs = [exp.If(this=when.tree, true=value.tree) for when, value in branches]
    return Bound(exp.Case(ifs=ifs, default=default.tree), common(results))


def _cast(_: Scope, node: exp.Expr) -> Bound:
    literal, wanted = node.this, node.args["to"]
    if not (wanted.is_type("date") and isinstance(literal, exp.Literal) and literal.is_string):
        raise RuleError("类型转换只允许日期常量，写作 DATE '2020-12-31'")
    if not _is_date(literal.name):
        raise RuleError(f"没有“{literal.name}”这一天")
    return Bound(node.copy(), DATE)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _concatenation(scope: Scope, node: exp.Expr) -> Bound:
    sides = [scope.node(item) for item in arguments(node)]
    for side, item in zip(sides, arguments(node), strict=True):
        expect(side, "text", item)
    return Bound(exp.DPipe(this=sides[0].tree, expression=sides[1].tree), TEXT)


OPERATORS: dict[type[exp.Expr], Callable[[Scope, exp.Expr], Bound]] = {
    exp.Literal: _literal,
    exp.Boolean: _boolean,
    exp.Null: _nothing,
    exp.Paren: _paren,
    **dict.fromkeys((exp.And, exp.Or, exp.Not), _logical),
    **dict.fromkeys(_COMPARISONS, _comparison),
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
    exp.In: _membership,
    exp.Between: _between,
    exp.Like: _like,
    exp.Is: _is,
    exp.Case: _case,
    exp.Cast: _cast,
    exp.DPipe: _concatenation,
}
