"""Rows of two ledgers that no number pairs, paired by name, birth, sex and place (see `fupin_audit.linkage`).

A county's rows are compared with that county's alone: people are as many as it has, names as common as there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from fupin_audit.engine.database.duckdb import DIGEST, ROW
from fupin_audit.engine.database.selects import LinkedQuery, column, linked_query, table
from fupin_audit.engine.linking.keyed_rows import rows_of
from fupin_audit.engine.linking.pairings import rows_table
from fupin_audit.engine.loaded.session import Session
from fupin_audit.ledgers.looks import LOOKS, NAME, NUMBER, looks
from fupin_audit.ledgers.relations import Pairing
from fupin_audit.linkage.linked_people import Linkage, Roll, link
from fupin_audit.linkage.rolls import COLUMNS
from fupin_audit.linkage.weights import Strangers, strangers
from fupin_audit.rulepack.language.bound import cast_to, null_of

_ROWS, _KEY, _FREE = "行", "键", "待配"
_NO_PAIRS = pa.table(
    {"l": pa.array([], pa.int32()), "r": pa.array([], pa.int32()), "chosen": pa.array([], pa.bool_())}
)


@dataclass(frozen=True)
class WeighedPair:
    """What speaks for and against one pair; `ours` and `theirs` are what was compared, by COLUMNS."""

    ours: dict[str, str | None]
    theirs: dict[str, str | None]
    levels: tuple[int, ...]
    bits: tuple[float, ...]
    start: float
    odds: float


@dataclass(frozen=True)
class WeighedPairs:
    """The pairs of two ledgers.

    Attributes:
        rows: them as l, r, chosen.
        linkages: how they were found, county by county, with the left and the right row of every pair.
    """

    rows: pa.Table
    linkages: Sequence[tuple[Linkage, pa.Table, pa.Table]]

    def of(self, left: int, right: int) -> WeighedPair | None:
        """The pair of these rows."""
        if (left, right) not in self._places:
            return None
        number, at = self._places[left, right]
        found, *sides = self.linkages[number]
        one, other = (rows.slice(at, 1).to_pylist()[0] for rows in sides)
        levels, bits = found.levels[at].tolist(), found.bits[at].tolist()
        return WeighedPair(one, other, tuple(levels), tuple(bits), found.model.start, float(found.odds[at]))

    @cached_property
    def _places(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """The rows of a pair → in which county it was found, and where there."""
        return {
            pair: (number, at)
            for number, (_, *sides) in enumerate(self.linkages)
            for at, pair in enumerate(zip(*(_numbers(rows).tolist() for rows in sides), strict=True))
        }


def roll_table(ledger: str) -> str:
    """Name of the table of a ledger's rows as people are compared by them."""
    return f"{ledger}的名册"


def roll_rows(session: Session, ledger: str) -> LinkedQuery:
    """The ledger's rows: whose they are, as far as the columns that were delivered tell it, as text."""
    binder = session.binder(ledger)
    columns: dict[str, exp.Expr] = {
        _ROWS: column(ROW, binder.frame.alias),
        "纹": column(DIGEST, binder.frame.alias),
    }
    columns |= {NAME: binder.bind(NAME).tree, "号码": binder.bind(NUMBER).tree}
    columns[_KEY] = binder.bind(f"ID_KEY({NUMBER})").tree
    described = looks(session.catalogue.vocabulary.ledgers[ledger])
    for name in LOOKS:
        text = described.get(name)
        if text and not _lacks(session, ledger, text):
            columns[name] = cast_to(binder.bind(text).tree, "VARCHAR")
        else:
            columns[name] = null_of("VARCHAR")
    return linked_query(rows_of(session, binder.frame, columns), binder.frame)


def _lacks(session: Session, ledger: str, text: str) -> bool:
    """Whether something the expression needs was not delivered."""
    probe = session.binder(ledger)
    probe.bind(text)
    return bool(probe.frame.missing)


def _in_order(name: str) -> exp.Select:
    """A roll's rows, in the same order whatever their order in the delivery."""
    return exp.select("*").from_(table(name, _ROWS)).order_by(column("纹", _ROWS), column(_ROWS, _ROWS))


class LikelyPeople:
    """Finds who of a roll may be whom of the system; what is the same for every roll is worked out once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._people: dict[str, pa.Table] = {}
        self._strangers: dict[tuple[str, int], Strangers] = {}

    def pairs(self, pairing: Pairing, sides: Sequence[str]) -> WeighedPairs:
        """The pairs of two rolls that are likelier one person's than not.

        Args:
            pairing: which.
            sides: the tables of both rolls.
        """
        (ours, theirs), database, found = sides, self._session.database, []
        if ours not in self._people:
            self._people[ours] = database.rows(_in_order(ours))
        people = self._people[ours]
        if _lacking(people).any() or database.run(_somebody_lacking(theirs)):
            found = list(self._linked(pairing, people, database.rows(_in_order(theirs))))
        return WeighedPairs(pa.concat_tables([_NO_PAIRS, *map(_pairs, found)]), found)

    def _linked(
        self, pairing: Pairing, ours: pa.Table, theirs: pa.Table
    ) -> Iterator[tuple[Linkage, pa.Table, pa.Table]]:
        """County by county the pairs, with the left and the right row of each."""
        left = _by_county(self._session, pairing.left, _free(ours, theirs))
        right = _by_county(self._session, pairing.right, _free(theirs, ours))
        for county in sorted(left.keys() & right.keys()):
            one, other = left[county], right[county]
            if _asks(one) or _asks(other):
                found = link(_roll(one), _roll(other), self._others(pairing.left, county, one))
                yield found, one.take(pa.array(found.left)), other.take(pa.array(found.right))

    def _others(self, ledger: str, county: int, people: pa.Table) -> Strangers:
        """How two people of a county agree."""
        if (ledger, county) not in self._strangers:
            self._strangers[ledger, county] = strangers(people.select(list(COLUMNS)))
        return self._strangers[ledger, county]


def _somebody_lacking(name: str) -> exp.Select:
    """One row of those that have a name and no valid number, if there is any."""
    has_name = exp.not_(column(NAME, _ROWS).is_(exp.null()))
    return (
        exp.select("*")
        .from_(table(name, _ROWS))
        .where(has_name, column(_KEY, _ROWS).is_(exp.null()))
        .limit(1)
    )


def _free(rows: pa.Table, other: pa.Table) -> pa.Table:
    """The rows, and which of them no number pairs with the other roll."""
    held = pc.is_in(rows.column(_KEY), value_set=other.column(_KEY).drop_null().combine_chunks())
    return rows.append_column(_FREE, pc.invert(held))


def _by_county(session: Session, ledger: str, rows: pa.Table) -> Mapping[int, pa.Table]:
    """County → the rows there that have a name and are judged in this run."""
    places = session.place_numbers(ledger)[_numbers(rows)]
    several = (
        len(session.areas.counties) > 1
    )  # else whoever is named is compared, wherever he is said to live
    counties = session.areas.county_of_place[places] * several
    taken = session.own[places] & pc.is_valid(rows.column(NAME)).to_numpy()
    return {
        county: rows.filter(pa.array(taken & (counties == county)))
        for county in np.unique(counties[taken]).tolist()
    }


def _asks(rows: pa.Table) -> bool:
    """Whether somebody is there whom no number can pair."""
    return bool((_marks(rows, _FREE) & _lacking(rows)).any())


def _roll(rows: pa.Table) -> Roll:
    return Roll(rows.select(list(COLUMNS)), _marks(rows, _FREE), _lacking(rows))


def _pairs(linked: tuple[Linkage, pa.Table, pa.Table]) -> pa.Table:
    """The pairs of a county as l, r, chosen."""
    found, ours, theirs = linked
    return pa.table({"l": _numbers(ours), "r": _numbers(theirs), "chosen": found.chosen})


def likely_tables(pairing: Pairing, sides: Sequence[str], pairs: str) -> Iterator[tuple[str, LinkedQuery]]:
    """The tables of a likely pairing: each side's rows that have a name, and its pairs.

    Args:
        pairing: which.
        sides: the tables of both rolls.
        pairs: the table of the pairs that were found.
    """
    for ledger, side in zip((pairing.left, pairing.right), sides, strict=True):
        rows = exp.select(exp.alias_(column(_ROWS, side), "row")).from_(table(side, side))
        named_ones = rows.where(exp.not_(column(NAME, side).is_(exp.null())))
        yield rows_table(pairing, ledger), LinkedQuery(named_ones)
    yield pairing.name, LinkedQuery(exp.select("*").from_(table(pairs, pairs)))


def _numbers(rows: pa.Table) -> np.ndarray:
    return np.asarray(rows.column(_ROWS).to_numpy())


def _marks(rows: pa.Table, name: str) -> np.ndarray:
    return np.asarray(rows.column(name).to_numpy())


def _lacking(rows: pa.Table) -> np.ndarray:
    return np.asarray(pc.is_null(rows.column(_KEY)).to_numpy())
