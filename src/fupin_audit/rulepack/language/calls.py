"""Calls of scalar functions, and of the two that pass over columns that were not delivered."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.language.bound import (
    BOOLEAN,
    TEXT,
    Bound,
    blank_of,
    check_codes,
    common,
    comparable,
    expect,
)
from fupin_audit.rulepack.language.expression import arguments, as_written, miscounted
from fupin_audit.rulepack.language.functions import FUNCTIONS, kind_of
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
    kind = kind_of(function.result, bound[0].kind)
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
    if len(pattern.name) > _MAX_PATTERN or pattern.name.count("(") > _MAX_GROUPS:
        raise RuleError(
            f"正则表达式太长，最多{_MAX_PATTERN}字、{_MAX_GROUPS}个括号：{pattern.name[:_SHOWN]}…"
        )
    try:
        re.compile(pattern.name)
    except (re.error, OverflowError) as error:
        raise RuleError(f"正则表达式写法有误：{pattern.name}") from error
    if _LOOKING_ROUND.search(pattern.name):
        raise RuleError(f"正则表达式里不允许前后查找和反向引用：{pattern.name}")


def _check_digits(_: list[Bound], given: list[exp.Expr], __: exp.Expr) -> None:
    if len(given) > 1 and not (isinstance(given[1], exp.Literal) and given[1].is_int):
        raise RuleError("ROUND 的位数要直接写成整数")


# Python reads a group within a group by calling itself.
_MAX_PATTERN, _MAX_GROUPS, _SHOWN = 500, 50, 40
_LOOKING_ROUND = re.compile(r"\(\?[=!<]|\\[1-9]")
_SPECIAL: dict[str, Callable[[list[Bound], list[exp.Expr], exp.Expr], None]] = {
    "HAS": _check_label,
    "FULL_MATCH": _check_pattern,
    "ROUND": _check_digits,
    **dict.fromkeys(("NULLIF", "LEAST", "GREATEST"), _check_alike),
}


def group_of(scope: Scope, node: exp.Expr) -> Bound:
    """The group of its code list a label is in; '' for a label in none, null for a blank."""
    given = arguments(node)
    if len(given) != 1:
        raise miscounted("GROUP_OF", "1", len(given))
    bound = scope.node(given[0])
    if bound.kind.codes is None or not bound.kind.codes.groups:
        raise RuleError(f"“{as_written(given[0])}”的值没有分组；GROUP_OF 里写码表有分组的字段，如 与户主关系")
    groups = bound.kind.codes.groups.items()
    ifs = [
        exp.If(this=bound.tree.copy().isin(*labels), true=exp.Literal.string(name)) for name, labels in groups
    ]
    ifs.append(exp.If(this=bound.tree.copy().is_(exp.null()).not_(), true=exp.Literal.string("")))
    return Bound(exp.Case(ifs=ifs, default=exp.null()), TEXT)


def tolerant(scope: Scope, node: exp.Expr, name: str) -> Bound:
    """COALESCE, ANY_OF, ALL_OF: arguments whose columns were not delivered are left out, unless none is left."""
    if not arguments(node):
        raise miscounted(name, "至少1", 0)
    tried = [_tried(scope, item) for item in arguments(node)]
    if name != "COALESCE":
        for (bound, _), item in zip(tried, arguments(node), strict=True):
            expect(bound, "boolean", item)
    lacking = [gap for _, gaps in tried for gap in gaps]
    kept = [bound for bound, gaps in tried if not gaps]
    if not any(
        item.find(exp.Column) for (_, gaps), item in zip(tried, arguments(node), strict=True) if not gaps
    ):
        scope.frame.missing += lacking
    else:
        scope.frame.passed_over += lacking if name != "COALESCE" else _elsewhere(scope, lacking)
    if not kept:
        return blank_of(common([bound for bound, _ in tried]))
    return _TOLERANT[name](kept, node)


def _tried(scope: Scope, item: exp.Expr) -> tuple[Bound, list[str]]:
    """An argument, and what it needs and was not delivered, which is not noted."""
    before = len(scope.frame.missing)
    bound = scope.node(item)
    gaps = scope.frame.missing[before:]
    del scope.frame.missing[before:]
    return bound, gaps


def _elsewhere(scope: Scope, lacking: list[str]) -> list[str]:
    """Those gaps that are not columns of the row's own ledger: where such a one is blank, the next is as good."""
    own = {
        scope.available.lacks(scope.ledger, name) for name in scope.vocabulary.ledgers[scope.ledger].columns()
    }
    return [gap for gap in lacking if gap not in own]


def _coalesce(kept: list[Bound], node: exp.Expr) -> Bound:
    for bound in kept:
        comparable(kept[0], bound, node)
    return Bound(exp.Coalesce(this=kept[0].tree, expressions=[b.tree for b in kept[1:]]), common(kept))


def _any_of(kept: list[Bound], _: exp.Expr) -> Bound:
    """TRUE if one holds, NULL if all are blank, else FALSE: the greatest, which passes over blanks."""
    return Bound(exp.Anonymous(this="GREATEST", expressions=[bound.tree for bound in kept]), BOOLEAN)


def _all_of(kept: list[Bound], _: exp.Expr) -> Bound:
    """FALSE if one does not hold, else NULL if one is blank, else TRUE: as AND has it."""
    return Bound(exp.paren(exp.and_(*(bound.tree for bound in kept), copy=False), copy=False), BOOLEAN)


_TOLERANT: dict[str, Callable[[list[Bound], exp.Expr], Bound]] = {
    "COALESCE": _coalesce,
    "ANY_OF": _any_of,
    "ALL_OF": _all_of,
}
