"""Calls of scalar functions, and of the two that pass over columns that were not delivered."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.language.bound import (
    BOOLEAN,
    Bound,
    blank_of,
    check_codes,
    common,
    comparable,
    expect,
)
from fupin_audit.rulepack.language.expression import arguments, miscounted
from fupin_audit.rulepack.language.functions import FUNCTIONS, ValueKind
from fupin_audit.rulepack.language.scope import Scope


def call(scope: Scope, node: exp.Expr, name: str) -> Bound:
    """A scalar function of the language."""
    function, given = FUNCTIONS[name], arguments(node)
    if not function.accepts(len(given)):
        raise miscounted(name, function.count, len(given))
    bound = [scope.node(item) for item in given]
    for index, (value, item) in enumerate(zip(bound, given, strict=True)):
        expect(value, function.wants(index), item)
    if special := _SPECIAL.get(name):
        special(bound, given, node)
    kind = bound[0].kind if function.result == "same" else ValueKind(function.result)  # type: ignore[arg-type]
    return Bound(exp.Anonymous(this=name, expressions=[value.tree for value in bound]), kind)


def _check_label(bound: list[Bound], _: list[exp.Expr], __: exp.Expr) -> None:
    check_codes(bound[0], bound[1])


def _check_alike(bound: list[Bound], _: list[exp.Expr], node: exp.Expr) -> None:
    for value in bound[1:]:
        comparable(bound[0], value, node)


def _check_pattern(_: list[Bound], given: list[exp.Expr], __: exp.Expr) -> None:
    """Refuse a pattern no engine could run: it must be written out, and use nothing but regular expressions."""
    pattern = given[1]
    if not (isinstance(pattern, exp.Literal) and pattern.is_string):
        raise RuleError("FULL_MATCH 的正则表达式要直接写出")
    try:
        re.compile(pattern.name)
    except re.error as error:
        raise RuleError(f"正则表达式写法有误：{pattern.name}") from error
    if _LOOKING_ROUND.search(pattern.name):
        raise RuleError(f"正则表达式里不允许前后查找和反向引用：{pattern.name}")


def _check_digits(_: list[Bound], given: list[exp.Expr], __: exp.Expr) -> None:
    if len(given) > 1 and not (isinstance(given[1], exp.Literal) and given[1].is_int):
        raise RuleError("ROUND 的位数要直接写成整数")


_LOOKING_ROUND = re.compile(r"\(\?[=!<]|\\[1-9]")
_SPECIAL: dict[str, Callable[[list[Bound], list[exp.Expr], exp.Expr], None]] = {
    "HAS": _check_label,
    "FULL_MATCH": _check_pattern,
    "ROUND": _check_digits,
    **dict.fromkeys(("NULLIF", "LEAST", "GREATEST"), _check_alike),
}


def tolerant(scope: Scope, node: exp.Expr, name: str) -> Bound:
    """COALESCE and ANY_OF: arguments whose columns were not delivered are left out, unless none is left."""
    if not arguments(node):
        raise miscounted(name, "至少1", 0)
    kept: list[Bound] = []
    dropped: list[Bound] = []
    lacking: list[str] = []
    named = False
    for item in arguments(node):
        before = len(scope.frame.missing)
        bound = scope.node(item)
        if name == "ANY_OF":
            expect(bound, "boolean", item)
        if len(scope.frame.missing) > before:
            lacking += scope.frame.missing[before:]
            del scope.frame.missing[before:]
            dropped.append(bound)
            continue
        named = named or item.find(exp.Column) is not None
        kept.append(bound)
    if not named:
        scope.frame.missing += lacking
    elif name == "ANY_OF":
        scope.frame.passed_over += lacking
    if not kept:
        return blank_of(common(dropped))
    return _any_of(kept) if name == "ANY_OF" else _coalesce(kept, node)


def _coalesce(kept: list[Bound], node: exp.Expr) -> Bound:
    for bound in kept:
        comparable(kept[0], bound, node)
    return Bound(exp.Coalesce(this=kept[0].tree, expressions=[b.tree for b in kept[1:]]), common(kept))


def _any_of(kept: list[Bound]) -> Bound:
    """TRUE if one holds, NULL if all are blank, else FALSE."""
    holds = exp.or_(
        *(exp.Is(this=exp.paren(b.tree.copy(), copy=False), expression=exp.true()) for b in kept), copy=False
    )
    blank = exp.and_(
        *(exp.Is(this=exp.paren(b.tree.copy(), copy=False), expression=exp.null()) for b in kept), copy=False
    )
    ifs = [exp.If(this=holds, true=exp.true()), exp.If(this=blank, true=exp.null())]
    return Bound(exp.Case(ifs=ifs, default=exp.false()), BOOLEAN)
