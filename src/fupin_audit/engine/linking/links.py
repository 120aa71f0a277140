"""Relations as link tables: which row leads to which, worked out once by the keys in order of trust."""

from __future__ import annotations

from sqlglot import exp

from fupin_audit.engine.database.duckdb import DIGEST
from fupin_audit.engine.database.selects import LinkedQuery, column, linked_query, named
from fupin_audit.engine.linking.keyed_rows import keyed, without_crowds
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.language.binding import Binder

_LEFT, _RIGHT = "左", "右"
_UNMATCHED = 1000  # more than there can be alternatives


def link_rows(session: Session, relation: Relation) -> LinkedQuery:
    """SELECT l, r: the rows of the relation's source and what they lead to.

    A to-one relation gives each row with a key exactly one line; `r` is null where nothing matched. A to-many
    relation gives a line for each match, and one with `r` null for a row without any. Rows without a usable
    key are left out: whether they lead anywhere can't be known.
    """
    sides = [(session.binder(relation.source), session.binder(relation.target)) for _ in relation.on]
    matches, frames = [], []
    for (left, right), pairs in zip(sides, relation.on, strict=True):
        keys = [left.bind(one).tree for one, _ in pairs], [right.bind(other).tree for _, other in pairs]
        if not left.frame.missing and not right.frame.missing:
            matches.append(_matched(session, relation, (left, keys[0]), (right, keys[1])))
            frames += [left.frame, right.frame]
    return linked_query(_first_matching(matches), *frames)


def _matched(
    session: Session,
    relation: Relation,
    left: tuple[Binder, list[exp.Expr]],
    right: tuple[Binder, list[exp.Expr]],
) -> exp.Select:
    """l, r by one alternative."""
    where = relation.where if _filters(session, relation) else ""
    one, other = keyed(session, *left), keyed(session, *right, where)
    keys = range(len(left[1]))
    if relation.source == relation.target:
        one = without_crowds(one, keys)
        if left[1] != right[1]:  # else the crowds are those left out already
            other = without_crowds(other, keys)
    on = exp.and_(*(column(f"k{i}", _LEFT).eq(column(f"k{i}", _RIGHT)) for i in keys), copy=False)
    line: exp.Expr = column("_row", _RIGHT)
    if not relation.many:
        line = exp.Anonymous(this="arg_min", expressions=[line, column(DIGEST, _RIGHT)])
    joined = (
        exp.select(exp.alias_(column("_row", _LEFT), "l"), exp.alias_(line, "r"))
        .from_(one.subquery(named(_LEFT)))
        .join(other.subquery(named(_RIGHT)), on=on, join_type="left")
    )
    return joined if relation.many else joined.group_by(column("_row", _LEFT))


def _filters(session: Session, relation: Relation) -> bool:
    """A file without a 年度 column is taken to be of the year asked for."""
    by_year = relation.where.startswith("年度")
    return not by_year or "年度" in (session.columns(relation.target) or ())


def _first_matching(matches: list[exp.Select]) -> exp.Query:
    """Join the alternatives: a later one serves only rows that no earlier one has matched."""
    if len(matches) == 1:
        return matches[0]
    union: exp.Query = _ranked(matches[0], 0)
    for number, match in enumerate(matches[1:], 1):
        union = exp.union(union, _ranked(match, number), distinct=False)
    rank = exp.column("rank", quoted=True)
    best = exp.Window(this=exp.Min(this=rank), partition_by=[exp.column("l")])
    chosen = exp.select("*").from_(union.subquery(named("各键"))).qualify(rank.copy().eq(best))
    return exp.select("l", "r").from_(chosen.subquery(named("首选")))


def _ranked(match: exp.Select, rank: int) -> exp.Select:
    """l, r and how far down the order of trust the line is; a line that matched nothing comes last."""
    unmatched = exp.column("r").is_(exp.null())
    worth = exp.Case(
        ifs=[exp.If(this=unmatched, true=exp.Literal.number(_UNMATCHED + rank))],
        default=exp.Literal.number(rank),
    )
    return exp.select("l", "r", exp.alias_(worth, "rank", quoted=True)).from_(match.subquery(named("一键")))
