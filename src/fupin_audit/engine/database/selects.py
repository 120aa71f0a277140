"""From a frame to a SELECT: pure functions from trees to trees, no text is pasted (D4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import local

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.language.needs import Aggregate, Needs

PARAMETERS = "_参数"
_ONLY = "所要的行"
_own = local()


@dataclass(frozen=True, slots=True)
class LinkedQuery:
    """A query, and the relations whose link tables must be there when it runs."""

    tree: exp.Query
    relations: tuple[Relation, ...] = ()


def linked_query(tree: exp.Query, *frames: Needs) -> LinkedQuery:
    """A query made of expressions that were bound in these frames."""
    return LinkedQuery(
        tree, tuple(dict.fromkeys(relation for frame in frames for relation in relations_of(frame)))
    )


def link_table(relation: Relation) -> str:
    """Name of the table that pairs the relation's rows: `l` → `r`."""
    return f"{relation.source}→{relation.name}"


def column(name: str, table: str) -> exp.Column:
    """A quoted column of a table alias."""
    return exp.column(name, table=table, quoted=True)


def named(name: str) -> exp.Identifier:
    """A quoted name."""
    return exp.to_identifier(name, quoted=True)


def table(name: str, alias: str) -> exp.Table:
    """A quoted table under an alias."""
    return exp.Table(
        this=named(name),
        alias=exp.TableAlias(this=named(alias)),
    )


def over(rows: exp.Query, alias: str, *columns: exp.Expr) -> exp.Select:
    """SELECT these columns, or all, over a query's rows; the query becomes part of it, uncopied."""
    query = exp.Select(expressions=list(columns) or [exp.Star()])
    return query.from_(rows.subquery(named(alias), copy=False), copy=False)


def left_join(query: exp.Select, rows: exp.Expr, on: exp.Expr) -> exp.Select:
    """LEFT JOIN; the query itself is changed. As a tree, since sqlglot parses the words of a join each time."""
    return query.join(exp.Join(this=rows, side="LEFT", on=on), copy=False)


def select(frame: Needs, columns: Mapping[str, exp.Expr], *, year: exp.Expr, only: str = "") -> exp.Select:
    """SELECT the named expressions over the frame's rows.

    Args:
        frame: what the expressions were bound in.
        columns: name → expression.
        year: the year that chooses parameters for a row.
        only: the table whose `_row` names the rows wanted; empty for all.
    """
    items = [exp.alias_(tree, name, quoted=True, copy=False) for name, tree in columns.items()]
    query = exp.Select(expressions=items).from_(table(frame.ledger, frame.alias), copy=False)
    if only:
        query = _narrowed(query, only, column("_row", frame.alias))
    return _joined(query, frame, year, only)


def _narrowed(query: exp.Select, only: str, row: exp.Expr) -> exp.Select:
    return query.join(table(only, _ONLY), on=column("_row", _ONLY).eq(row), copy=False)


def _joined(query: exp.Select, frame: Needs, year: exp.Expr, only: str = "") -> exp.Select:
    """Join what the frame needs: related rows, statistics, parameters."""
    for path, relation in sorted(frame.hops.items(), key=lambda item: len(item[0])):
        link = frame.alias_of(path) + ".link"
        query = _joined_by(query, link_table(relation), link, "l", column("_row", frame.alias_of(path[:-1])))
        query = _joined_by(query, relation.target, frame.alias_of(path), "_row", column("r", link))
    for alias, aggregate in frame.aggregates.items():
        statistic = _statistic(aggregate, year, "" if aggregate.path else only).subquery(
            named(alias), copy=False
        )
        key = column("_row", frame.alias_of(aggregate.path))
        query = left_join(query, statistic, column("l", alias).eq(key))
    years = {frame.parameter_alias: year} if frame.parameters else {}
    for alias, wanted in (years | frame.dated).items():
        on = exp.and_(
            column("_place", alias).eq(column("_place", frame.alias)),
            column("_year", alias).eq(wanted.copy()),
            copy=False,
        )
        query = left_join(query, table(PARAMETERS, alias), on)
    return query


def _joined_by(query: exp.Select, name: str, alias: str, key: str, value: exp.Expr) -> exp.Select:
    return left_join(query, table(name, alias), column(key, alias).eq(value))


def _statistic(aggregate: Aggregate, year: exp.Expr, only: str) -> exp.Select:
    """One row for each row that has a key to pair by, with the statistics over its related rows."""
    inner, link = aggregate.inner, aggregate.inner.alias + ".link"
    values = [exp.alias_(column("l", link), "l", quoted=True, copy=False)]
    values += [
        exp.alias_(tree.copy(), name, quoted=True, copy=False) for name, tree in aggregate.values.items()
    ]
    query = exp.Select(expressions=values).from_(table(link_table(aggregate.relation), link), copy=False)
    if only:
        query = _narrowed(query, only, column("l", link))
    if _looks_at_rows(aggregate):
        query = _joined_by(query, inner.ledger, inner.alias, "_row", column("r", link))
    if aggregate.outer:
        query = _joined_by(query, aggregate.outer.ledger, aggregate.outer.alias, "_row", column("l", link))
        query = _joined(query, aggregate.outer, year)
    return _joined(query, inner, year).group_by(column("l", link), copy=False)


def _looks_at_rows(aggregate: Aggregate) -> bool:
    """Whether a statistic needs more of the related rows than that they are there."""
    inner = aggregate.inner
    named = {item.table for tree in aggregate.values.values() for item in tree.find_all(exp.Column)}
    return inner.alias in named or bool(inner.hops or inner.aggregates or inner.parameters)


def relations_of(frame: Needs) -> Iterator[Relation]:
    """Every relation the frame needs, those of its statistics included."""
    yield from frame.hops.values()
    for aggregate in frame.aggregates.values():
        yield aggregate.relation
        yield from relations_of(aggregate.inner)
        if aggregate.outer:
            yield from relations_of(aggregate.outer)


def sql(tree: exp.Expr) -> str:
    """The text DuckDB runs. A thread has one writer of it for all: sqlglot never lets go of some bytes of each."""
    if not hasattr(_own, "writer"):
        _own.writer = DuckDB().generator(identify=True)
    text: str = _own.writer.generate(tree, copy=False)
    return text
