"""From a delivery to rows that can be judged: loaded, placed, with parameters and derived fields beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from fupin_audit.delivery import Delivery
from fupin_audit.engine.database import selects
from fupin_audit.engine.database.duckdb import ROW, Database
from fupin_audit.engine.database.failed_query import QueryError
from fupin_audit.engine.linking.blame import blamed_on
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.linking.placing import PLACES, in_order, place_table, placed_rows
from fupin_audit.engine.loaded.session import Session, session_of
from fupin_audit.engine.loaded.views import Listening
from fupin_audit.memory import give_back
from fupin_audit.rulepack.checks.used_fields import Fields, used_fields, used_names
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.derivation import levels
from fupin_audit.rulepack.language.vocabulary import Computed
from fupin_audit.rulepack.packs.pack import Catalogue


def open_delivery(
    database: Database,
    delivery: Delivery,
    catalogue: Catalogue,
    as_of: date,
    looked_at: Fields | None = None,
) -> Linked:
    """Load a delivery and prepare everything rules need.

    Args:
        database: an empty database.
        delivery: what was read.
        catalogue: rules and parameters.
        as_of: the date ages and years are counted at.
        looked_at: the fields to load, where few rows are asked after. Where not given, those of the catalogue, and
            the derived fields that are used are worked out beforehand, which pays when rules share many rows.
    """
    linked = Linked(session_of(database, delivery, catalogue, as_of))
    names = used_names(catalogue) if looked_at is None else frozenset[str]()
    _load(linked.session, used_fields(catalogue, names) if looked_at is None else looked_at)
    _place(linked)
    if looked_at is None:
        _prepare(linked, names)
    else:
        database.load(selects.PARAMETERS, linked.session.figures.table())
    give_back()
    return linked


def open_placed(session: Session, placed: Mapping[str, pa.Table]) -> Linked:
    """The same for a session whose rows have been placed already, as a part of a whole delivery.

    Args:
        session: of an empty database.
        placed: ledger → digest of its rows, and whose they are, as `Database.placed` gives them.
    """
    linked, names = Linked(session), used_names(session.catalogue)
    _load(session, used_fields(session.catalogue, names), placed)
    _prepare(linked, names)
    give_back()
    return linked


def _prepare(linked: Linked, names: frozenset[str]) -> None:
    """Make ready for rules that share many rows."""
    session = linked.session
    session.database.load(selects.PARAMETERS, session.figures.table())
    _derive(linked, names)
    session.database.settle()


def _load(session: Session, looked_at: Fields, placed: Mapping[str, pa.Table] = MappingProxyType({})) -> None:
    """Load the ledgers, of their columns those that are looked at."""
    for title, rows in session.delivery.tables.items():
        wanted = [name for name in looked_at.get(title, ()) if name in rows.fields]
        session.database.load_ledger(rows.ledger, rows.data.select(wanted), placed.get(title))
    session.database.spare_threads()


def _place(linked: Linked) -> None:
    """Give every row its household, person and place."""
    session = linked.session
    session.database.load(PLACES, place_table(session))
    filled = [title for title, rows in session.delivery.tables.items() if rows.data.num_rows]
    for title in in_order(filled):
        session.database.extend(title, linked.prepared(placed_rows(session, title)))


def _derive(linked: Linked, used: frozenset[str]) -> None:
    """Work the derived fields that are used out, those that rest on others after them."""
    delivered = linked.session.delivery.tables
    for level in levels(linked.session.catalogue.vocabulary):
        for ledger in dict.fromkeys(title for title, _ in level if title in delivered):
            names = [name for title, name in level if title == ledger and name in used]
            _add_derived(linked, ledger, names)


def _add_derived(linked: Linked, ledger: str, names: Sequence[str]) -> None:
    """Add derived fields that look at other rows as columns of their ledger, as far as the delivery allows.

    What a row says of itself is worked out in place: that is cheaper than writing the table anew.
    """
    session = linked.session
    computed = {name: found for name in names if (found := _computed(session, ledger, name))}
    if computed:
        binder = session.binder(ledger)
        columns = {name: binder.field(name).tree for name in computed}
        columns[ROW] = selects.column(ROW, binder.frame.alias)
        with _blamed_on_one_of(linked, ledger, computed), session.database.one_rule():
            session.database.extend(ledger, linked.select(binder.frame, columns))
        session.derived.update({(ledger, name): found for name, found in computed.items()})


@contextmanager
def _blamed_on_one_of(linked: Linked, ledger: str, names: Iterable[str]) -> Iterator[None]:
    """What can't be finished meanwhile is the fault of the first of these derived fields that can't by itself."""
    try:
        yield
    except QueryError:
        for name in names:
            derived_values(linked, ledger, name)
        raise


def derived_values(linked: Linked, ledger: str, name: str) -> Mapping[int, Any]:
    """Row → the value of a derived field.

    Raises:
        RuleError: it can't be worked out, or not in time.
    """
    declared = linked.session.catalogue.vocabulary.derived[ledger, name]
    binder = linked.session.binder(ledger)
    with linked.session.database.one_rule(), blamed_on(f"派生字段“{name}”", declared.origin, "value"):
        columns = {"v": binder.field(name).tree, "row": selects.column(ROW, binder.frame.alias)}
        found = linked.session.database.columns(linked.select(binder.frame, columns))
    return dict(zip(found["row"], found["v"], strict=True))


def _computed(session: Session, ledger: str, name: str) -> Computed | None:
    """What a derived field rests on; None where it can't be worked out for all rows alike."""
    listening = Listening(session)
    probe = Binder.on(session.catalogue.vocabulary, listening, ledger)
    kind = probe.field(name).kind
    frame = probe.frame
    if frame.missing or frame.parameters:
        return None
    return Computed(
        kind,
        tuple(dict.fromkeys(frame.mentioned)),
        tuple(dict.fromkeys(frame.counted)),
        tuple(dict.fromkeys(frame.passed_over)),
        frozenset(listening.asked),
    )
