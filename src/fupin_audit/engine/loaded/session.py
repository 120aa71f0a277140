"""A delivery in the database, with the places, years and figures of the run: what rules are judged against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow.compute as pc

from fupin_audit.delivery import Delivery
from fupin_audit.engine.database.duckdb import Database
from fupin_audit.engine.loaded.areas import Areas, areas_of
from fupin_audit.engine.loaded.parameters import PlacedParameters, placed_parameters
from fupin_audit.engine.loaded.places import counties_of, places_of, regions_of
from fupin_audit.engine.loaded.presence import Presence, presence_of
from fupin_audit.ledgers.known_relations import THIS_YEAR
from fupin_audit.ledgers.relations import Pairing, Relation
from fupin_audit.results.place import Place
from fupin_audit.rulepack.declared.rule import Basis
from fupin_audit.rulepack.declared.territory import Region
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.vocabulary import Computed
from fupin_audit.rulepack.packs.in_force import InForce, in_force
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.reach import Grounded, Span, cited, reaching

Years = Mapping[str, frozenset[int]]
# Ledgers whose rows are judged by the figures of the year they name: a year's account, a procedure of then.
_OF_THEIR_YEAR = frozenset({"户年度", "识别退出程序"})


@dataclass(frozen=True)
class Shard:
    """What a run of some counties must know of the whole delivery they are part of (D17).

    Attributes:
        own: place number → whether it lies in these counties; the rows of others are seen, and never judged.
        areas: the towns of the whole.
        presence: what was delivered where.
        counted: ledger → how many of its rows lie in each area.
        unlike: pairing → why nothing of it pairs, where that is so of the whole.
    """

    own: np.ndarray
    areas: Areas
    presence: Presence
    counted: Mapping[str, np.ndarray]
    unlike: Mapping[Pairing, str]


@dataclass(frozen=True)
class Session:
    """What rules are judged against. Also answers what the run has (vocabulary.Available).

    Attributes:
        database: holds the tables.
        delivery: where the rows came from.
        catalogue: rules and parameters.
        as_of: the date ages and years are counted at.
        places: the places of the run; their positions are their numbers, 0 is 未定位.
        regions: county → the region it is in.
        local: county → what of the catalogue is in force there.
        years: title of a ledger with 年度 → the years its rows speak of.
        figures: the parameters by place and year.
        derived: the derived fields that are columns by now; filled while the delivery is opened, and
            never after, so that several threads may ask.
        spans: the days that the bases of an entry cover in a county, as far as they were asked for.
        shard: what it is part of; None where it is the whole.
    """

    database: Database
    delivery: Delivery
    catalogue: Catalogue
    as_of: date
    places: Sequence[Place]
    regions: Mapping[str, Region]
    local: Mapping[str, InForce]
    years: Years
    figures: PlacedParameters
    derived: dict[tuple[str, str], Computed] = field(default_factory=dict)
    spans: dict[tuple[str, Sequence[Basis], str], tuple[Span, ...]] = field(default_factory=dict)
    shard: Shard | None = None

    # What the run has.

    def columns(self, ledger: str) -> frozenset[str] | None:
        """Fields of the ledger that were delivered; None where the ledger was not."""
        return self._columns.get(ledger)

    @cached_property
    def _columns(self) -> Mapping[str, frozenset[str]]:
        return {title: frozenset(table.fields) for title, table in self.delivery.tables.items()}

    def has(self, ledger: str, field: str) -> bool:
        """Whether a field of the ledger was delivered."""
        return field in (self.columns(ledger) or ())

    def lacks(self, ledger: str, field: str) -> str:
        """How it is told that a field was not delivered."""
        return self.unlisted(ledger) or f"{ledger}缺列“{field}”"

    def unlisted(self, ledger: str) -> str:
        """Why nobody can be missing in a ledger: its rows are those that others name. Empty where it was delivered."""
        made = ledger in self.delivery.tables and self.delivery.tables[ledger].made
        return self.delivery.absent(ledger) if made else ""

    def parameter(self, name: str) -> bool:
        """Whether the parameter has a value for some place and year of the run."""
        return name in self.figures.valued

    def gap(self, relation: Relation) -> str:
        """Why the relation leads nowhere in this run; empty where it leads somewhere."""
        if relation.target not in self.delivery.tables:
            return self.delivery.absent(relation.target)
        if relation.where == THIS_YEAR and not self._has_year(relation.target):
            return f"“{relation.target}”没有{self.as_of.year}年度的数据"
        return ""

    def _has_year(self, ledger: str) -> bool:
        """Whether any row is of the audit year; a ledger without years or rows counts as of any year."""
        years = self.years.get(ledger)
        return not years or self.as_of.year in years

    def incomplete(self, ledger: str) -> str:
        """Why a list lacks people in a county of the run, in Chinese; asked of a county it is of that county."""
        return next(filter(None, self.presence.partial.get(ledger, ())), "")

    def computed(self, ledger: str, name: str) -> Computed | None:
        """The derived field as a column of the ledger's table."""
        return self.derived.get((ledger, name))

    def judged_by_own_year(self, ledger: str) -> bool:
        """Whether a ledger's rows take their parameters from the year they name, not from the audit year."""
        own = ledger in _OF_THEIR_YEAR or not self.catalogue.vocabulary.ledgers[ledger].built_in
        return own and "年度" in (self.columns(ledger) or ())

    @property
    def packs_in_force(self) -> tuple[str, ...]:
        """Titles of the packs in force in some county of the run."""
        local = {pack.head.id for here in self.local.values() for pack in here.packs}
        return tuple(pack.head.title for pack in self.catalogue.packs if pack.head.id in local)

    def in_force(self, county: str) -> InForce:
        """What of the catalogue is in force in a county; one the run does not know goes by its name alone."""
        return self.local.get(county) or in_force(self.catalogue, Region(county=county))

    def bases(self, rule: Grounded, county: str) -> list[Basis]:
        """What a rule or indicator rests on in a county at the as-of date, the most local first."""
        return cited(reaching(self.in_force(county), rule, self.as_of), self.as_of)

    # What its tables hold.

    def owners(self, title: str) -> Mapping[str, np.ndarray]:
        """`_place`, `_household`, `_person` of every row of a ledger, in row order; -1 where unknown."""
        return self.database.stored(title, ("_place", "_household", "_person"))

    def place_numbers(self, title: str) -> np.ndarray:
        """The place of every row of a ledger, as a number, in row order; 0 is 未定位."""
        numbers: np.ndarray = np.maximum(self.database.stored(title, ("_place",))["_place"], 0)
        return numbers

    @cached_property
    def own(self) -> np.ndarray:
        """Place number → whether its rows are judged, and not only seen by others."""
        return self.shard.own if self.shard else np.ones(len(self.places), dtype=bool)

    @cached_property
    def areas(self) -> Areas:
        """The towns of the run, or of the whole it is part of."""
        if self.shard:
            return self.shard.areas
        return areas_of(self.places, counties_of(self.delivery, self.places))

    @cached_property
    def presence(self) -> Presence:
        """What was delivered where; not to be asked before every row has its place."""
        if self.shard:
            return self.shard.presence
        return presence_of(self.delivery.tables, self.areas, self.place_numbers, self.as_of.year)

    def counted(self, title: str) -> np.ndarray:
        """How many rows of a ledger lie in each area, those that this run does not see included."""
        return self.shard.counted[title] if self.shard else self.areas.counted(self.place_numbers(title))

    @cached_property
    def same_everywhere(self) -> bool:
        """Whether no place of the run lacks anything that others have."""
        presence = self.presence
        lacking = presence.ledgers or presence.fields or presence.this_year or presence.partial
        return not (lacking or self.figures.partly)

    # What rules ask for.

    def binder(self, ledger: str, *, tolerated: Sequence[str] = ()) -> Binder:
        """A binder for expressions on rows of the ledger, with a frame of its own."""
        return Binder.on(self.catalogue.vocabulary, self, ledger, tolerated=tolerated)


def session_of(database: Database, delivery: Delivery, catalogue: Catalogue, as_of: date) -> Session:
    """A session whose database is still to be filled."""
    places, years = places_of(delivery), _years_of(delivery)
    regions = regions_of(delivery, places)
    spoken_of = sorted({as_of.year, *_years_asked_for(delivery)}.union(*years.values()))
    local = {county: in_force(catalogue, region) for county, region in regions.items()}
    figures = placed_parameters(catalogue, places, local, spoken_of, as_of)
    return Session(database, delivery, catalogue, as_of, places, regions, local, years, figures)


def _years_asked_for(delivery: Delivery) -> Iterator[int]:
    """The years whose figures rules may ask for besides those rows are of."""
    for rows in delivery.tables.values():
        if (name := rows.ledger.dated) and name in rows.fields:
            yield from pc.unique(pc.year(rows.data.column(name).drop_null())).to_pylist()


def _years_of(delivery: Delivery) -> Years:
    return {
        title: frozenset(rows.data.column("年度").drop_null().unique().to_pylist())
        for title, rows in delivery.tables.items()
        if "年度" in rows.fields
    }
