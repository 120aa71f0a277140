"""Whose every row is: its household, its person, its village."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
from sqlglot import exp

from fupin_audit.engine.database.selects import LinkedQuery, column, left_join, link_table, table
from fupin_audit.engine.loaded.places import HOUSEHOLDS, PERSONS, PLACE_FIELDS, names_of, whole_places
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.language.bound import null_of

PLACES = "_地方"
_ROW = "本行"


def in_order(titles: Iterable[str]) -> list[str]:
    """Ledgers as their rows are to be placed: households first, then persons by them, then others by both."""
    return sorted(titles, key=lambda title: (title != HOUSEHOLDS, title != PERSONS, title))


def place_table(session: Session) -> pa.Table:
    """The places of the run by name."""
    named = [names_of(place) for place in session.places]
    columns = {f"p{i}": pa.array([names[i] for names in named], pa.string()) for i in range(3)}
    return pa.table({**columns, "n": pa.array(whole_places(session.places), pa.int32())})


def placed_rows(session: Session, title: str) -> LinkedQuery:
    """`_household`, `_person` and `_place` of the ledger's rows, by their keys or their own place columns."""
    ways = {owner: _way(session, title, owner) for owner in (PERSONS, HOUSEHOLDS)}
    rows = exp.Select(expressions=[column("_row", _ROW)]).from_(table(title, _ROW), copy=False)
    person, rows = _owner(title, PERSONS, ways[PERSONS], rows)
    household, rows = _owner(title, HOUSEHOLDS, ways[HOUSEHOLDS], rows)
    if person is not None and title != PERSONS:
        on = column("_row", "人").eq(person)
        rows = left_join(rows, table(PERSONS, "人"), on)
        through: exp.Expr = column("_household", "人")
        household = through if household is None else exp.func("COALESCE", household, through)
    rows, number = _numbered(session, title, rows, household)
    nothing = null_of("INTEGER")
    selected = rows.select(
        exp.alias_(household or nothing, "_household"),
        exp.alias_(person or nothing.copy(), "_person"),
        exp.alias_(number, "_place"),
        copy=False,
    )
    return LinkedQuery(selected, tuple(filter(None, ways.values())))


def _way(session: Session, title: str, owner: str) -> Relation | None:
    """The relation from a ledger to the household or person its rows belong to, where it leads somewhere."""
    relation = None if title == owner else session.catalogue.vocabulary.relation(title, owner)
    if relation is None or relation.many or not session.binder(title).leads_somewhere(relation):
        return None
    return relation


def _owner(
    title: str, owner: str, way: Relation | None, rows: exp.Select
) -> tuple[exp.Expr | None, exp.Select]:
    """The position of the household or person a row belongs to, and the rows joined to find it."""
    if title == owner:
        return column("_row", _ROW), rows
    if way is None:
        return None, rows
    link = f"{owner}.link"
    on = column("l", link).eq(column("_row", _ROW))
    return column("r", link), left_join(rows, table(link_table(way), link), on)


def _numbered(
    session: Session, title: str, rows: exp.Select, household: exp.Expr | None
) -> tuple[exp.Select, exp.Expr]:
    """The number of the household's place, else of the place the row itself names."""
    delivered = session.columns(title) or frozenset()
    empty = exp.Literal.string("")
    own = [
        exp.func("COALESCE", column(field, _ROW), empty) if field in delivered else empty.copy()
        for field in PLACE_FIELDS
    ]
    on = exp.and_(*(column(f"p{i}", PLACES).eq(part) for i, part in enumerate(own)), copy=False)
    rows = left_join(rows, table(PLACES, PLACES), on)
    number: exp.Expr = column("n", PLACES)
    if household is not None and title != HOUSEHOLDS and HOUSEHOLDS in session.delivery.tables:
        on = column("_row", "户行").eq(household.copy())
        rows = left_join(rows, table(HOUSEHOLDS, "户行"), on)
        number = exp.func("COALESCE", column("_place", "户行"), number)
    return rows, number
