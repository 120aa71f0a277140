"""Judge a rule: one query for its verdicts, one for what its findings say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlglot import exp

from fupin_audit.engine import query
from fupin_audit.engine.query import column, link_table, table
from fupin_audit.engine.session import Session
from fupin_audit.errors import RuleError
from fupin_audit.ledgers.relations import Relation
from fupin_audit.rulepack.binding import THIS_COLUMN, Binder
from fupin_audit.rulepack.expansion import KEY, LEDGER_NAMES, Target
from fupin_audit.rulepack.expression import Path, names_in, placeholders
from fupin_audit.rulepack.frame import Counted
from fupin_audit.rulepack.trust import ID, trust

_FAILED, _ASKED = "_不符", "_所问"


@dataclass(frozen=True, slots=True)
class Cited:
    """An implicated field: to-one path from the judged row, ledger it leads to, field, row by judged row."""

    path: Path
    ledger: str
    field: str

    @property
    def name(self) -> str:
        """As findings name it: the field, with the path before it where it is another row's."""
        return ".".join((*self.path, self.field))


@dataclass(frozen=True, slots=True)
class CitedCell:
    """One implicated cell; `name` is empty for the cells of a to-many relation's rows."""

    name: str
    ledger: str
    row: int
    field: str


@dataclass(frozen=True)
class Failure:
    """One row that broke a rule.

    Attributes:
        row: its position in the ledger.
        cells: the implicated cells, the one to mend first.
        grounds: the cells the verdict rests on, as ledger, row, field.
        values: placeholder or `show` name → value.
    """

    row: int
    cells: tuple[CitedCell, ...]
    values: dict[str, Any]
    grounds: tuple[tuple[str, int, str], ...] = ()


Numbers = npt.NDArray[np.int64]


def _no_rows() -> Numbers:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Verdicts:
    """What a rule said of one ledger.

    Attributes:
        missing: what was not delivered; when not empty, nothing was judged.
        passed_over: what was not delivered of a part that could be left out.
        passed: number of rows by place number.
        undecided: number of rows by place number.
        cited: the implicated fields, the one to mend first.
        grounds: the fields the verdict rests on, of the row and of rows it leads to one to one.
        counted: what the verdict's statistics look at.
        failures: the rows that broke it.
    """

    missing: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    passed: Numbers = field(default_factory=_no_rows)
    undecided: Numbers = field(default_factory=_no_rows)
    cited: tuple[Cited, ...] = ()
    grounds: tuple[Cited, ...] = ()
    counted: tuple[Counted, ...] = ()
    failures: tuple[Failure, ...] = ()


def judge(session: Session, target: Target) -> Verdicts:
    """Judge every row of the target's ledger."""
    rule = target.rule
    binder = session.binder(target.ledger, tolerated=rule.optional, this_column=target.column)
    applies, verdict = rule_conditions(binder, target)
    counted = tuple(dict.fromkeys(binder.frame.counted))
    grounds = _grounds(binder)
    cited = _cited(binder, target)
    if binder.frame.missing:
        return Verdicts(missing=tuple(dict.fromkeys(binder.frame.missing)))
    session.link_all(binder.frame)
    passed_over = tuple(dict.fromkeys(binder.frame.passed_over))
    passed, failed, undecided = _counts(session, binder, applies, verdict)
    asked = _Asked(target, cited, () if _mostly(passed, failed) else grounds, applies, verdict)
    failures = tuple(_failures(session, binder, asked)) if failed.any() else ()
    return Verdicts((), passed_over, passed, undecided, cited, grounds, counted, failures)


def rule_conditions(binder: Binder, target: Target) -> tuple[exp.Expr | None, exp.Expr]:
    """Where the rule applies, and its verdict there."""
    rule = target.rule
    require = binder.condition(rule.require)
    conditions = [binder.condition(rule.when)] if rule.when else []
    if target.ledger == "人口" and rule.scope == "在册":
        conditions.append(binder.field("在册").tree)
    if not conditions:
        return None, require
    applies = exp.and_(*(exp.paren(item, copy=False) for item in conditions), copy=False)
    excused = exp.not_(exp.paren(applies.copy(), copy=False), copy=False)
    return applies, exp.or_(excused, exp.paren(require, copy=False), copy=False)


def _cited(binder: Binder, target: Target) -> tuple[Cited, ...]:
    written = [tuple(item.split(".")) for item in target.rule.cite]
    names = written or [(*path, name) for path, name in binder.frame.mentioned if name != "成员状态"]
    found = []
    for *path, name in dict.fromkeys(names):
        cited = _cite(binder, tuple(path), _cited_field(binder, target, name))
        if cited:
            found.append(cited)
    return tuple(dict.fromkeys(found))


def _grounds(binder: Binder) -> tuple[Cited, ...]:
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


def _mostly(passed: Numbers, failed: Numbers) -> bool:
    """A rule that hits most rows says something of the column, nothing of a row."""
    return int(failed.sum()) > int(passed.sum())


def _cited_field(binder: Binder, target: Target, name: str) -> str:
    key = binder.vocabulary.ledgers[target.ledger].key
    return {THIS_COLUMN: target.column, KEY: key[0] if key else ""}.get(name, name)


def _cite(binder: Binder, path: Path, field: str) -> Cited | None:
    ledger = binder.frame.ledger
    for name in path:
        relation = binder.vocabulary.relation(ledger, name)
        if relation is None:
            raise RuleError(f"cite：“{ledger}”没有关系“{name}”")
        ledger = relation.target
    if field not in (binder.available.columns(ledger) or ()):
        return None
    return Cited(path, ledger, field)


def applicable(rows: exp.Select, applies: exp.Expr | None) -> exp.Select:
    """Only the rows the rule applies to, or of which that can't be known."""
    if applies is None:
        return rows
    rejected = exp.Is(this=exp.paren(applies), expression=exp.false())
    return rows.where(exp.not_(rejected, copy=False), copy=False)


def _counts(
    session: Session, binder: Binder, applies: exp.Expr | None, verdict: exp.Expr
) -> tuple[Numbers, Numbers, Numbers]:
    """How many rows passed, failed and could not be decided, each by place number."""
    columns = {"place": column("_place", binder.frame.alias), "v": verdict.copy()}
    rows = query.select(binder.frame, columns, year=session.year_of(binder.frame.ledger))
    holds = exp.column("v")
    tests = {"passed": holds, "failed": exp.not_(holds), "undecided": holds.is_(exp.null())}
    numbers = [exp.alias_(_number_of(test), name) for name, test in tests.items()]
    judged = applicable(rows, applies).subquery("judged", copy=False)
    counted = exp.select("place", *numbers).from_(judged, copy=False).group_by("place", copy=False)
    found = session.database.arrays(counted)
    places, size = np.maximum(found["place"], 0), len(session.places)
    passed, failed, undecided = (_summed(places, found[name], size) for name in tests)
    return passed, failed, undecided


def _number_of(test: exp.Expr) -> exp.Expr:
    return exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=test.copy()))


def _summed(places: np.ndarray, numbers: np.ndarray, size: int) -> Numbers:
    return np.bincount(places, weights=numbers, minlength=size).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the rows that failed."""

    target: Target
    cited: Sequence[Cited]
    grounds: Sequence[Cited]
    applies: exp.Expr | None
    verdict: exp.Expr


def _failures(session: Session, binder: Binder, asked: _Asked) -> Iterator[Failure]:
    """What the finding of each failed row needs."""
    cited, single = asked.cited, [item for item in asked.cited if not _is_many(binder, item.path)]
    expressions = _spoken(session, binder, asked.target)
    paths = list(dict.fromkeys(item.path for item in (*single, *asked.grounds)))
    columns: dict[str, exp.Expr] = {"row": column("_row", binder.frame.alias)}
    columns |= {f"v{i}": tree for i, tree in enumerate(expressions.values())}
    columns |= {f"r{i}": _row_at(binder, path) for i, path in enumerate(paths)}
    session.link_all(binder.frame)
    selected = query.select(binder.frame, columns, year=session.year_of(asked.target.ledger))
    broken = applicable(selected, asked.applies).where(exp.not_(exp.paren(asked.verdict)), copy=False)
    found = session.database.columns(broken.order_by("row", copy=False))
    related = _related(session, binder, cited, found["row"])
    for i, row in enumerate(found["row"]):
        rows = {path: found[f"r{n}"][i] for n, path in enumerate(paths)}
        values = {name: found[f"v{n}"][i] for n, name in enumerate(expressions)}
        others = {item: by.get(row, []) for item, by in related.items()}
        grounds = ((g.ledger, at, g.field) for g in asked.grounds if (at := rows[g.path]) is not None)
        yield Failure(row, tuple(_cells(cited, rows, others)), values, tuple(grounds))


def holding(session: Session, target: Target, rows: Collection[int]) -> Collection[int]:
    """Those of the rows the rule applies to and holds for."""
    binder = session.binder(target.ledger, tolerated=target.rule.optional, this_column=target.column)
    applies, verdict = rule_conditions(binder, target)
    session.link_all(binder.frame)
    session.database.load(_ASKED, pa.table({"_row": pa.array(sorted(rows), pa.int32())}))
    row = column("_row", binder.frame.alias)
    selected = query.select(binder.frame, {"row": row}, year=session.year_of(target.ledger))
    asked = exp.select(column("_row", _ASKED)).from_(table(_ASKED, _ASKED))
    held = applicable(selected, applies).where(verdict, row.isin(query=asked), copy=False)
    found = [number for (number,) in session.database.run(held)]
    session.database.forget(_ASKED)
    return found


def _related(
    session: Session, binder: Binder, cited: Sequence[Cited], failed: Sequence[int]
) -> dict[Cited, dict[int, list[int]]]:
    """For each field cited of a to-many relation, failed row → the rows the relation leads to."""
    many = [item for item in cited if _is_many(binder, item.path)]
    if not many:
        return {}
    session.database.load(_FAILED, pa.table({"_row": pa.array(failed, pa.int32())}))
    related = {item: _related_rows(session, binder, item) for item in many}
    session.database.forget(_FAILED)
    return related


def _cells(
    cited: Sequence[Cited], rows: Mapping[Path, int | None], related: Mapping[Cited, Sequence[int]]
) -> Iterator[CitedCell]:
    for item in cited:
        if item in related:
            yield from (CitedCell("", item.ledger, row, item.field) for row in related[item])
        elif (row := rows.get(item.path)) is not None:
            yield CitedCell(item.name, item.ledger, row, item.field)


def _spoken(session: Session, binder: Binder, target: Target) -> dict[str, exp.Expr]:
    """Placeholder, `show` or `once_per` name → expression; words of the sentence that are no fields are left out."""
    rule = target.rule
    spoken = {name: binder.bind(text).tree for name, text in rule.show.items()}
    named = [name for name in placeholders(rule.say) if name not in LEDGER_NAMES]
    for name in (*named, *once_per(session, target)):
        if name not in spoken:
            spoken[name] = binder.bind(name).tree
    return spoken


def once_per(session: Session, target: Target) -> tuple[str, ...]:
    """The fields a rule reports once for; `键` stands for the ledger's key."""
    key = session.delivery.tables[target.ledger].ledger.key
    return tuple(field for name in target.rule.once_per for field in (key if name == KEY else (name,)))


def _is_many(binder: Binder, path: Path) -> bool:
    relation = binder.vocabulary.relation(binder.frame.ledger, path[0]) if len(path) == 1 else None
    return bool(relation and relation.many)


def _row_at(binder: Binder, path: Path) -> exp.Expr:
    if not path:
        return column("_row", binder.frame.alias)
    reached = binder.reach(path)
    return exp.null() if reached is None else column("_row", binder.frame.alias_of(reached.path))


def _related_rows(session: Session, binder: Binder, item: Cited) -> dict[int, list[int]]:
    """Failed row → the rows a to-many relation leads to from it, itself left out."""
    relation = binder.vocabulary.relation(binder.frame.ledger, item.path[0])
    if relation is None or session.gap(relation):
        return {}
    session.link(relation)
    pairs = (
        exp.select(column("l", "k"), column("r", "k"))
        .from_(table(link_table(relation), "k"))
        .join(table(_FAILED, _FAILED), on=column("_row", _FAILED).eq(column("l", "k")))
        .where(column("r", "k").is_(exp.null()).not_())
    )
    rows: dict[int, list[int]] = {}
    for left, right in sorted(session.database.run(pairs)):
        if item.ledger != binder.frame.ledger or left != right:
            rows.setdefault(left, []).append(right)
    return rows


def without_repeats(verdicts: Verdicts, keys: Sequence[str]) -> Verdicts:
    """One failure for each combination of these values, the same one whatever the order of rows."""
    first: dict[tuple[Any, ...], Failure] = {}
    for failure in sorted(verdicts.failures, key=lambda item: str(sorted(item.values.items()))):
        first.setdefault(tuple(failure.values[name] for name in keys), failure)
    return replace(verdicts, failures=tuple(first.values()))
