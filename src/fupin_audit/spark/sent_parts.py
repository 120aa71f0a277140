"""A county on its way to where it is judged: what it must know of the whole, and its ledgers."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import pyarrow as pa

from fupin_audit.cluster.by_county import ShardPart
from fupin_audit.delivery import Delivery
from fupin_audit.engine.database.duckdb import Database
from fupin_audit.engine.loaded.parameters import PlacedParameters
from fupin_audit.engine.loaded.session import Session, Shard, Years
from fupin_audit.results.place import Place
from fupin_audit.rulepack.declared.territory import Region
from fupin_audit.rulepack.packs.in_force import in_force
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.spark.pieces import in_pieces, pickled
from fupin_audit.spark.sent_ledgers import bytes_of_ledger, ledger_of_bytes

_PART = "县"
_TABLE = "台账："


@dataclass(frozen=True)
class SentSession:
    """What rules are judged against, as far as it is small: without rows, rules and database."""

    as_of: date
    places: Sequence[Place]
    regions: Mapping[str, Region]
    years: Years
    figures: PlacedParameters
    shard: Shard | None

    @classmethod
    def of(cls, session: Session) -> SentSession:
        """What of a session is sent."""
        return cls(
            session.as_of,
            session.places,
            session.regions,
            session.years,
            session.figures,
            session.shard,
        )

    def opened(self, catalogue: Catalogue, delivery: Delivery, database: Database | None = None) -> Session:
        """The session again; whoever judges by it gives it a database."""
        return Session(
            cast("Database", database),
            delivery,
            catalogue,
            self.as_of,
            self.places,
            self.regions,
            {county: in_force(catalogue, region) for county, region in self.regions.items()},
            self.years,
            self.figures,
            shard=self.shard,
        )


@dataclass(frozen=True)
class _SentPart:
    number: int
    name: str
    session: SentSession
    delivery: Delivery
    areas: frozenset[int]
    rules: tuple[str, ...]


def sent_part(part: ShardPart) -> Iterator[pa.RecordBatch]:
    """The rows by which a county is sent, one ledger after the other."""
    sent = _SentPart(
        part.number,
        part.name,
        SentSession.of(part.session),
        _without_tables(part.session.delivery),
        part.areas,
        tuple(part.rules),
    )
    yield from pickled(part.number, _PART, sent)
    yield from sent_tables(part.number, part.session.delivery, part.placed)


def _without_tables(delivery: Delivery) -> Delivery:
    """A delivery without its tables, and of its sheets those that may be of a ledger nobody delivered."""
    return replace(delivery, tables={}, inputs=tuple(sheet for sheet in delivery.inputs if sheet.likeness))


def sent_tables(
    number: int, delivery: Delivery, placed: Mapping[str, pa.Table] | None = None
) -> Iterator[pa.RecordBatch]:
    """The rows by which ledgers are sent."""
    for title, table in delivery.tables.items():
        yield from in_pieces(number, f"{_TABLE}{title}", bytes_of_ledger(table, (placed or {}).get(title)))


def part_received(content: Mapping[str, bytes], catalogue: Catalogue) -> ShardPart:
    """The county again."""
    sent: _SentPart = pickle.loads(content[_PART])
    delivery, placed = tables_received(sent.delivery, content, catalogue)
    session = sent.session.opened(catalogue, delivery)
    return ShardPart(sent.number, sent.name, session, placed, sent.areas, sent.rules)


def tables_received(
    sent: Delivery, content: Mapping[str, bytes], catalogue: Catalogue
) -> tuple[Delivery, Mapping[str, pa.Table]]:
    """The delivery again, and whose the rows are of those ledgers that are placed."""
    ledgers = {
        what.removeprefix(_TABLE): ledger_of_bytes(blob, catalogue.ledgers)
        for what, blob in content.items()
        if what.startswith(_TABLE)
    }
    order = [model.title for model in catalogue.ledgers]
    titles = sorted(ledgers, key=order.index)
    tables = {title: ledgers[title].table for title in titles}
    placed = {title: rows for title in titles if (rows := ledgers[title].placed) is not None}
    return replace(sent, tables=tables), placed
