"""A condition as logic: what must be so for it to be true. Equal formulas are the same condition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

Constant: TypeAlias = bool | float | str | date
Test = Literal["in", "not in", "<", "<=", ">", ">=", "like", "not like", "null", "not null"]
OPPOSITE: dict[Test, Test] = {
    "in": "not in",
    "not in": "in",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "like": "not like",
    "not like": "like",
    "null": "not null",
    "not null": "null",
}


@dataclass(frozen=True, slots=True)
class Atom:
    """One test of one term.

    Attributes:
        term: the expression tested, as text; for `a < b` the difference `a - b`.
        test: what is asked; all but `null` ask for a value that is not blank.
        values: what it is compared with.
        sides: the two expressions of a difference.
    """

    term: str
    test: Test
    values: frozenset[Constant] = frozenset()
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; none: always."""

    parts: frozenset[Formula]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; none: never."""

    parts: frozenset[Formula]


Formula: TypeAlias = Atom | AllOf | AnyOf
ALWAYS, NEVER = AllOf(frozenset()), AnyOf(frozenset())


def every(parts: Iterable[Formula]) -> Formula:
    """All of these, in the plainest form."""
    flat = (item for part in parts for item in (part.parts if isinstance(part, AllOf) else (part,)))
    merged = _merged(flat, "not in")
    if NEVER in merged:
        return NEVER
    return next(iter(merged)) if len(merged) == 1 else AllOf(merged)


def some(parts: Iterable[Formula]) -> Formula:
    """Any of these, in the plainest form."""
    flat = (item for part in parts for item in (part.parts if isinstance(part, AnyOf) else (part,)))
    merged = _merged(flat, "in")
    if ALWAYS in merged:
        return ALWAYS
    return next(iter(merged)) if len(merged) == 1 else AnyOf(merged)


def _merged(parts: Iterable[Formula], test: Test) -> frozenset[Formula]:
    """The parts, with the lists a term is tested against joined into one: `a = 1 OR a = 2` is `a IN (1, 2)`."""
    kept: set[Formula] = set()
    lists: dict[str, Atom] = {}
    for part in parts:
        if isinstance(part, Atom) and part.test == test:
            known = lists.get(part.term, part)
            lists[part.term] = replace(part, values=known.values | part.values)
        else:
            kept.add(part)
    return frozenset((*kept, *lists.values()))
