"""Relations as link tables: which row leads to which, worked out once by the keys in order of trust."""

from __future__ import annotations

from sqlglot import exp

from fupin_audit.engine.database import selects
from fupin_audit.engine.database.duckdb import DIGEST, ROW
from fupin_audit.engine.database.selects import LinkedQuery, column, linked_query
from fupin_audit.engine.linking.keyed_rows import keyed, without_crowds
from fupin_audit.engine.loaded.places import PERSONS
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.known_relations import BY_PERSON
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.language.binding import Binder

_LEFT, _RIGHT = "左", "右"
_NAME = "姓名"
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
    people = relation.on == (BY_PERSON,) and PERSONS in (relation.source, relation.target)
    named = {_NAME: _NAME} if people and _names_both(session, relation) else {}
    one, other = keyed(session, *left, also=named), keyed(session, *right, where, also=named)
    keys = range(len(left[1]))
    if relation.source == relation.target:
        one = without_crowds(one, keys)
        if left[1] != right[1]:  # else the crowds are those left out already
            other = without_crowds(other, keys)
    if not (relation.many or named):
        other = _one_a_key(other, keys)  # before they are joined: a town has as many pairs as rows times rows
    on = exp.and_(*(column(f"k{i}", _LEFT).eq(column(f"k{i}", _RIGHT)) for i in keys), copy=False)
    right_side = other.subquery(selects.named(_RIGHT), copy=False)
    joined = exp.Select().from_(one.subquery(selects.named(_LEFT), copy=False), copy=False)
    joined = selects.left_join(joined, right_side, on)
    found = exp.alias_(column(ROW, _LEFT), "l"), exp.alias_(column(ROW, _RIGHT), "r")
    if not relation.many:
        return _one_of(joined, by_name=bool(named))
    if people and relation.source != relation.target:
        return _each_once(joined.select(*found, copy=False), by_name=bool(named))
    return joined.select(*found, copy=False)


def _names_both(session: Session, relation: Relation) -> bool:
    return all(session.has(ledger, _NAME) for ledger in (relation.source, relation.target))


def _each_once(pairs: exp.Select, *, by_name: bool) -> exp.Select:
    """Of several people with the number of a list's row it is one's: his who has its name, else the first's.

    The others have no number of their own, and whether they are on the list is unknown.
    """
    order = [_other_name()] if by_name else []
    window = exp.Window(
        this=exp.RowNumber(),
        partition_by=[column(ROW, _RIGHT)],
        order=exp.Order(expressions=[*order, column(DIGEST, _LEFT), column(ROW, _LEFT)]),
    )
    alone = column(ROW, _RIGHT).is_(exp.null())
    return pairs.qualify(exp.or_(alone, window.eq(exp.Literal.number(1)), copy=False), copy=False)


def _one_of(joined: exp.Select, *, by_name: bool) -> exp.Select:
    """L and one of its matches as r, the same one whatever the order of rows; first one of the same name."""
    rank: exp.Expr = column(DIGEST, _RIGHT)
    if by_name:
        rank = exp.Anonymous(this="ROW", expressions=[_other_name(), rank])
    line = exp.Anonymous(this="arg_min", expressions=[column(ROW, _RIGHT), rank])
    left = column(ROW, _LEFT)
    chosen = exp.alias_(left, "l"), exp.alias_(line, "r")
    return joined.select(*chosen, copy=False).group_by(left.copy(), copy=False)


def _one_a_key(rows: exp.Select, keys: range) -> exp.Select:
    """Of the rows that share a key one, the same one whatever their order."""
    names = [exp.column(f"k{i}", quoted=True) for i in keys]
    values = {name: exp.column(name, quoted=True) for name in (ROW, DIGEST)}
    first = exp.Anonymous(this="arg_min", expressions=[values[ROW], values[DIGEST]])
    digest = exp.Min(this=values[DIGEST])
    chosen = [exp.alias_(first, ROW, quoted=True), exp.alias_(digest, DIGEST, quoted=True)]
    grouped = selects.over(rows, "同键", *names, *chosen)
    return grouped.group_by(*(name.copy() for name in names), copy=False)


def _other_name() -> exp.Expr:
    same = exp.func("COALESCE", column(_NAME, _LEFT).eq(column(_NAME, _RIGHT)), exp.false())
    return exp.Case(ifs=[exp.If(this=same, true=exp.Literal.number(0))], default=exp.Literal.number(1))


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
        union = exp.union(union, _ranked(match, number), distinct=False, copy=False)
    rank = exp.column("rank", quoted=True)
    best = exp.Window(this=exp.Min(this=rank), partition_by=[exp.column("l")])
    chosen = selects.over(union, "各键").qualify(rank.copy().eq(best), copy=False)
    return selects.over(chosen, "首选", exp.column("l"), exp.column("r"))


def _ranked(match: exp.Select, rank: int) -> exp.Select:
    """l, r and how far down the order of trust the line is; a line that matched nothing comes last."""
    unmatched = exp.column("r").is_(exp.null())
    worth = exp.Case(
        ifs=[exp.If(this=unmatched, true=exp.Literal.number(_UNMATCHED + rank))],
        default=exp.Literal.number(rank),
    )
    ranked = exp.column("l"), exp.column("r"), exp.alias_(worth, "rank", quoted=True)
    return selects.over(match, "一键", *ranked)
