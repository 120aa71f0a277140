"""Relations that can be followed: the one place where link tables are made, with all that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from sqlglot import exp

from fupin_audit.engine.database.selects import LinkedQuery, link_table, relations_of
from fupin_audit.engine.database.table_cache import MadeTables
from fupin_audit.engine.linking.keyed_rows import rows_of
from fupin_audit.engine.linking.likely_people import (
    LikelyPeople,
    WeighedPairs,
    likely_tables,
    roll_rows,
    roll_table,
)
from fupin_audit.engine.linking.links import link_rows
from fupin_audit.engine.linking.near_numbers import (
    like_records,
    near_pairs,
    near_rows,
    numbers,
    numbers_table,
)
from fupin_audit.engine.linking.pairings import equal_tables, near_tables, paired_rows, rows_tables
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.relations import Pairing, Relation
from fupin_audit.rulepack.language.needs import Needs

_AT_A_TIME = 10_000  # rows that are in Python


class Linked:
    """A session whose relations are tables: made when a query first needs them, kept while rules do.

    A link table's keys may lead along further relations, whose tables are made before it. Several threads
    may ask at a time; the table cache lets one of them make tables.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._made = MadeTables(session.database.drop)
        self._likely = LikelyPeople(session)
        self._weighed: dict[Pairing, WeighedPairs] = {}

    @contextmanager
    def one_rule(self) -> Iterator[None]:
        """While this thread judges one rule, the tables it asks for stay, and its time is measured."""
        with self._made.one_rule(), self.session.database.one_rule():
            yield

    def let_go(self) -> None:
        """Drop every table that was made; while no rule is judged."""
        self._made.clear()

    def select(self, frame: Needs, columns: Mapping[str, exp.Expr], *, only: str = "") -> exp.Select:
        """SELECT expressions that were bound in a frame; the tables it joins are there.

        Args:
            frame: what the expressions were bound in.
            columns: name → expression.
            only: the table whose `_row` names the rows wanted; empty for all.
        """
        self._link_all(relations_of(frame))
        return rows_of(self.session, frame, columns, only=only)

    def link(self, relation: Relation) -> str:
        """Make the relation's link table, unless it is there; its name."""
        name = link_table(relation)
        self._made.need(name, lambda: self._create(name, self._links(relation)))
        return name

    def pair(self, pairing: Pairing) -> None:
        """Make the pairing's tables, unless they are there."""
        make = self._pair_near if pairing.near else self._pair_likely if pairing.likely else self._pair_equal
        self._made.need(pairing.name, lambda: make(pairing), parts=rows_tables(pairing))

    def prepared(self, query: LinkedQuery) -> exp.Query:
        """A query whose link tables are there."""
        self._link_all(query.relations)
        return query.tree

    def _link_all(self, relations: Iterable[Relation]) -> None:
        for relation in relations:
            self.link(relation)

    def _create(self, name: str, query: LinkedQuery) -> None:
        self.session.database.create(name, self.prepared(query))

    def _links(self, relation: Relation) -> LinkedQuery:
        if relation.pairing is None:
            return link_rows(self.session, relation)
        self.pair(relation.pairing)
        return paired_rows(relation, relation.pairing)

    def _pair_equal(self, pairing: Pairing) -> None:
        for name, query in equal_tables(self.session, pairing):
            self._create(name, query)

    def like(self, pairing: Pairing) -> list[tuple[int, int]]:
        """Every two rows that a near pairing has to choose from."""
        found = self._near(*self._sides(pairing))
        return [(item.left.row, item.right.row) for item in like_records(_in_turn(found))]

    def _pair_near(self, pairing: Pairing) -> None:
        sides, database = self._sides(pairing), self.session.database
        with database.lent(near_pairs(_in_turn(self._near(*sides)))) as pairs:
            for name, query in near_tables(pairing, sides, pairs):
                self._create(name, query)

    def _near(self, left: str, right: str) -> pa.Table:
        database = self.session.database
        return database.rows(near_rows(left, right, turned=database.size(left) > database.size(right)))

    def _pair_likely(self, pairing: Pairing) -> None:
        sides, database = (
            [self._roll(title) for title in (pairing.left, pairing.right)],
            self.session.database,
        )
        found = self._likely.pairs(pairing, sides)
        self._weighed[pairing] = found
        with database.lent(found.rows) as pairs:
            for name, query in likely_tables(pairing, sides, pairs):
                self._create(name, query)

    def _roll(self, ledger: str) -> str:
        name = roll_table(ledger)
        self._made.need(name, lambda: self._create(name, roll_rows(self.session, ledger)))
        return name

    def weighed(self, pairing: Pairing) -> WeighedPairs:
        """What speaks for and against the pairs of a likely pairing."""
        self.pair(pairing)
        return self._weighed[pairing]

    def _sides(self, pairing: Pairing) -> tuple[str, str]:
        """The tables of the numbers of either side."""
        lefts, rights = ([side[at] for side in pairing.keys[0]] for at in (0, 1))
        left = self._numbered(pairing.left, lefts, pairing.left_where)
        return left, self._numbered(pairing.right, rights, pairing.right_where)

    def _numbered(self, ledger: str, names: list[str], where: str) -> str:
        name = numbers_table(ledger, where)
        self._made.need(name, lambda: self._create(name, numbers(self.session, ledger, names, where)))
        return name


def _in_turn(rows: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table one after the other."""
    for batch in rows.to_batches(max_chunksize=_AT_A_TIME):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
