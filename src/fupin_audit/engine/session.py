"""A delivery in the database: ledgers placed in their villages, relations as link tables, parameters by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pyarrow as pa
from sqlglot import exp

from fupin_audit.engine import query
from fupin_audit.engine.duckdb import DIGEST, Database
from fupin_audit.engine.query import column, every_column, link_table, table
from fupin_audit.finding import Place
from fupin_audit.ledgers.delivery import Delivery
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.binding import Binder
from fupin_audit.rulepack.expression import names_in
from fupin_audit.rulepack.frame import Frame
from fupin_audit.rulepack.pack import Catalogue, Region
from fupin_audit.rulepack.vocabulary import Computed

_HOUSEHOLDS, _PERSONS = "户", "人口"
_PLACE_FIELDS = ("县", "乡镇", "村")


@dataclass
class Session:
    """What rules are judged against. Also answers what the run has (vocabulary.Available).

    Attributes:
        database: holds the tables.
        delivery: where the rows came from.
        catalogue: rules and parameters.
        as_of: the date ages and years are counted at.
        places: place number → place; number 0 is 未定位.
    """

    database: Database
    delivery: Delivery
    catalogue: Catalogue
    as_of: date
    places: list[Place] = field(default_factory=lambda: [Place()])
    _links: dict[str, str] = field(default_factory=dict)
    _computed: dict[tuple[str, str], Computed] = field(default_factory=dict)

    def columns(self, ledger: str) -> frozenset[str] | None:
        """Fields of the ledger that were delivered; None where the ledger was not."""
        delivered = self.delivery.tables.get(ledger)
        return frozenset(delivered.fields) if delivered else None

    def parameter(self, name: str) -> bool:
        """Whether the parameter has a value for some place and year of the run."""
        return name in self._valued

    def gap(self, relation: Relation) -> str:
        """Why the relation leads nowhere in this run; empty where it leads somewhere."""
        if relation.target not in self.delivery.tables:
            return f"未交付台账“{relation.target}”"
        if not self._has_year(relation):
            return f"“{relation.target}”没有{self.as_of.year}年度的数据"
        return ""

    def _has_year(self, relation: Relation) -> bool:
        """Whether a relation to the audit year's rows finds any row of that year at all."""
        rows = self.delivery.tables[relation.target]
        if relation.where != "年度 = 审计年度" or "年度" not in rows.fields or not rows.data.num_rows:
            return True
        return self.as_of.year in self.years[relation.target]

    @cached_property
    def years(self) -> Mapping[str, frozenset[int]]:
        """Ledger title → the years its rows speak of."""
        tables = self.delivery.tables
        return {
            title: frozenset(
                year for year in rows.data.column("年度").unique().to_pylist() if year is not None
            )
            for title, rows in tables.items()
            if "年度" in rows.fields
        }

    def computed(self, ledger: str, name: str) -> Computed | None:
        """The derived field as a column of the ledger's table."""
        return self._computed.get((ledger, name))

    # Derived fields.

    def compute_derived(self) -> None:
        """Work out every derived field the delivery allows, once for all rows, those it rests on first."""
        waiting = [key for key in self.catalogue.vocabulary.derived if key[0] in self.delivery.tables]
        while waiting:
            ready = [key for key in waiting if not self._rests_on(key) & set(waiting)]
            for ledger in dict.fromkeys(title for title, _ in ready):
                self._compute(ledger, [name for title, name in ready if title == ledger])
            waiting = [key for key in waiting if key not in ready]

    def _rests_on(self, key: tuple[str, str]) -> set[tuple[str, str]]:
        """The derived fields its expression names, on whatever ledger."""
        vocabulary = self.catalogue.vocabulary
        names = set(names_in(vocabulary.derived[key].value))
        return {other for other in vocabulary.derived if other[1] in names and other != key}

    def _compute(self, ledger: str, names: list[str]) -> None:
        frame = Frame(ledger)
        binder = Binder(self.catalogue.vocabulary, self, frame)
        columns: dict[str, exp.Expression] = {}
        computed: dict[tuple[str, str], Computed] = {}
        for name in names:
            probe = self.binder(ledger)
            kind = probe.field(name).kind
            if not probe.frame.missing:
                columns[name] = binder.field(name).tree
                computed[ledger, name] = Computed(kind, tuple(dict.fromkeys(probe.frame.mentioned)))
        if columns:
            self.link_all(frame)
            rows = query.select(frame, columns, year=self.year_of(ledger), base=True)
            self.database.replace(ledger, rows)
            self._computed |= computed

    def binder(self, ledger: str, *, tolerated: Sequence[str] = (), this_column: str = "") -> Binder:
        """A binder for expressions on rows of the ledger, with a frame of its own."""
        frame = Frame(ledger, tolerated=set(tolerated))
        return Binder(self.catalogue.vocabulary, self, frame, this_column=this_column)

    def year_of(self, ledger: str) -> exp.Expression:
        """The year a row's parameters are taken from: its own, where the ledger has one."""
        if ledger == "户年度" and "年度" in (self.columns(ledger) or ()):
            return column("年度", "本行")
        return exp.Literal.number(self.as_of.year)

    # Links.

    def link(self, relation: Relation) -> None:
        """Make the relation's link table, unless it is there.

        A to-one relation gives each row with a key exactly one line; `r` is null where nothing matched. A
        to-many relation gives a line for each match, and one with `r` null for a row without any.
        """
        name = link_table(relation)
        if name in self._links:
            return
        self._links[name] = relation.target
        left, right = self._keys(relation)
        for needed in (*query.relations_of(left), *query.relations_of(right)):
            self.link(needed)
        matches = [
            self._matched(relation, index)
            for index in range(len(relation.on))
            if self._usable(relation, index)
        ]
        self.database.create(name, _first_matching(matches, many=relation.many))

    def link_all(self, frame: Frame) -> None:
        """Make the link tables the frame's expressions need."""
        for relation in query.relations_of(frame):
            self.link(relation)

    def _usable(self, relation: Relation, index: int) -> bool:
        left, right = self._bound(relation, index)
        return not left[0].missing and not right[0].missing

    def _keys(self, relation: Relation) -> tuple[Frame, Frame]:
        left, right = Frame(relation.source), Frame(relation.target)
        for index in range(len(relation.on)):
            for whole, (part, _) in zip((left, right), self._bound(relation, index), strict=True):
                whole.hops.update(part.hops)
                whole.aggregates.update(part.aggregates)
        return left, right

    def _bound(
        self, relation: Relation, index: int
    ) -> tuple[tuple[Frame, list[exp.Expression]], tuple[Frame, list[exp.Expression]]]:
        """One alternative's keys, bound on either side."""
        left, right = self.binder(relation.source), self.binder(relation.target)
        pairs = relation.on[index]
        keys = [left.bind(one).tree for one, _ in pairs], [right.bind(other).tree for _, other in pairs]
        return (left.frame, keys[0]), (right.frame, keys[1])

    def _matched(self, relation: Relation, index: int) -> exp.Select:
        """l, r by one alternative; r null for a row whose key finds nothing; rows without a key left out."""
        (left_frame, left), (right_frame, right) = self._bound(relation, index)
        one = self._keyed(left_frame, left, relation.source)
        where = relation.where if self._filterable(relation) else ""
        other = self._keyed(right_frame, right, relation.target, where)
        on = exp.and_(*(column(f"k{i}", "左").eq(column(f"k{i}", "右")) for i in range(len(left))))
        line: exp.Expression = column("_row", "右")
        if not relation.many:
            line = exp.Anonymous(this="arg_min", expressions=[line, column(DIGEST, "右")])
        joined = (
            exp.select(exp.alias_(column("_row", "左"), "l"), exp.alias_(line, "r"))
            .from_(one.subquery(exp.to_identifier("左", quoted=True)))
            .join(other.subquery(exp.to_identifier("右", quoted=True)), on=on, join_type="left")
        )
        return joined if relation.many else joined.group_by(column("_row", "左"))

    def _filterable(self, relation: Relation) -> bool:
        """A file without a 年度 column is taken to be of the year asked for."""
        return bool(relation.where) and not (
            relation.where.startswith("年度") and "年度" not in (self.columns(relation.target) or ())
        )

    def _keyed(self, frame: Frame, keys: list[exp.Expression], ledger: str, where: str = "") -> exp.Select:
        binder = self.binder(ledger)
        binder.frame.hops, binder.frame.aggregates = frame.hops, frame.aggregates
        condition = binder.condition(where) if where else None
        self.link_all(binder.frame)
        named = {f"k{i}": key for i, key in enumerate(keys)}
        columns = {"_row": column("_row", frame.alias), DIGEST: column(DIGEST, frame.alias), **named}
        selected = query.select(binder.frame, columns, year=self.year_of(ledger))
        inner = exp.select("*").from_(selected.subquery("keyed"))
        if condition is not None:
            inner = exp.select("*").from_(selected.where(condition).subquery("keyed"))
        return inner.where(*(exp.column(name, quoted=True).is_(exp.null()).not_() for name in named))

    # Places.

    def place_rows(self) -> None:
        """Give every row its village, household and person, by its keys or its own place columns."""
        filled = [title for title, rows in self.delivery.tables.items() if rows.data.num_rows]
        for title in sorted(filled, key=lambda t: (t != _HOUSEHOLDS, t != _PERSONS, t)):
            self._place_ledger(title)

    def _place_ledger(self, title: str) -> None:
        frame = Frame(title)
        base = column("_row", "本行")
        to_household, to_person = (self._owner(title, name) for name in (_HOUSEHOLDS, _PERSONS))
        rows = exp.select(every_column("本行")).from_(table(title, "本行"))
        for alias, relation in (("户link", to_household), ("人link", to_person)):
            if relation:
                rows = rows.join(
                    table(link_table(relation), alias), on=column("l", alias).eq(base), join_type="left"
                )
        person: exp.Expression = column("r", "人link") if to_person else exp.cast(exp.null(), "INTEGER")
        household: exp.Expression = column("r", "户link") if to_household else exp.cast(exp.null(), "INTEGER")
        if to_person:
            rows = rows.join(
                table(_PERSONS, "人"), on=column("_row", "人").eq(column("r", "人link")), join_type="left"
            )
            household = exp.func("COALESCE", household, column("_household", "人"))
        if title == _HOUSEHOLDS:
            household = base
        if title == _PERSONS:
            person = base
        rows = rows.select(exp.alias_(household, "_household"), exp.alias_(person, "_person"))
        self.database.replace(title, rows)
        self._number_places(title, frame)

    def _owner(self, title: str, owner: str) -> Relation | None:
        relation = self.catalogue.vocabulary.relation(title, owner)
        if relation is None or relation.many or title == owner or self.gap(relation):
            return None
        if not any(self._usable(relation, index) for index in range(len(relation.on))):
            return None
        self.link(relation)
        return relation

    def _number_places(self, title: str, frame: Frame) -> None:
        """Set `_place`: the household's, else the row's own; new places are numbered in their order of name."""
        delivered = self.columns(title) or frozenset()
        own = [
            exp.func("COALESCE", column(name, frame.alias), exp.Literal.string("")) if name in delivered
            else exp.Literal.string("")
            for name in _PLACE_FIELDS
        ]  # fmt: skip
        named = {f"p{i}": part for i, part in enumerate(own)}
        distinct = (
            exp.select(*(exp.alias_(p, n) for n, p in named.items()))
            .from_(table(title, frame.alias))
            .distinct()
        )
        known = {(p.county, p.town, p.village): number for number, p in enumerate(self.places)}
        for key in sorted(tuple(row) for row in self.database.run(distinct)):
            if key not in known:
                known[key] = len(self.places)
                self.places.append(Place(*key))
        keys = list(known)
        lookup = {f"p{i}": pa.array([key[i] for key in keys], pa.string()) for i in range(3)}
        self.database.load("_places", pa.table({**lookup, "n": pa.array(list(known.values()), pa.int32())}))
        self._set_place(title, frame, own)

    def _set_place(self, title: str, frame: Frame, own: list[exp.Expression]) -> None:
        on = exp.and_(*(column(f"p{i}", "地").eq(part.copy()) for i, part in enumerate(own)))
        rows = (
            exp.select(every_column(frame.alias))
            .from_(table(title, frame.alias))
            .join(table("_places", "地"), on=on, join_type="left")
        )
        number: exp.Expression = column("n", "地")
        if title != _HOUSEHOLDS and _HOUSEHOLDS in self.delivery.tables:
            household = column("_row", "户行").eq(column("_household", frame.alias))
            rows = rows.join(table(_HOUSEHOLDS, "户行"), on=household, join_type="left")
            number = exp.func("COALESCE", column("_place", "户行"), number)
        self.database.replace(title, rows.select(exp.alias_(number, "_place")))
        self.database.forget("_places")

    def owners(self, title: str) -> Mapping[str, list[int]]:
        """`_place`, `_household`, `_person` of every row of a ledger, in row order."""
        names = ("_place", "_household", "_person")
        rows = exp.select(*(column(name, "本行") for name in names)).from_(table(title, "本行"))
        return self.database.columns(rows.order_by(column("_row", "本行")))

    # Parameters.

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """County → the region it is in, as the households name it."""
        rows = self.delivery.tables.get(_HOUSEHOLDS)
        found = {place.county: Region(county=place.county) for place in self.places}
        if rows is None or "县" not in rows.fields:
            return found
        named = [name for name in ("省", "市", "县") if name in rows.fields]
        for row in rows.data.select(named).group_by(named).aggregate([]).to_pylist():
            county = row["县"] or ""
            found[county] = Region(row.get("省") or "", row.get("市") or "", county)
        return found

    @cached_property
    def _values(self) -> Mapping[str, list[float | str | None]]:
        """Parameter → its value for each (place, year), in the order of `_place_years`."""
        catalogue = self.catalogue
        cache: dict[tuple[str, str, int], float | str | None] = {}

        def value(name: str, county: str, year: int) -> float | str | None:
            key = (name, county, year)
            if key not in cache:
                day = min(date(year, 12, 31), self.as_of) if year <= self.as_of.year else date(year, 12, 31)
                cache[key] = catalogue.value(name, self.regions.get(county, Region(county=county)), day)
            return cache[key]

        return {
            name: [value(name, self.places[number].county, year) for number, year in self._place_years]
            for name in catalogue.parameters
        }

    @cached_property
    def _place_years(self) -> list[tuple[int, int]]:
        years = {self.as_of.year}.union(*self.years.values())
        return [(number, year) for number in range(len(self.places)) for year in sorted(years)]

    @cached_property
    def _valued(self) -> frozenset[str]:
        return frozenset(name for name, values in self._values.items() if any(v is not None for v in values))

    def load_parameters(self) -> None:
        """Put every parameter's value for each place and year into the database."""
        numbers = {
            name: pa.array([None if v is None else float(v) for v in values], pa.float64())
            for name, values in self._values.items()
            if all(isinstance(v, int | float | None) for v in values)
        }
        places, years = ([pair[i] for pair in self._place_years] for i in range(2))
        keys = {"_place": pa.array(places, pa.int32()), "_year": pa.array(years, pa.int32())}
        self.database.load(query.PARAMETERS, pa.table({**keys, **numbers}))


def _first_matching(matches: list[exp.Select], *, many: bool) -> exp.Expression:
    """Join the alternatives: a later one serves only rows that no earlier one has matched."""
    if len(matches) == 1:
        return matches[0]
    tagged = [
        exp.select("l", "r", exp.alias_(exp.Literal.number(rank), "rank")).from_(match.subquery(f"m{rank}"))
        for rank, match in enumerate(matches)
    ]
    union: exp.Expression = tagged[0]
    for item in tagged[1:]:
        union = exp.union(union, item, distinct=False)
    best = exp.select("*").from_(union.subquery("u")) if isinstance(union, exp.Query) else union
    rank = "CASE WHEN r IS NULL THEN 1000 ELSE 0 END + rank"
    chosen = best.qualify(f"{rank} = MIN({rank}) OVER (PARTITION BY l)")
    return exp.select("l", "r").from_(chosen.subquery("b"))


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
    for rows in delivery.tables.values():
        database.load_ledger(rows.ledger, rows.data)
    session.place_rows()
    session.load_parameters()
    if derive:
        session.compute_derived()
    return session
