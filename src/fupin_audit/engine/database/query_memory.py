"""Queries answered from what was kept of the last run: tables they need are made when one has to be asked after all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from threading import RLock
from typing import Any, Protocol, TypeAlias, TypeVar

import pyarrow as pa

from fupin_audit.engine.database.remembered_answers import (
    Answers,
    Coding,
    UnknownKindError,
    content_digest,
    digest,
)

T = TypeVar("T")
Fetch: TypeAlias = Callable[[Any, str], T]
Loaded: TypeAlias = Mapping[str, pa.Table]

# Every identifier is quoted where SQL is written (`selects.sql`); a macro takes the names of tables as texts.
_QUOTED = re.compile(r'"((?:[^"]|"")*)"' r"|'((?:[^']|'')*)'")
_EVERY_COLUMN = re.compile(r"(?:SELECT|DISTINCT|,|\.)\s*\*")
_LENT = re.compile(r"_借用\d+")


class Execute(Protocol):
    """Runs one statement."""

    def __call__(self, text: str, fetch: Fetch[T]) -> T:
        """What `fetch` makes of it."""


class Memory:
    """The queries of one database.

    A query is known by its text and by the content of what it names there. Several threads may ask at a time;
    one of them makes tables.

    Args:
        answers: what was kept.
        execute: asks the database.
    """

    def __init__(self, answers: Answers, execute: Execute) -> None:
        self._answers, self._execute = answers, execute
        self._columns: dict[str, dict[str, str]] = {}  # loaded table → column → digest
        self._made: dict[str, str] = {}  # table of the database → digest
        self._once: dict[str, str] = {}  # the same of every table there ever was
        self._pending: dict[str, str] = {}  # of these, those still to be made → statement
        self._lent: dict[str, pa.Table] = {}
        self._making = RLock()

    def answer(self, text: str, loaded: Loaded, fetch: Fetch[T], coding: Coding[T]) -> T:
        """What a query gives: what was kept of it, or what it gives now, which is kept."""
        key = self._key(text, loaded)
        kept = self._answers.recalled(key)
        if kept is not None:
            return coding.read(kept)
        self._make_what_it_names(text)
        found = self._execute(text, fetch)
        with suppress(UnknownKindError):
            self._answers.keep(key, coding.written(found))
        return found

    def make(self, name: str, text: str, loaded: Loaded) -> None:
        """Have a table made before it is asked for; at once where it is made of rows that are lent.

        One that was let go holds the same when it is made again, though what was worked out meanwhile may let it be
        said in other words: it is known by the first. When tables are let go is up to the threads.
        """
        with self._making:
            if name not in self._once:
                self._once[name] = self._key(text, loaded)
            self._made[name], self._pending[name] = self._once[name], text
            if _LENT.search(text):
                self._make(name)

    def forget(self, name: str) -> bool:
        """Let a table go; whether that is all, as nobody has asked for it."""
        with self._making:
            self._made.pop(name, None)
            return self._pending.pop(name, None) is not None

    def changed(self, name: str) -> None:
        """A table was loaded anew."""
        self._columns.pop(name, None)

    def lend(self, name: str, rows: pa.Table) -> None:
        """A table is known for a while."""
        self._lent[name] = rows

    def take_back(self, name: str) -> None:
        """It is known no more."""
        del self._lent[name]

    def _held(self, name: str) -> str:
        """What a lent table holds; its name tells nothing, nor does the order of its rows."""
        rows = self._lent[name]
        return content_digest(rows.sort_by([(column, "ascending") for column in rows.column_names]))

    def _key(self, text: str, loaded: Loaded) -> str:
        named = _named(text)
        every = bool(_EVERY_COLUMN.search(text))
        read = [
            f"{name} {self._made[name]}"
            if name in self._made
            else self._content(name, loaded[name], named, every)
            for name in sorted(named)
            if name in self._made or name in loaded
        ]
        return digest(_LENT.sub(lambda lent: self._held(lent.group()), text), read)

    def _content(self, name: str, table: pa.Table, named: Collection[str], every: bool) -> str:
        """A digest of the columns of a loaded table that are named."""
        known = self._columns.setdefault(name, {})
        columns = [column for column in table.column_names if every or column in named]
        for column in columns:
            if column not in known:
                known[column] = content_digest(table.select([column]))
        return f"{name} {table.num_rows} {[(column, known[column]) for column in columns]}"

    def _make_what_it_names(self, text: str) -> None:
        named = _named(text)
        if self._pending.keys().isdisjoint(named):
            return
        with self._making:
            for name in sorted(named & self._pending.keys()):
                if name in self._pending:
                    self._make(name)

    def _make(self, name: str) -> None:
        text = self._pending[name]
        for other in sorted(_named(text) - {name}):
            if other in self._pending:
                self._make(other)
        self._execute(text, lambda cursor, statement: cursor.execute(statement).fetchall())
        self._pending.pop(name, None)


def _named(text: str) -> frozenset[str]:
    """What stands between quotes in a statement: every identifier, and every text."""
    found = (identifier or literal for identifier, literal in _QUOTED.findall(text))
    return frozenset(name.replace('""', '"').replace("''", "'") for name in found)
