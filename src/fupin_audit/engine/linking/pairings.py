"""Two ledgers' records paired one with one, by keys in order of trust (D7).

What shares a key is kept in one table a pairing, `chosen` the pairs that are compared: where a key stands in
several rows of a side, one row speaks for them, so that two times two rows are one pair and never four.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from sqlglot import exp

from fupin_audit.engine.database.duckdb import DIGEST
from fupin_audit.engine.database.selects import LinkedQuery, column, linked_query, named, table
from fupin_audit.engine.linking.keyed_rows import keyed, without_crowds
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.relations import Pairing, Relation
from fupin_audit.rulepack.language.needs import Needs

_LEFT, _RIGHT, _PAIRS, _ROWS = "左", "右", "对", "行"


def paired_rows(relation: Relation, pairing: Pairing) -> LinkedQuery:
    """SELECT l, r as `links.link_rows` gives it, from the pairing's tables.

    To-one, a row leads to the record it is compared with. A row whose key stands several times and that is
    not the one compared is left out, like one without key: it is no record without counterpart.
    """
    source, target = ("l", "r") if relation.source == pairing.left else ("r", "l")
    pairs = exp.select(exp.alias_(column(source, _PAIRS), "l"), exp.alias_(column(target, _PAIRS), "r"))
    pairs = pairs.from_(table(pairing.name, _PAIRS))
    if not relation.many:
        pairs = pairs.where(column("chosen", _PAIRS))
    paired = exp.select(column(source, _PAIRS)).from_(table(pairing.name, _PAIRS))
    alone = exp.select(exp.alias_(column("row", _ROWS), "l"), exp.alias_(exp.null(), "r"))
    alone = alone.from_(table(rows_table(pairing, relation.source), _ROWS))
    alone = alone.where(exp.not_(column("row", _ROWS).isin(query=paired)))
    return LinkedQuery(exp.union(pairs, alone, distinct=False))


def near_tables(pairing: Pairing, sides: Sequence[str], pairs: str) -> Iterator[tuple[str, LinkedQuery]]:
    """The tables of a near pairing: each side's rows that have some key, and its pairs as l, r, chosen.

    Args:
        pairing: which.
        sides: the tables of either side's numbers.
        pairs: the table of the pairs that were found, as l, r.
    """
    for ledger, side in zip((pairing.left, pairing.right), sides, strict=True):
        keys = exp.select(exp.alias_(column("行", _ROWS), "row")).from_(table(side, _ROWS))
        yield rows_table(pairing, ledger), LinkedQuery(keys)
    chosen = exp.alias_(exp.true(), "chosen", quoted=True)
    yield pairing.name, LinkedQuery(exp.select("*", chosen).from_(table(pairs, _PAIRS)))


def equal_tables(session: Session, pairing: Pairing) -> Iterator[tuple[str, LinkedQuery]]:
    """The tables of a pairing: each side's rows that have some key, and its pairs as l, r, chosen."""
    found = list(_alternatives(session, pairing))
    frames = [frame for item in found for frame in item.frames]
    for ledger, rows in ((pairing.left, [a.left for a in found]), (pairing.right, [a.right for a in found])):
        keys = [exp.select(exp.alias_(column("_row", _ROWS), "row")).from_(item.subquery(named(_ROWS)))
                for item in rows]  # fmt: skip
        yield rows_table(pairing, ledger), linked_query(_union(keys, distinct=True), *frames)
    candidates = _union([_candidates(item) for item in found], distinct=False)
    yield pairing.name, linked_query(_chosen(_trusted(candidates)), *frames)


def rows_table(pairing: Pairing, ledger: str) -> str:
    """Name of the table of a side's rows that have some key."""
    return f"{pairing.name}·{ledger}"


def rows_tables(pairing: Pairing) -> tuple[str, str]:
    """Names of the tables of both sides' rows that have some key."""
    return rows_table(pairing, pairing.left), rows_table(pairing, pairing.right)


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One key of a pairing whose columns both ledgers have.

    Attributes:
        left, right: the rows that have the key, as `keyed` gives them.
        frames: what both were bound in.
        width: number of its parts.
        rank: how far down the order of trust it is.
        weak: it may pair two different subjects.
        latest: the right rows say which is the latest.
    """

    left: exp.Select
    right: exp.Select
    frames: tuple[Needs, Needs]
    width: int
    rank: int
    weak: bool
    latest: bool


def _alternatives(session: Session, pairing: Pairing) -> Iterator[_Alternative]:
    for rank, key in enumerate(pairing.keys):
        left, right = session.binder(pairing.left), session.binder(pairing.right)
        ones, others = [left.bind(one).tree for one, _ in key], [right.bind(other).tree for _, other in key]
        if not left.frame.missing and not right.frame.missing:
            latest = {"latest": pairing.latest} if pairing.latest else {}
            yield _Alternative(
                keyed(session, left, ones, pairing.left_where),
                keyed(session, right, others, pairing.right_where, latest),
                (left.frame, right.frame),
                len(key),
                rank,
                weak=rank >= len(pairing.keys) - pairing.weak,
                latest=bool(pairing.latest),
            )


def _candidates(key: _Alternative) -> exp.Select:
    """Rows that share a key, with what decides between several."""
    keys = range(key.width)
    on = exp.and_(*(column(f"k{i}", _LEFT).eq(column(f"k{i}", _RIGHT)) for i in keys), copy=False)
    columns = {
        "l": column("_row", _LEFT),
        "r": column("_row", _RIGHT),
        "ld": column(DIGEST, _LEFT),
        "rd": column(DIGEST, _RIGHT),
        "latest": column("latest", _RIGHT) if key.latest else exp.null(),
        "rank": exp.Literal.number(key.rank),
        "weak": exp.Boolean(this=key.weak),
    }
    return (
        exp.select(*(exp.alias_(value, name, quoted=True) for name, value in columns.items()))
        .from_(without_crowds(key.left, keys).subquery(named(_LEFT)))
        .join(without_crowds(key.right, keys).subquery(named(_RIGHT)), on=on)
    )


def _trusted(candidates: exp.Query) -> exp.Select:
    """The candidates by the most trusted key of either row."""
    best = [column("rank", _PAIRS).eq(_over(exp.Min(this=column("rank", _PAIRS)), side)) for side in "lr"]
    return (
        exp.select("*")
        .from_(candidates.subquery(named(_PAIRS)))
        .qualify(exp.and_(*best, copy=False), copy=False)
    )


def _chosen(pairs: exp.Select) -> exp.Select:
    """The pairs, and which are compared: the first of either side's several; by a weak key, only single ones."""
    newest = exp.Ordered(this=column("latest", _PAIRS), desc=True, nulls_first=False)
    first = [
        _over(exp.RowNumber(), "l", [newest, column("rd", _PAIRS), column("r", _PAIRS)]),
        _over(exp.RowNumber(), "r", [column("ld", _PAIRS), column("l", _PAIRS)]),
    ]
    single = [_over(exp.Count(this=exp.Star()), side) for side in "lr"]
    one = exp.Literal.number(1)
    sure = exp.or_(
        exp.not_(column("weak", _PAIRS), copy=False),
        exp.and_(*(count.eq(one) for count in single), copy=False),
        copy=False,
    )
    chosen = exp.and_(sure, *(number.eq(one) for number in first), copy=False)
    return exp.select(
        column("l", _PAIRS), column("r", _PAIRS), exp.alias_(chosen, "chosen", quoted=True)
    ).from_(pairs.subquery(named(_PAIRS)))


def _over(function: exp.Expr, side: str, order: Sequence[exp.Expr] = ()) -> exp.Window:
    ordered = exp.Order(expressions=list(order)) if order else None
    return exp.Window(this=function, partition_by=[column(side, _PAIRS)], order=ordered)


def _union(queries: Sequence[exp.Query], *, distinct: bool) -> exp.Query:
    return reduce(lambda one, other: exp.union(one, other, distinct=distinct), queries)
