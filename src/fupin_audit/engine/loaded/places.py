"""Whose every row is: its household, its person, its village."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
from sqlglot import exp

from fupin_audit.delivery import Delivery
from fupin_audit.engine.database.selects import column, link_table, table
from fupin_audit.results.finding import Place
from fupin_audit.rulepack.packs.pack import Region

if TYPE_CHECKING:
    from fupin_audit.engine.loaded.session import Session

HOUSEHOLDS, PERSONS = "户", "人口"
_FIELDS = ("县", "乡镇", "村")
_PLACES, _ROW = "_地方", "本行"


def places_of(delivery: Delivery) -> list[Place]:
    """Every village, town or county some row names, in their order of name; number 0 is 未定位."""
    named: set[tuple[str, ...]] = set()
    for rows in delivery.tables.values():
        fields = [name for name in _FIELDS if name in rows.fields]
        if fields:
            distinct = rows.data.select(fields).group_by(fields).aggregate([]).to_pylist()
            named |= {tuple(row.get(name) or "" for name in _FIELDS) for row in distinct}
    return [Place(), *(Place(*names) for names in sorted(named) if any(names))]


def regions_of(delivery: Delivery, places: list[Place]) -> Mapping[str, Region]:
    """County → the region it is in, as the households name it."""
    found = {place.county: Region(county=place.county) for place in places}
    rows = delivery.tables.get(HOUSEHOLDS)
    if rows is None or "县" not in rows.fields:
        return found
    fields = [name for name in ("省", "市", "县") if name in rows.fields]
    for row in rows.data.select(fields).group_by(fields).aggregate([]).to_pylist():
        county = row["县"] or ""
        found[county] = Region(row.get("省") or "", row.get("市") or "", county)
    return found


def whole_places(places: Sequence[Place]) -> list[int]:
    """Place → the number of the place it is: one that leaves out its county or town is the only such village."""
    number = {place: at for at, place in enumerate(places)}
    alike: dict[tuple[str, str], set[Place]] = {}
    for place in places:
        if all(_names(place)):
            for town in ("", place.town):
                alike.setdefault((town, place.village), set()).add(place)
    return [number[_whole(place, alike)] for place in places]


def _whole(place: Place, alike: Mapping[tuple[str, str], Collection[Place]]) -> Place:
    found = () if place.county else alike.get((place.town, place.village), ())
    return next(iter(found)) if len(found) == 1 else place


def place_rows(session: Session) -> None:
    """Give every row `_household`, `_person` and `_place`, by its keys or its own place columns."""
    columns = {f"p{i}": pa.array([p[i] for p in map(_names, session.places)], pa.string()) for i in range(3)}
    numbers = pa.array(whole_places(session.places), pa.int32())
    session.database.load(_PLACES, pa.table({**columns, "n": numbers}))
    filled = [title for title, rows in session.delivery.tables.items() if rows.data.num_rows]
    for title in sorted(filled, key=lambda t: (t != HOUSEHOLDS, t != PERSONS, t)):
        session.database.extend(title, _placed(session, title))


def _names(place: Place) -> tuple[str, str, str]:
    return place.county, place.town, place.village


def _placed(session: Session, title: str) -> exp.Select:
    """The household, person and place of the ledger's rows."""
    rows = exp.select(column("_row", _ROW)).from_(table(title, _ROW))
    person, rows = _owner(session, title, PERSONS, rows)
    household, rows = _owner(session, title, HOUSEHOLDS, rows)
    if person is not None and title != PERSONS:
        rows = rows.join(table(PERSONS, "人"), on=column("_row", "人").eq(person), join_type="left")
        through: exp.Expr = column("_household", "人")
        household = through if household is None else exp.func("COALESCE", household, through)
    rows, number = _numbered(session, title, rows, household)
    nothing = exp.cast(exp.null(), "INTEGER")
    return rows.select(
        exp.alias_(household or nothing, "_household"),
        exp.alias_(person or nothing.copy(), "_person"),
        exp.alias_(number, "_place"),
    )


def _owner(session: Session, title: str, owner: str, rows: exp.Select) -> tuple[exp.Expr | None, exp.Select]:
    """The position of the household or person a row belongs to, and the rows joined to find it."""
    if title == owner:
        return column("_row", _ROW), rows
    relation = session.catalogue.vocabulary.relation(title, owner)
    if relation is None or relation.many or not session.binder(title).leads_somewhere(relation):
        return None, rows
    session.link(relation)
    link = f"{owner}.link"
    on = column("l", link).eq(column("_row", _ROW))
    return column("r", link), rows.join(table(link_table(relation), link), on=on, join_type="left")


def _numbered(
    session: Session, title: str, rows: exp.Select, household: exp.Expr | None
) -> tuple[exp.Select, exp.Expr]:
    """The number of the household's place, else of the place the row itself names."""
    delivered = session.columns(title) or frozenset()
    empty = exp.Literal.string("")
    own = [exp.func("COALESCE", column(f, _ROW), empty) if f in delivered else empty.copy() for f in _FIELDS]
    on = exp.and_(*(column(f"p{i}", _PLACES).eq(part) for i, part in enumerate(own)), copy=False)
    rows = rows.join(table(_PLACES, _PLACES), on=on, join_type="left")
    number: exp.Expr = column("n", _PLACES)
    if household is not None and title != HOUSEHOLDS and HOUSEHOLDS in session.delivery.tables:
        rows = rows.join(
            table(HOUSEHOLDS, "户行"), on=column("_row", "户行").eq(household.copy()), join_type="left"
        )
        number = exp.func("COALESCE", column("_place", "户行"), number)
    return rows, number
