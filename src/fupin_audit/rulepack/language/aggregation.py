"""Statistics over related rows: COUNT, SUM, EXISTS … along the relations of the ledgers."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from fupin_audit.errors import RuleError
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.declared.nearest_word import nearest
from fupin_audit.rulepack.declared.reserved_words import OUTER_ROW
from fupin_audit.rulepack.language.bound import BOOLEAN, NUMBER, Bound, blank_of, condition, expect
from fupin_audit.rulepack.language.expression import (
    Path,
    arguments,
    function_name,
    miscounted,
    parts,
    two_arguments,
)
from fupin_audit.rulepack.language.functions import AGGREGATES, ValueKind, kind_of
from fupin_audit.rulepack.language.needs import Aggregate
from fupin_audit.rulepack.language.scope import Scope


def exists(scope: Scope, node: exp.Expr) -> Bound:
    """Whether a relation leads to any row; null where the row has no key to look by."""
    if len(arguments(node)) > 1:
        raise miscounted("EXISTS", "1", len(arguments(node)))
    if not isinstance(node.this, exp.Column):
        raise RuleError("EXISTS 里写关系的名字，如 EXISTS(医保参保)")
    path = tuple(part.name for part in node.this.parts)
    relation = scope.walk(scope.path + path)[-1]
    if gap := scope.available.unlisted(relation.target):
        scope.frame.missing.append(gap)
    if not relation.many:
        return _exists_one(scope, path)
    count = aggregate(scope, exp.Count(this=node.this.copy()), "COUNT", None)
    return condition(exp.GT(this=count.tree, expression=exp.Literal.number(0)))


def _exists_one(scope: Scope, path: Path) -> Bound:
    """Whether a to-one relation leads to a row; null where the row has no key to look by."""
    reached = scope.reach(path)
    if reached is None:
        return Bound(exp.false(), BOOLEAN)
    link = scope.frame.alias_of(reached.path) + ".link"
    keyed = exp.column("l", table=link, quoted=True).is_(exp.null()).not_()
    found = exp.column("r", table=link, quoted=True).is_(exp.null()).not_()
    return Bound(exp.Case(ifs=[exp.If(this=keyed, true=found)], default=exp.null()), BOOLEAN)


def filtered_statistic(scope: Scope, node: exp.Expr) -> Bound:
    """A statistic with FILTER (WHERE …)."""
    name = function_name(node.this)
    if name not in AGGREGATES:
        raise RuleError("FILTER 只能跟在统计后面")
    return aggregate(scope, node.this, name, node.expression.this)


def aggregate(scope: Scope, node: exp.Expr, name: str, where: exp.Expr | None) -> Bound:
    """A statistic over the rows of a to-many relation, registered in the frame under its own alias."""
    given = arguments(node)
    distinct = bool(given) and isinstance(given[0], exp.Distinct)
    if distinct:
        given = list(given[0].expressions)
    if len(given) != AGGREGATES[name].size:
        raise miscounted(name, str(AGGREGATES[name].size), len(given))
    written, path, relation = _relation_of(scope, name, given)
    source = _start(scope, path, relation)
    if source is None:
        return _empty(name, scope, relation, given, written)
    rows = source.over(relation, written)
    value, kind = _statistic(rows, name, given, distinct=distinct)
    if where is not None:
        value = _filtered(value, _condition(rows, where))
    column = _registered(source, relation, rows, value)
    return Bound(column, kind_of(AGGREGATES[name].result, kind))


def some(scope: Scope, node: exp.Expr) -> Bound:
    """Whether a condition holds for some related row; null where it holds for none and one can't be told."""
    name, asked = two_arguments("SOME", node)
    written, path, relation = _relation_of(scope, "SOME", [name])
    if parts(name) != written:
        raise RuleError("SOME 里先写关系的名字，再写条件，如 SOME(人口, 人口.有残疾)")
    source = _start(scope, path, relation)
    if source is None:
        return Bound(exp.false(), BOOLEAN)
    rows = source.over(relation, written)
    holds = _condition(rows, asked)
    unknown = exp.Is(this=exp.paren(holds.copy(), copy=False), expression=exp.null())
    held, undecided = (
        _registered(source, relation, rows, _filtered(_row_count(rows), each)) for each in (holds, unknown)
    )
    ifs = [
        exp.If(this=exp.GT(this=held, expression=exp.Literal.number(0)), true=exp.true()),
        exp.If(this=exp.EQ(this=undecided, expression=exp.Literal.number(0)), true=exp.false()),
    ]
    return Bound(exp.Case(ifs=ifs, default=exp.null()), BOOLEAN)


def listed(scope: Scope, path: Path, value: Callable[[Scope], exp.Expr]) -> exp.Expr:
    """What an expression gives for each row a path leads to, the last relation of it to many, as a list."""
    relation = scope.walk(scope.path + path)[-1]
    source = _start(scope, path[:-1], relation)
    if source is None:
        return exp.null()
    rows = source.over(relation, path)
    return _registered(source, relation, rows, exp.Anonymous(this="LIST", expressions=[value(rows)]))


def _start(scope: Scope, path: Path, relation: Relation) -> Scope | None:
    """The row a statistic starts from; None where that row or its related rows were not delivered at all."""
    source = scope.reach(path) if path else scope
    return source if source and source.leads_somewhere(relation) else None


def _condition(rows: Scope, where: exp.Expr) -> exp.Expr:
    bound = rows.node(where)
    expect(bound, "boolean", where)
    return bound.tree


def _names_outer_row(value: exp.Expr) -> bool:
    """Whether a statistic looks at the row it starts from, and not at its related rows alone."""
    return any(column.table.partition(".")[0] == OUTER_ROW for column in value.find_all(exp.Column))


def _relation_of(scope: Scope, name: str, given: list[exp.Expr]) -> tuple[Path, Path, Relation]:
    """The relation a statistic runs over: as written, the to-one path before it, and itself."""
    column = next((c for item in given for c in item.find_all(exp.Column)), None)
    if column is None:
        raise RuleError(f"{name} 里要写关系，如 COUNT(人口)、SUM(人口.务工时间)")
    names = tuple(part.name for part in column.parts)
    walked: list[Relation] = []
    ledger = scope.ledger
    for item in names:
        relation = scope.vocabulary.relation(ledger, item)
        if relation is None:
            break
        walked.append(relation)
        ledger = relation.target
        if relation.many:
            break
    if not walked or not walked[-1].many:
        known = scope.vocabulary.relation_names(scope.ledger)
        raise RuleError(f"“{scope.ledger}”没有“对多”关系“{'.'.join(names)}”{nearest(names[0], known)}")
    written = names[: len(walked)]
    return written, written[:-1], walked[-1]


def _empty(name: str, scope: Scope, relation: Relation, given: list[exp.Expr], written: Path) -> Bound:
    """What a statistic gives where its rows were not delivered at all; its argument is still checked."""
    if name == "COUNT":
        return Bound(exp.Literal.number(0), NUMBER)
    kind = scope.unreached(relation, written).node(given[0]).kind
    return blank_of(kind_of(AGGREGATES[name].result, kind))


def _statistic(
    rows: Scope, name: str, given: list[exp.Expr], *, distinct: bool
) -> tuple[exp.Expr, ValueKind]:
    if name == "COUNT" and not distinct and parts(given[0]) == rows.related:
        return _row_count(rows), NUMBER
    bound = [rows.node(item) for item in given]
    expect(bound[0], AGGREGATES[name].arg, given[0])
    if name == "LATEST" and bound[1].kind.family not in ("date", "number", None):
        raise RuleError("LATEST 的第二个参数应是日期或数，如 LATEST(医保参保.参保地, 医保参保.缴费日期)")
    trees = [item.tree for item in bound]
    if distinct:
        return exp.Anonymous(this=name, expressions=[exp.Distinct(expressions=trees)]), bound[0].kind
    return exp.Anonymous(
        this=f"STAT_{name}" if name in {"LIST", "LATEST"} else name, expressions=trees
    ), bound[0].kind


def _row_count(rows: Scope) -> exp.Count:
    return exp.Count(this=exp.column("r", table=f"{rows.frame.alias}.link", quoted=True))


def _filtered(value: exp.Expr, holds: exp.Expr) -> exp.Expr:
    """The statistic over the rows where the condition holds."""
    if isinstance(value, exp.Anonymous) and value.name.startswith("STAT_"):
        # An engine's macro takes no FILTER; the statistics it stands for pass over nulls.
        first, *rest = value.expressions
        chosen = exp.Case(ifs=[exp.If(this=holds, true=first)])
        return exp.Anonymous(this=value.name, expressions=[chosen, *rest])
    return exp.Filter(this=value, expression=exp.Where(this=holds))


def _registered(source: Scope, relation: Relation, rows: Scope, value: exp.Expr) -> exp.Column:
    """The column of a statistic, which joins those that can be worked out together with it."""
    frame, outer = source.frame, rows.outer.frame if rows.outer and _names_outer_row(value) else None
    statistics = Aggregate(source.path, relation, {}, rows.frame, outer)
    alias = next((alias for alias, known in frame.aggregates.items() if known.takes(statistics)), None)
    if alias is None:
        alias = f"{frame.alias}.统计{len(frame.aggregates) + 1}"
        frame.aggregates[alias] = statistics
    together = frame.aggregates[alias]
    fields = tuple(name for path, name in statistics.inner.mentioned if not path)
    frame.counted.append((statistics.path, statistics.relation, fields))
    together.inner.hops |= statistics.inner.hops
    together.inner.parameters |= statistics.inner.parameters
    together.inner.mentioned += [
        name for name in statistics.inner.mentioned if name not in together.inner.mentioned
    ]
    return exp.column(together.column_of(value), table=alias, quoted=True)
