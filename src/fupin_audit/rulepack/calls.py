"""Calls of scalar functions, and of the two that pass over columns that were not delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from fupin_audit.errors import RuleError
from fupin_audit.rulepack.bound import BOOLEAN, Bound, blank_of, check_codes, common, comparable, expect
from fupin_audit.rulepack.expression import arguments
from fupin_audit.rulepack.functions import FUNCTIONS, Kind

if TYPE_CHECKING:
    from fupin_audit.rulepack.binding import Binder


def call(binder: Binder, node: exp.Expr, name: str) -> Bound:
    """A scalar function of the language."""
    function, given = FUNCTIONS[name], arguments(node)
    if not function.accepts(len(given)):
        raise RuleError(f"{name} 的参数个数不对：{node.sql(dialect='duckdb')}")
    bound = [binder.node(item) for item in given]
    for index, (value, item) in enumerate(zip(bound, given, strict=True)):
        expect(value, function.wants(index), item)
    if name == "HAS":
        check_codes(bound[0], bound[1])
    kind = bound[0].kind if function.result == "same" else Kind(function.result)  # type: ignore[arg-type]
    return Bound(exp.Anonymous(this=name, expressions=[value.tree for value in bound]), kind)


def tolerant(binder: Binder, node: exp.Expr, name: str) -> Bound:
    """COALESCE and ANY_OF: arguments whose columns were not delivered are left out, unless none is left."""
    kept: list[Bound] = []
    dropped: list[Bound] = []
    lacking: list[str] = []
    named = False
    for item in arguments(node):
        before = len(binder.frame.missing)
        bound = binder.node(item)
        if len(binder.frame.missing) > before:
            lacking += binder.frame.missing[before:]
            del binder.frame.missing[before:]
            dropped.append(bound)
            continue
        named = named or item.find(exp.Column) is not None
        kept.append(bound)
    if not named:
        binder.frame.missing += lacking
    if not kept:
        return blank_of(common(dropped))
    return _any_of(kept) if name == "ANY_OF" else _coalesce(kept, node)


def _coalesce(kept: list[Bound], node: exp.Expr) -> Bound:
    for bound in kept:
        comparable(kept[0], bound, node)
    return Bound(exp.Coalesce(this=kept[0].tree, expressions=[b.tree for b in kept[1:]]), common(kept))


def _any_of(kept: list[Bound]) -> Bound:
    """TRUE if one holds, NULL if all are blank, else FALSE."""
    for bound in kept:
        expect(bound, "boolean", bound.tree)
    holds = exp.or_(
        *(exp.Is(this=exp.paren(b.tree.copy(), copy=False), expression=exp.true()) for b in kept), copy=False
    )
    blank = exp.and_(
        *(exp.Is(this=exp.paren(b.tree.copy(), copy=False), expression=exp.null()) for b in kept), copy=False
    )
    ifs = [exp.If(this=holds, true=exp.true()), exp.If(this=blank, true=exp.null())]
    return Bound(exp.Case(ifs=ifs, default=exp.false()), BOOLEAN)
