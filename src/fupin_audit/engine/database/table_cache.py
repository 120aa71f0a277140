"""The tables made for rules: made once, kept while a rule needs them, dropped when the last rules did without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, RLock, get_ident

_KEPT = 30  # rules a table is kept for without being asked for


@dataclass
class _CachedTable:
    names: tuple[str, ...]  # its own, and those of the tables it was made from and goes with
    asked: int  # rules done when it was last asked for


class MadeTables:
    """Which tables there are, and who needs them. One thread at a time makes tables; several may ask for them.

    Args:
        drop: drops a table by its name.
    """

    def __init__(self, drop: Callable[[str], None]) -> None:
        self._drop = drop
        self._making, self._counting = RLock(), Lock()
        self._tables: dict[str, _CachedTable] = {}
        self._asked_for: dict[int, set[str]] = {}  # thread → tables the rule it judges has asked for
        self._rules = 0

    def need(self, name: str, make: Callable[[], None], *, parts: tuple[str, ...] = ()) -> None:
        """Make a table, unless it is there; the rule being judged keeps it.

        Args:
            name: the table's.
            make: makes it, and its parts.
            parts: names of tables that go with it.
        """
        if self._there(name):
            return
        with self._making:
            if not self._there(name):
                make()
                with self._counting:
                    self._tables[name] = _CachedTable((name, *parts), self._rules)

    @contextmanager
    def one_rule(self) -> Iterator[None]:
        """While this thread judges one rule, what it asks for stays."""
        thread = get_ident()
        self._asked_for[thread] = set()
        try:
            yield
        finally:
            with self._counting:
                del self._asked_for[thread]
                self._rules += 1
                self._let_go()

    def clear(self) -> None:
        """Drop every table; while no rule is judged."""
        with self._counting:
            for table in self._tables.values():
                for part in table.names:
                    self._drop(part)
            self._tables.clear()

    def _there(self, name: str) -> bool:
        with self._counting:
            self._asked_for.get(get_ident(), set()).add(name)
            if table := self._tables.get(name):
                table.asked = self._rules
            return table is not None

    def _let_go(self) -> None:
        needed = set[str]().union(*self._asked_for.values())
        for name, table in list(self._tables.items()):
            if name not in needed and table.asked + _KEPT < self._rules:
                del self._tables[name]
                for part in table.names:
                    self._drop(part)
