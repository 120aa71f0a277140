"""What the findings of failed rows say: implicated cells, and the values the sentence names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from sqlglot import exp

from fupin_audit.delivery import OtherCell
from fupin_audit.engine.database.duckdb import ROW
from fupin_audit.engine.database.selects import column
from fupin_audit.engine.judging.portions import Portion
from fupin_audit.engine.judging.reaching_rows import row_day
from fupin_audit.engine.linking.linked import Linked
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Cell
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.declared.pointer import Pointer
from fupin_audit.rulepack.declared.reserved_words import KEY, LEDGER_NAMES, THIS_COLUMN
from fupin_audit.rulepack.declared.trust import ID, trust
from fupin_audit.rulepack.language.binding import Binder
from fupin_audit.rulepack.language.citing import rows_pointed_at
from fupin_audit.rulepack.language.expression import Path, names_in, placeholders
from fupin_audit.rulepack.language.targets import RuleTarget

# Among the values of a failure: the day or year of its row, where it isn't the as-of date.
DAY = "_day"


@dataclass(frozen=True, slots=True)
class Cited:
    """An implicated field: path from the judged row, ledger it leads to, field, which of the rows there."""

    path: Path
    ledger: str
    field: str
    where: str = ""
    many: bool = False

    @property
    def name(self) -> str:
        """As findings name it: the field, with the path before it where it is another row's; no one of many."""
        return "" if self.many else ".".join((*self.path, self.field))


@dataclass(frozen=True, slots=True)
class CitedCell:
    """One implicated cell.

    Attributes:
        name: as findings name it; empty for the cells of a to-many relation's rows.
        at: where it stands in the delivery.
        value: the typed value; None where blank.
    """

    name: str
    at: Cell
    value: Any


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many rows of a county broke a rule, of how many it was judged on."""

    failed: int
    judged: int


@dataclass(frozen=True)
class Failure:
    """One row that broke a rule.

    Attributes:
        row: its position in the ledger.
        cells: the implicated cells, the one to mend first.
        values: placeholder or `show` name → value.
        grounds: the cells the verdict rests on.
        repeats: cells that belong to it and are in no ledger table, as a Problem has them.
        instead: where the one cell it is about stands, if that is another column of the field.
        mend: the field to mend first, whether a cell of it stands in a sheet or not.
        crowd: the rows of the county it stands for; None where for itself.
    """

    row: int
    cells: tuple[CitedCell, ...]
    values: Mapping[str, Any]
    grounds: tuple[Cell, ...] = ()
    repeats: tuple[OtherCell, ...] = ()
    instead: OtherCell | None = None
    mend: str = ""
    crowd: Crowd | None = None


def explain(
    linked: Linked, portion: Portion, cited: Sequence[Cited], grounds: Sequence[Cited], failed: np.ndarray
) -> Iterator[Failure]:
    """What the findings of these rows need.

    Args:
        linked: what was judged.
        portion: the rule that the rows break, and where they lie.
        cited: the implicated fields.
        grounds: the fields the verdict rests on.
        failed: positions of the rows, ascending.
    """
    binder = portion.binder(linked.session)
    expressions = _spoken(linked.session, binder, portion.target)
    paths = list(dict.fromkeys(item.path for item in grounds))
    columns: dict[str, exp.Expr] = {"row": column(ROW, binder.frame.alias)}
    columns |= {f"v{i}": tree for i, tree in enumerate(expressions.values())}
    columns |= {f"r{i}": _row_at(binder, path) for i, path in enumerate(paths)}
    columns |= {f"c{i}": rows_pointed_at(binder, item.path, item.where, ROW) for i, item in enumerate(cited)}
    with linked.session.database.lent(pa.table({ROW: pa.array(failed, pa.int32())})) as wanted:
        broken = linked.select(binder.frame, columns, only=wanted)
        found = linked.session.database.columns(broken.order_by("row", copy=False))
    led_to = {path: found[f"r{i}"] for i, path in enumerate(paths)}
    cells = [
        _cells(linked.session, item, _rows(portion.target, item, found["row"], found[f"c{i}"]))
        for i, item in enumerate(cited)
    ]
    mend = next((item.field for item in cited), "")
    for i, row in enumerate(found["row"]):
        values = {name: found[f"v{n}"][i] for n, name in enumerate(expressions)}
        rested = (Cell(g.ledger, at, g.field) for g in grounds if (at := led_to[g.path][i]) is not None)
        implicated = tuple(cell for by_row in cells for cell in by_row[i])
        yield Failure(row, implicated, values, tuple(rested), mend=mend)


def _cells(session: Session, item: Cited, rows: Sequence[Sequence[int]]) -> Sequence[Sequence[CitedCell]]:
    """For each failed row the cells of an implicated field, in the rows it leads to."""
    column = session.delivery.tables[item.ledger].data.column(item.field)
    values = iter(column.take(pa.array([row for several in rows for row in several], pa.int32())).to_pylist())
    return [
        [CitedCell(item.name, Cell(item.ledger, row, item.field), next(values)) for row in several]
        for several in rows
    ]


def _rows(
    target: RuleTarget, item: Cited, judged: Sequence[int], found: Sequence[Any]
) -> Sequence[Sequence[int]]:
    """The rows an implicated field stands in, for each failed row; along a to-many relation itself left out."""
    if not item.many:
        return [[] if row is None else [row] for row in found]
    same = item.ledger == target.ledger
    rows = [sorted(set(_flat(numbers))) for numbers in found]
    return [
        [row for row in several if not (same and row == own)]
        for own, several in zip(judged, rows, strict=True)
    ]


def _flat(numbers: Any) -> Iterator[int]:
    """The numbers in lists of lists of them."""
    if isinstance(numbers, int):
        yield numbers
    for part in numbers if isinstance(numbers, list) else ():
        yield from _flat(part)


def cited_fields(binder: Binder, target: RuleTarget) -> tuple[Cited, ...]:
    """The fields a rule's findings point at: as it says, else those its conditions name."""
    written = [Pointer.read(item) for item in target.rule.cite]
    named = [Pointer(path, name) for path, name in binder.frame.mentioned if name != "成员状态"]
    found = []
    for pointer in dict.fromkeys(written or named):
        cited = _cite(binder, pointer.path, _cited_field(binder, target, pointer.field), pointer.where)
        if cited:
            found.append(cited)
    return tuple(dict.fromkeys(found))


def grounds(binder: Binder) -> tuple[Cited, ...]:
    """The fields the conditions bound so far rest on; who is on record is no ground of its own."""
    anchors = trust().anchors
    led = [(path, name) for path, relation, _ in binder.frame.counted for name in _id_keys(binder, relation)]
    found = (_cite(binder, path, name) for path, name in dict.fromkeys([*binder.frame.mentioned, *led]))
    return tuple(item for item in found if item and item.field not in anchors)


def _id_keys(binder: Binder, relation: Relation) -> Iterator[str]:
    """The ID numbers a relation starts from: with a wrong one it leads to nobody, or to somebody else."""
    columns = binder.vocabulary.ledgers[relation.source].columns()
    names = (name for one, _ in relation.on[0] for name in names_in(one))
    yield from (name for name in names if name in columns and columns[name].type.name == ID)


def _cited_field(binder: Binder, target: RuleTarget, name: str) -> str:
    key = binder.vocabulary.ledgers[target.ledger].key
    return {THIS_COLUMN: target.column, KEY: key[0] if key else ""}.get(name, name)


def _cite(binder: Binder, path: Path, field: str, where: str = "") -> Cited | None:
    walked = binder.walk(path)
    ledger = walked[-1].target if walked else binder.frame.ledger
    if not binder.available.has(ledger, field):
        return None
    return Cited(path, ledger, field, where, many=any(relation.many for relation in walked))


def _spoken(session: Session, binder: Binder, target: RuleTarget) -> dict[str, exp.Expr]:
    """Placeholder, `show` or `once_per` name → expression; words of the sentence that are no fields are left out."""
    rule = target.rule
    spoken = {name: binder.bind(text).tree for name, text in rule.show.items()}
    named = [name for name in placeholders(rule.say) if name not in LEDGER_NAMES]
    for name in (*named, *once_per(session, target)):
        if name not in spoken:
            spoken[name] = binder.bind(name).tree
    if day := row_day(session, target):
        spoken[DAY] = day.tree
    return spoken


def once_per(session: Session, target: RuleTarget) -> tuple[str, ...]:
    """The fields a rule reports once for; `键` stands for the ledger's key."""
    key = session.delivery.tables[target.ledger].ledger.key
    return tuple(field for name in target.rule.once_per for field in (key if name == KEY else (name,)))


def _row_at(binder: Binder, path: Path) -> exp.Expr:
    if not path:
        return column(ROW, binder.frame.alias)
    reached = binder.reach(path)
    return exp.null() if reached is None else column(ROW, binder.frame.alias_of(reached.path))
