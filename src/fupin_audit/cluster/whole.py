"""The whole delivery before it is cut: every row placed, what is true of all counties known, who sees whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from fupin_audit.cluster.followed import followed_on
from fupin_audit.cluster.key_kinds import Side, key_kinds_of
from fupin_audit.cluster.visitors import Numbered, SharedKeys, Sight, distinct, led_to, shared_keys
from fupin_audit.engine.database.duckdb import ROW
from fupin_audit.engine.judging.unlike_keys import mismatch
from fupin_audit.engine.linking.key_numbers import NUMBER, key_numbers
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.presence import Presence
from fupin_audit.engine.loaded.session import Session, Shard
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.ledgers.relations import Pairing
from fupin_audit.rulepack.declared.reconciliation import Reconciliation
from fupin_audit.rulepack.language.pairing_keys import pairing_of
from fupin_audit.writing.column_files import ColumnFiles, Keep, kept_numbers


@dataclass(frozen=True)
class Whole:
    """What shards are cut from.

    Attributes:
        session: of the whole; its database is gone.
        placed: ledger → digest of its rows, and whose they are.
        starts: ledger → the number of its first row among the rows of all ledgers.
        sight: knows the shard of every row.
        visitors: which rows of others each shard sees.
        presence: what was delivered where.
        counted: ledger → how many of its rows lie in each area.
        unlike: pairing → why nothing of it pairs.
    """

    session: Session
    placed: Mapping[str, pa.Table]
    starts: Mapping[str, int]
    sight: Sight
    visitors: np.ndarray
    presence: Presence
    counted: Mapping[str, np.ndarray]
    unlike: Mapping[Pairing, str]

    def shards(self) -> list[int]:
        """Those that have rows of their own, in the order of their counties; last the rows of no county."""
        found: list[int] = np.unique(self.sight.shard_of).tolist()
        return found

    def name(self, shard: int) -> str:
        """The county of a shard, as people are told of it."""
        counties = self.session.areas.counties
        return counties[shard] if shard < len(counties) else "不在哪个县的行"

    def rows(self, shard: int, title: str) -> np.ndarray:
        """The rows of a ledger that a shard has or sees, ascending."""
        start, size = self.starts[title], len(self.placed[title])
        own = np.flatnonzero(self.sight.shard_of[start : start + size] == shard)
        seen = self.sight.rows_of(self.visitors, shard) - start
        return np.union1d(own, seen[(seen >= 0) & (seen < size)])

    def has(self, shard: int, title: str) -> bool:
        """Whether a shard has rows of a ledger that it judges."""
        start = self.starts[title]
        return bool((self.sight.shard_of[start : start + len(self.placed[title])] == shard).any())

    def areas(self, shard: int) -> frozenset[int]:
        """The numbers of a shard's areas."""
        return frozenset(np.flatnonzero(self.session.areas.county_of == shard).tolist())

    def shard(self, number: int) -> Shard:
        """What a shard must know of the whole."""
        session = self.session
        own = session.areas.county_of_place == number
        return Shard(own, session.areas, self.presence, self.counted, self.unlike)


def whole_of(linked: Linked, subjects: Subjects, files: ColumnFiles) -> Whole:
    """What shards are cut from; the delivery is open, and its rows are placed.

    Args:
        linked: the whole delivery.
        subjects: looks its rows up.
        files: where the columns are, and those that are made are kept.
    """
    session = linked.session
    placed = {title: _kept(session.database.placed(title), files.keep) for title in session.delivery.tables}
    starts = dict(zip(placed, np.cumsum([0, *map(len, placed.values())]).tolist(), strict=False))
    of_place = session.areas.county_of_place.astype(np.int16)
    numbers = [of_place[session.place_numbers(title)] for title in placed]
    shard_of = kept_numbers(files.keep, np.concatenate(numbers))
    files.rest()
    sight, led = _sight(linked, starts, shard_of, files)
    files.rest()
    return Whole(
        session,
        placed,
        starts,
        replace(sight, keys=()),
        distinct(np.concatenate([sight.visitors(), *led])),
        session.presence,
        {title: session.areas.counted(session.place_numbers(title)) for title in placed},
        _unlike(linked, subjects),
    )


def _kept(placed: pa.Table, keep: Keep) -> pa.Table:
    if not len(placed):
        return placed
    return pa.table(keep([column.combine_chunks() for column in placed.columns]), names=placed.column_names)


def _sight(
    linked: Linked, starts: Mapping[str, int], shard_of: np.ndarray, files: ColumnFiles
) -> tuple[Sight, list[np.ndarray]]:
    """Who shares which keys, and what names of places lead to."""
    vocabulary, delivery = linked.session.catalogue.vocabulary, linked.session.delivery
    relations = [item for item in vocabulary.relations if not item.pairing or item.pairing.equal]
    kinds = key_kinds_of(relations, delivery.tables, followed_on(linked.session.catalogue))

    def numbered(side: Side) -> Numbered:
        found = key_numbers(linked, *side)
        files.rest()
        rows = found[ROW].astype(np.int32) + np.int32(starts[side[0]])
        return kept_numbers(files.keep, rows), kept_numbers(files.keep, found[NUMBER])

    keys = [
        shared_keys([numbered(side) for side in kind.sides], kind.own, kind.compared, kind.every, files.keep)
        for kind in kinds.both_ways
    ]
    sight = Sight(shard_of, [*keys, _like(linked, starts)])
    files.rest()
    return sight, [led_to(sight, numbered(left), numbered(right)) for left, right in kinds.led]


def _like(linked: Linked, starts: Mapping[str, int]) -> SharedKeys:
    """Rows whose numbers are nearly the same, two and two."""
    relations = linked.session.catalogue.vocabulary.relations
    pairings = dict.fromkeys(item.pairing for item in relations if item.pairing and item.pairing.near)
    found = [
        (starts[pairing.left] + left, starts[pairing.right] + right)
        for pairing in pairings
        if {pairing.left, pairing.right} <= {*starts} and _has_keys(linked, pairing)
        for left, right in linked.like(pairing)
    ]
    linked.let_go()
    pairs = np.array(found, dtype=np.int64).reshape(-1)
    return shared_keys([(pairs, np.repeat(np.arange(len(found)), 2))], own=[0])


def _has_keys(linked: Linked, pairing: Pairing) -> bool:
    """Whether the columns a near pairing goes by were delivered on both sides."""
    relation = linked.session.catalogue.vocabulary.relation
    found = next((item for item in pairing.relations() if relation(item.source, item.name)), None)
    return found is not None and linked.session.binder(pairing.left).leads_somewhere(found)


def _unlike(linked: Linked, subjects: Subjects) -> Mapping[Pairing, str]:
    """The pairings of which nothing pairs, and why."""
    found = {}
    for pairing in dict.fromkeys(_compared(linked)):
        with linked.one_rule():
            found[pairing] = mismatch(linked, subjects, pairing)
        linked.let_go()
    return {pairing: told for pairing, told in found.items() if told}


def _compared(linked: Linked) -> Iterator[Pairing]:
    """The pairings that reconciliations go by."""
    catalogue = linked.session.catalogue
    entries = (entry for rule in catalogue.rules.values() for entry in rule)
    for entry in entries:
        if isinstance(entry, Reconciliation) and not entry.near:
            for right in entry.right:
                yield pairing_of(entry, right, catalogue.vocabulary.ledgers)
