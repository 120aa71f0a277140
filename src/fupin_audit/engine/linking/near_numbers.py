"""Records of two ledgers that are nearly the same and have no equal: one with one, or not at all (DEP-02).

Their numbers must differ by a slip of the pen and their names be the same or nearly so. Which numbers are near
is asked of the database, which compares only those that share most of their digits; what is left is few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from sqlglot import exp

from fupin_audit.engine.database.duckdb import DIGEST
from fupin_audit.engine.database.selects import LinkedQuery, column, linked_query, named, table
from fupin_audit.engine.linking.keyed_rows import keyed
from fupin_audit.engine.loaded.session import Session
from fupin_audit.reconcile.like_names import alike

_ROWS = "行"


@dataclass(frozen=True, slots=True)
class NumberedRecord:
    """A record as it is compared: its row, its number, a name, and what tells it from equal ones."""

    row: int
    number: str
    name: str
    digest: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records that may be the same subject's."""

    left: NumberedRecord
    right: NumberedRecord

    @property
    def namesakes(self) -> bool:
        """Whether they have the same name, and not only nearly so."""
        return self.left.name == self.right.name


def numbers_table(ledger: str, where: str) -> str:
    """Name of the table of a ledger's rows with a number, as near numbers are looked for among."""
    return f"{ledger}的号码·{where}"


def numbers(session: Session, ledger: str, names: Sequence[str], where: str) -> LinkedQuery:
    """The ledger's rows with a number.

    Args:
        session: the run.
        ledger: its title.
        names: the number's field, and the name's.
        where: condition on the rows that take part.
    """
    binder = session.binder(ledger)
    same = f"COALESCE(ID_KEY({names[0]}), {names[0]})"
    number, name, key = (binder.bind(item).tree for item in (*names, same))
    rows = keyed(session, binder, [number, name, key], where).subquery(named(_ROWS))
    bare = exp.Anonymous(this="id_part", expressions=[column("k0", _ROWS)])
    columns = {
        "行": column("_row", _ROWS),
        "号": bare,
        "键": column("k2", _ROWS),
        "字": exp.Anonymous(this="characters_of", expressions=[bare.copy()]),
        "名": column("k1", _ROWS),
        "纹": column(DIGEST, _ROWS),
    }
    selected = exp.select(*(exp.alias_(value, name, quoted=True) for name, value in columns.items()))
    return linked_query(selected.from_(rows), binder.frame)


def near_rows(left: str, right: str, *, turned: bool = False) -> exp.Select:
    """Every two rows of two tables of numbers whose numbers are near: row, number, name, digest of either.

    Args:
        left: one of the tables.
        right: the other one.
        turned: the right one is the smaller, which it takes less memory to begin with.
    """
    tables, found = ((right, left), ("r", "l")) if turned else ((left, right), ("l", "r"))
    near = exp.Anonymous(this="near_numbers", expressions=list(map(exp.Literal.string, tables)))
    wanted = [column(name, side) for side in ("左", "右") for name in ("行", "号", "名", "纹")]
    return (
        exp.select(*wanted)
        .from_(exp.Table(this=near, alias=exp.TableAlias(this=named("近"))))
        .join(table(left, "左"), on=column("行", "左").eq(column(found[0], "近")))
        .join(table(right, "右"), on=column("行", "右").eq(column(found[1], "近")))
    )


def like_records(rows: Iterable[tuple[Any, ...]]) -> Iterator[Likeness]:
    """Of the rows `near_rows` gives, those that may be the same subject's."""
    likenesses = (Likeness(NumberedRecord(*row[:4]), NumberedRecord(*row[4:])) for row in rows)
    return (item for item in likenesses if alike(item.left.name, item.right.name))


def near_pairs(rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Of the rows `near_rows` gives, the pairs that leave no choice, as l, r."""
    found = sure(like_records(rows))
    return pa.table(
        {
            "l": pa.array([item.left.row for item in found], pa.int32()),
            "r": pa.array([item.right.row for item in found], pa.int32()),
        }
    )


def sure(candidates: Iterable[Likeness]) -> list[Likeness]:
    """Of the candidates those that leave no choice; of several rows with one number one speaks for all."""
    clear = _unambiguous(_unambiguous(list(candidates), left=True), left=False)
    first: dict[int, Likeness] = {}
    for item in sorted(clear, key=lambda item: (item.right.digest, item.right.row)):
        first.setdefault(item.left.row, item)
    chosen: dict[int, Likeness] = {}
    for item in sorted(first.values(), key=lambda item: (item.left.digest, item.left.row)):
        chosen.setdefault(item.right.row, item)
    return list(chosen.values())


def _unambiguous(candidates: list[Likeness], *, left: bool) -> list[Likeness]:
    """Those whose number on one side is near one number of the other side only, namesakes before others."""
    by_number: dict[str, list[Likeness]] = defaultdict(list)
    for item in candidates:
        by_number[(item.left if left else item.right).number].append(item)
    kept = []
    for group in by_number.values():
        best = [item for item in group if item.namesakes] or group
        if len({(item.right if left else item.left).number for item in best}) == 1:
            kept += best
    return kept
