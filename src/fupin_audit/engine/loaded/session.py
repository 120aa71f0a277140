"""A delivery in the database: ledgers placed in their villages, relations as link tables, parameters by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
from sqlglot import exp

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.engine.database import selects
from fupin_audit.engine.database.duckdb import ROW, Database
from fupin_audit.engine.database.selects import column, link_table
from fupin_audit.engine.database.table_cache import MadeTables
from fupin_audit.engine.linking.links import link_rows
from fupin_audit.engine.linking.pairings import pair, paired_rows, rows_tables
from fupin_audit.engine.loaded.parameters import PlacedParameters
from fupin_audit.engine.loaded.places import place_rows, places_of, regions_of
from fupin_audit.ledgers.relations import THIS_YEAR, Pairing, Relation
from fupin_audit.memory import give_back
from fupin_audit.results.finding import Place
from fupin_audit.rulepack.checks.used_fields import used_fields, used_names
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.derivation import levels
from fupin_audit.rulepack.language.needs import Needs
from fupin_audit.rulepack.language.vocabulary import Computed
from fupin_audit.rulepack.packs.in_force import InForce, in_force
from fupin_audit.rulepack.packs.pack import Catalogue, Region
from fupin_audit.rulepack.showing.describe import named_parameters


@dataclass
class Session:
    """What rules are judged against. Also answers what the run has (vocabulary.Available).

    Attributes:
        database: holds the tables.
        delivery: where the rows came from.
        catalogue: rules and parameters.
        as_of: the date ages and years are counted at.
        made: link tables and what they are made from.
    """

    database: Database
    delivery: Delivery
    catalogue: Catalogue
    as_of: date
    made: MadeTables = field(init=False)
    _computed: dict[tuple[str, str], Computed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.made = MadeTables(self.database.drop)

    # What the run has.

    def columns(self, ledger: str) -> frozenset[str] | None:
        """Fields of the ledger that were delivered; None where the ledger was not."""
        delivered = self.delivery.tables.get(ledger)
        return frozenset(delivered.fields) if delivered else None

    def parameter(self, name: str) -> bool:
        """Whether the parameter has a value for some place and year of the run."""
        return name in self._figures.valued

    def parameter_gaps(self, texts: Sequence[str]) -> list[str]:
        """Where parameters these expressions rest on have no value although they have one elsewhere."""
        names = sorted(named_parameters(self.catalogue, texts) & self._figures.valued)
        return [f"{county}没有参数“{name}”的值" for name in names for county in self._figures.lacking(name)]

    def gap(self, relation: Relation) -> str:
        """Why the relation leads nowhere in this run; empty where it leads somewhere."""
        if relation.target not in self.delivery.tables:
            return f"未交付台账“{relation.target}”"
        if relation.where == THIS_YEAR and not self._has_year(relation.target):
            return f"“{relation.target}”没有{self.as_of.year}年度的数据"
        return ""

    def _has_year(self, ledger: str) -> bool:
        """Whether any row is of the audit year; a ledger without years or rows counts as of any year."""
        years = self._years.get(ledger)
        return not years or self.as_of.year in years

    def computed(self, ledger: str, name: str) -> Computed | None:
        """The derived field as a column of the ledger's table."""
        return self._computed.get((ledger, name))

    @cached_property
    def places(self) -> list[Place]:
        """The places of the run; their positions are their numbers, 0 is 未定位."""
        return places_of(self.delivery)

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """County → the region it is in."""
        return regions_of(self.delivery, self.places)

    @cached_property
    def _local(self) -> Mapping[str, InForce]:
        return {county: in_force(self.catalogue, region) for county, region in self.regions.items()}

    def in_force(self, county: str) -> InForce:
        """What of the catalogue is in force in a county; one the run does not know goes by its name alone."""
        return self._local.get(county) or in_force(self.catalogue, Region(county=county))

    @cached_property
    def _years(self) -> Mapping[str, frozenset[int]]:
        """Ledger title → the years its rows speak of."""
        tables = {title: rows for title, rows in self.delivery.tables.items() if "年度" in rows.fields}
        return {
            title: frozenset(rows.data.column("年度").drop_null().unique().to_pylist())
            for title, rows in tables.items()
        }

    @cached_property
    def _figures(self) -> PlacedParameters:
        years = {self.as_of.year}.union(*self._years.values())
        return PlacedParameters(self.catalogue, self.places, self.regions, sorted(years), self.as_of)

    def owners(self, title: str) -> Mapping[str, np.ndarray]:
        """`_place`, `_household`, `_person` of every row of a ledger, in row order; -1 where unknown."""
        return self.database.stored(title, ("_place", "_household", "_person"))

    def place_numbers(self, title: str) -> np.ndarray:
        """The place of every row of a ledger, as a number, in row order; 0 is 未定位."""
        numbers: np.ndarray = np.maximum(self.database.stored(title, ("_place",))["_place"], 0)
        return numbers

    # What rules ask for.

    def binder(self, ledger: str, *, tolerated: Sequence[str] = (), this_column: str = "") -> Binder:
        """A binder for expressions on rows of the ledger, with a frame of its own."""
        vocabulary = self.catalogue.vocabulary
        return Binder.on(vocabulary, self, ledger, tolerated=tolerated, this_column=this_column)

    def year_of(self, ledger: str) -> exp.Expr:
        """The year a row's parameters are taken from: its own in 户年度 and a county's own ledgers."""
        if self.judged_by_own_year(ledger):
            return column("年度", "本行")
        return exp.Literal.number(self.as_of.year)

    def judged_by_own_year(self, ledger: str) -> bool:
        """Whether a ledger's rows take their parameters from the year they name, not from the audit year."""
        own = ledger == "户年度" or not self.catalogue.vocabulary.ledgers[ledger].built_in
        return own and "年度" in (self.columns(ledger) or ())

    def day(self, year: int) -> date:
        """The day whose figures hold for a year: the as-of date for its own, the last day for others."""
        return self._figures.day(year)

    def link(self, relation: Relation) -> None:
        """Make the relation's link table, unless it is there."""
        name = link_table(relation)
        self.made.need(name, lambda: self.database.create(name, self._links(relation)))

    def _links(self, relation: Relation) -> exp.Query:
        """The relation's link table as a query."""
        pairing = relation.pairing
        if pairing is None:
            return link_rows(self, relation)
        self.pair(pairing)
        return paired_rows(relation, pairing)

    def pair(self, pairing: Pairing) -> None:
        """Make the pairing's tables, unless they are there."""
        self.made.need(pairing.name, lambda: pair(self, pairing), parts=rows_tables(pairing))

    def link_all(self, frame: Needs) -> None:
        """Make the link tables the frame's expressions need."""
        for relation in selects.relations_of(frame):
            self.link(relation)

    # Preparation.

    def prepare(self, *, derive: bool) -> None:
        """Load the delivery; place its rows; load parameters; work derived fields out where asked."""
        for rows in self.delivery.tables.values():
            self.database.load_ledger(rows.ledger, self._needed(rows) if derive else rows.data)
        place_rows(self)
        self.database.load(selects.PARAMETERS, self._figures.table())
        if derive:
            for level in levels(self.catalogue.vocabulary):
                for ledger in dict.fromkeys(title for title, _ in level if title in self.delivery.tables):
                    self._compute(ledger, [name for title, name in level if title == ledger])

    def _needed(self, rows: LedgerTable) -> pa.Table:
        """The columns some rule looks at."""
        wanted = used_fields(self._used, self.catalogue, rows.ledger)
        return rows.data.select([name for name in wanted if name in rows.fields])

    @cached_property
    def _used(self) -> frozenset[str]:
        return used_names(self.catalogue)

    def _compute(self, ledger: str, names: list[str]) -> None:
        """Add derived fields that look at other rows as columns of their ledger, as far as the delivery allows.

        What a row says of itself is worked out in place: that is cheaper than writing the table anew.
        """
        binder = self.binder(ledger)
        columns: dict[str, exp.Expr] = {}
        computed: dict[tuple[str, str], Computed] = {}
        for name in names:
            probe = self.binder(ledger)
            kind = probe.field(name).kind
            if not probe.frame.missing and not probe.frame.parameters:
                columns[name] = binder.field(name).tree
                computed[ledger, name] = Computed(
                    kind,
                    tuple(dict.fromkeys(probe.frame.mentioned)),
                    tuple(dict.fromkeys(probe.frame.counted)),
                    tuple(dict.fromkeys(probe.frame.passed_over)),
                )
        if columns:
            self.link_all(binder.frame)
            columns[ROW] = column(ROW, binder.frame.alias)
            self.database.extend(ledger, selects.select(binder.frame, columns, year=self.year_of(ledger)))
            self._computed |= computed


def open_session(
    database: Database, delivery: Delivery, catalogue: Catalogue, as_of: date, *, derive: bool = True
) -> Session:
    """Load a delivery and prepare everything rules need.

    Args:
        database: an empty database.
        delivery: what was read.
        catalogue: rules and parameters.
        as_of: the date ages and years are counted at.
        derive: work derived fields out beforehand, which pays when many rules share many rows.
    """
    session = Session(database, delivery, catalogue, as_of)
    session.prepare(derive=derive)
    give_back()
    return session
