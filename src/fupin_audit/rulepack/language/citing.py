"""The rows that a rule's `cite` points at, as SQL."""

from __future__ import annotations

from sqlglot import exp

from fupin_audit.rulepack.language.aggregation import listed
from fupin_audit.rulepack.language.expression import Path
from fupin_audit.rulepack.language.scope import Scope


def rows_pointed_at(scope: Scope, path: Path, where: str, row: str) -> exp.Expr:
    """The number of the row a path leads to, a list of numbers where it leads to many; null where nowhere.

    Args:
        scope: of the row the path starts from.
        path: relations.
        where: which rows are meant, as in the FILTER of a statistic; empty: all.
        row: name of the column that numbers rows.
    """
    walked = scope.walk(scope.path + path)[len(scope.path) :]
    many = next((at for at, relation in enumerate(walked, 1) if relation.many), 0)
    if many:
        return listed(scope, path[:many], lambda rows: rows_pointed_at(rows, path[many:], where, row))
    reached = scope.reach(path) if path else scope
    if reached is None:
        return exp.null()
    number = exp.column(row, table=reached.frame.alias_of(reached.path), quoted=True)
    return exp.Case(ifs=[exp.If(this=scope.condition(where), true=number)]) if where else number
