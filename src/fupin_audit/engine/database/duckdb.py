"""DuckDB, in process (D9): the only module that knows it.

Tables: each ledger under its title with `_row` (position in the delivery), `_place`, `_household`, `_person`
(positions in 户 and 人口, null where unknown); link tables of relations; `_参数`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.resources import files
from itertools import count
from tempfile import TemporaryDirectory
from threading import local
from typing import Any, TypeVar

import duckdb
import numpy as np
import pyarrow as pa
from sqlglot import exp

from fupin_audit.engine.database import selects
from fupin_audit.engine.database.failed_query import failed_query, too_deep, too_late
from fupin_audit.engine.database.id_facts import facts, use_facts
from fupin_audit.engine.database.query_memory import Fetch, Memory
from fupin_audit.engine.database.remembered_answers import ARRAYS, COLUMNS, ROWS, TABLE, Answers, Coding
from fupin_audit.engine.database.rule_limits import JUDGING, Deadline, Limits, Watch
from fupin_audit.ledgers.base import Ledger
from fupin_audit.memory import compact
from fupin_audit.writing.column_files import Keep, in_memory
from fupin_audit.writing.scratch import scratch

# Where one household, person or card stands twice, this picks the same one whatever the order of rows.
DIGEST = "_digest"
ID_TYPE = "身份证"
ROW = "_row"
PLACED = ("_place", "_household", "_person")  # whose a row is
UNKNOWN = -1
_PIECE = 1 << 15  # rows handed to one thread at a time
_SMALL = 10_000  # rows of a table that is copied rather than read in place
T = TypeVar("T")


class Database:
    """One in-memory database; no access to files or network.

    Ledgers stay the Arrow tables they were delivered as, which queries read in place; of small ones `settle`
    makes tables of the database. Several threads may ask at a time, each with a cursor of its own.
    """

    def __init__(
        self,
        parent: duckdb.DuckDBPyConnection,
        limits: Limits,
        answers: Answers | None = None,
        keep: Keep = in_memory,
        *,
        alone: bool = False,
    ) -> None:
        self._parent = parent
        self._alone = alone  # whether one thread does all
        self._memory = None if answers is None else Memory(answers, self._execute)
        self._limits = limits
        self._keep = keep
        self._cursors: list[duckdb.DuckDBPyConnection] = []
        self._own = local()
        self._watch = Watch()
        self._loaded: dict[str, pa.Table] = {}
        self._settled: set[str] = set()
        self._id_fields: frozenset[str] = frozenset()
        self._numbers = count(1)

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor, with all that is loaded: a cursor knows only what was registered with it."""
        own = self._own
        if not hasattr(own, "cursor"):
            own.cursor, own.known = self._parent.cursor(), dict[str, pa.Table]()
            self._cursors.append(own.cursor)
        for name, rows in list(self._loaded.items()):
            if name not in self._settled and own.known.get(name) is not rows:
                own.cursor.register(name, rows)
                own.known[name] = rows
        cursor: duckdb.DuckDBPyConnection = own.cursor
        return cursor

    def close(self) -> None:
        """Close every thread's cursor."""
        self._watch.close()
        for cursor in self._cursors:
            cursor.close()
        self._cursors.clear()

    @contextmanager
    def one_rule(self) -> Iterator[None]:
        """What this thread asks meanwhile must be answered within the time one rule may take."""
        before = self._deadline
        with self._watch.deadline(self._limits.seconds, self._connection.interrupt) as own:
            self._own.deadline = own
            try:
                yield
            finally:
                self._own.deadline = before

    @property
    def _deadline(self) -> Deadline | None:
        """When the rule this thread works for must be done."""
        return getattr(self._own, "deadline", None)

    def _execute(self, text: str, fetch: Fetch[T]) -> T:
        """Run one statement.

        Raises:
            QueryError: it can't be finished, because of what it asks.
        """
        latest = self._deadline
        if latest and latest.over:
            raise too_late(latest)
        try:
            return fetch(self._connection, text)
        except duckdb.Error as error:
            if failed := failed_query(error, latest):
                raise failed from error
            raise

    def _answer(self, tree: exp.Expr, fetch: Fetch[T], coding: Coding[T]) -> T:
        """What a query gives, or gave when it was last asked.

        Raises:
            QueryError: as `_execute`.
        """
        text, memory = self._text(tree), self._memory
        return (
            self._execute(text, fetch) if memory is None else memory.answer(text, self._loaded, fetch, coding)
        )

    def run(self, tree: exp.Expr) -> list[tuple[Any, ...]]:
        """Run one query; its rows."""
        return self._answer(tree, _rows, ROWS)

    def columns(self, tree: exp.Expr) -> Mapping[str, list[Any]]:
        """Run one query; its columns by name."""
        return self._answer(tree, _columns, COLUMNS)

    def rows(self, tree: exp.Expr) -> pa.Table:
        """Run one query; its rows as an Arrow table."""
        return self._answer(tree, _table, TABLE)

    def arrays(self, tree: exp.Expr) -> Mapping[str, np.ndarray]:
        """Run one query of whole numbers and truth values; its columns as numbers by name, UNKNOWN for null."""
        return self._answer(tree, _arrays, ARRAYS)

    def stored(self, name: str, columns: Sequence[str]) -> Mapping[str, np.ndarray]:
        """Columns of whole numbers of a loaded table, in its order; UNKNOWN for null."""
        table = self._loaded[name]
        return {column: table.column(column).fill_null(UNKNOWN).to_numpy() for column in columns}

    def placed(self, name: str) -> pa.Table:
        """The digest of every row of a ledger, and whose it is; not to be asked before every row has its place."""
        return self._loaded[name].select([DIGEST, *PLACED]).combine_chunks()

    def keep_placed(self, placed: Mapping[str, pa.Table]) -> None:
        """Let go of everything but whose rows are whose, and close; no query may be asked after."""
        self.close()
        self._loaded, self._own = dict(placed), local()

    def size(self, name: str) -> int:
        """How many rows a table has."""
        counted = exp.select(exp.Count(this=exp.Star())).from_(_identified(name))
        return int(self.run(counted)[0][0])

    def create(self, name: str, tree: exp.Expr) -> None:
        """Keep a query's rows as a table, in place of what a failed attempt may have left."""
        text = self._text(exp.Create(this=_identified(name), kind="TABLE", expression=tree, replace=True))
        if self._memory is None or name in self._loaded:
            self._execute(text, _rows)
        else:
            self._memory.make(name, text, self._loaded)

    def drop(self, name: str) -> None:
        """Let a kept table go."""
        if self._memory is None or not self._memory.forget(name):
            self._execute(self._text(exp.Drop(tables=[_identified(name)], kind="TABLE")), _rows)

    def load(self, name: str, rows: pa.Table) -> None:
        """Make an Arrow table known under a name, in place of what had it."""
        self._loaded[name] = pa.Table.from_batches(rows.to_batches(max_chunksize=_PIECE), rows.schema)
        if self._memory is not None:
            self._memory.changed(name)

    def spare_threads(self) -> None:
        """Where no table has more rows than one thread is handed at a time, let one do all: others would only wait."""
        if not self._alone and all(rows.num_rows <= _PIECE for rows in self._loaded.values()):
            self._execute("SET threads = 1", _rows)
            self._alone = True

    def settle(self) -> None:
        """Copy what is small into the database, where a query plans and reads it in half the time; for one thread alone."""
        for name, rows in list(self._loaded.items()):
            if rows.num_rows <= _SMALL and name not in self._settled:
                self._connection.unregister(name)
                del self._own.known[name]
                self._settled.add(name)
                with self.lent(rows) as lent:
                    self.create(
                        name, exp.Select(expressions=[exp.Star()]).from_(_identified(lent), copy=False)
                    )

    @contextmanager
    def lent(self, rows: pa.Table) -> Iterator[str]:
        """Make an Arrow table known for a while, under a name of its own."""
        name, cursor = f"_借用{next(self._numbers)}", self._connection
        cursor.register(name, rows)
        if self._memory is not None:
            self._memory.lend(name, rows)
        try:
            yield name
        finally:
            cursor.unregister(name)
            if self._memory is not None:
                self._memory.take_back(name)

    def load_ledger(self, ledger: type[Ledger], rows: pa.Table, placed: pa.Table | None = None) -> None:
        """Make a ledger's rows known under its title, with `_row` and a digest of their content.

        Args:
            ledger: the model.
            rows: the columns that are looked at.
            placed: the digest and whose each row is, as `placed` gives them, where that is known.
        """
        numbered = rows.append_column(ROW, self._kept(pa.array(np.arange(rows.num_rows, dtype=np.int32))))
        for position, (name, column) in enumerate(zip(rows.column_names, rows.columns, strict=True)):
            kind = ledger.columns()[name].type
            if kind.codes:
                # Comparing a code then costs one look at each of the few labels.
                coded = self._kept(column.combine_chunks().dictionary_encode())
                numbered = numbered.set_column(position, name, coded)
            if kind.name == ID_TYPE:
                self._id_fields |= {name}
                for fact, values in facts(name, column):
                    numbered = numbered.append_column(fact, self._kept(values))
        if placed is not None:
            for name, values in zip(placed.column_names, placed.columns, strict=True):
                numbered = numbered.append_column(name, values)
            self.load(ledger.title, numbered)
        elif rows.num_rows > 1:
            self.load(ledger.title, numbered)
            self.extend(ledger.title, _digests(ledger.title, rows.column_names))
        else:
            self.load(ledger.title, _alone(numbered))

    def extend(self, name: str, rows: exp.Query) -> None:
        """Append a query's columns to the table it reads; its `_row` tells which line is which."""
        found = self.rows(rows)
        order = np.argsort(
            found.column(ROW).to_numpy(), kind="stable"
        )  # cheaper than to have all columns sorted
        table, found = self._loaded[name], found.drop_columns(ROW)
        for field, column in zip(found.column_names, found.columns, strict=True):
            ordered = column.take(pa.array(order)).combine_chunks()
            table = table.append_column(field, self._kept(compact(ordered)))
        self._loaded[name] = pa.Table.from_batches(table.to_batches(max_chunksize=_PIECE), table.schema)

    def _kept(self, column: pa.Array) -> pa.Array:
        return self._keep([column])[0]

    def forget(self, name: str) -> None:
        """Let a loaded table go; for one thread alone."""
        if name in self._settled:
            self.drop(name)
            self._settled.remove(name)
        else:
            self._connection.unregister(name)
            del self._own.known[name]
        del self._loaded[name]

    def clear(self) -> None:
        """Let every table go."""
        for name in list(self._loaded):
            self.forget(name)
        for (name,) in self._execute("SELECT table_name FROM duckdb_tables()", _rows):
            self.drop(name)

    def _text(self, tree: exp.Expr) -> str:
        try:
            return selects.sql(use_facts(tree, self._id_fields))
        except RecursionError as error:
            raise too_deep() from error


def _alone(rows: pa.Table) -> pa.Table:
    """A ledger of one row, of which none need be picked, or of none, with the columns that rows would be given."""
    unplaced = () if rows.num_rows else PLACED
    for name in unplaced:
        rows = rows.append_column(name, pa.array([], pa.int32()))
    return rows.append_column(DIGEST, pa.array([0] * rows.num_rows, pa.uint64()))


def _digests(name: str, columns: Sequence[str]) -> exp.Query:
    """A digest of the content of each row of a table."""
    content: list[exp.Expr] = [exp.column(column, quoted=True) for column in columns]
    digest = exp.Anonymous(this="hash", expressions=content or [exp.Literal.number(0)])
    return exp.select(exp.column(ROW, quoted=True), exp.alias_(digest, DIGEST, quoted=True)).from_(
        _identified(name)
    )


def _rows(cursor: duckdb.DuckDBPyConnection, text: str) -> list[tuple[Any, ...]]:
    return cursor.execute(text).fetchall()


def _arrays(cursor: duckdb.DuckDBPyConnection, text: str) -> Mapping[str, np.ndarray]:
    return {name: _as_numbers(column) for name, column in cursor.execute(text).fetchnumpy().items()}


def _table(cursor: duckdb.DuckDBPyConnection, text: str) -> pa.Table:
    return cursor.sql(text).to_arrow_table()


def _columns(cursor: duckdb.DuckDBPyConnection, text: str) -> Mapping[str, list[Any]]:
    answered = cursor.execute(text)
    names = [str(item[0]) for item in answered.description or ()]
    rows = answered.fetchall()
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _as_numbers(column: Any) -> np.ndarray:
    if column.dtype == np.object_:  # a bare NULL, which is of no type
        return np.full(len(column), UNKNOWN, dtype=np.int8)
    numbers = column.astype(np.int8) if column.dtype == np.bool_ else column
    return np.asarray(np.ma.filled(numbers, UNKNOWN))


def _identified(name: str) -> exp.Table:
    return exp.Table(this=exp.to_identifier(name, quoted=True))


def _statements() -> Iterator[str]:
    text = (files("fupin_audit.engine.database") / "functions.sql").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    yield from (statement for statement in code.split(";") if statement.strip())


@contextmanager
def open_database(
    threads: int | None = None,
    limits: Limits = JUDGING,
    answers: Answers | None = None,
    keep: Keep = in_memory,
) -> Iterator[Database]:
    """An empty database with the rule language's functions; closed and gone at the end.

    What does not fit into memory spills into a folder only its owner can read, gone at the end too.

    Args:
        threads: how many it works with; as many as the machine has where not given.
        limits: what one rule may take.
        answers: what queries gave before.
        keep: where the columns are kept that are made of a ledger's.
    """
    with TemporaryDirectory(dir=scratch()) as spill:
        config: dict[str, Any] = {
            "enable_external_access": "false",
            "python_scan_all_frames": "false",
            "preserve_insertion_order": "false",
            "allocator_flush_threshold": limits.held,
            "allocator_bulk_deallocation_flush_threshold": limits.held,
            "temp_directory": spill,
            "memory_limit": limits.memory,
            "max_temp_directory_size": limits.disk,
        }
        if threads:
            config["threads"] = threads
        connection = duckdb.connect(":memory:", config=config)
        try:
            for statement in _statements():
                connection.execute(statement)
            with closing(Database(connection, limits, answers, keep, alone=threads == 1)) as database:
                yield database
        finally:
            connection.close()
