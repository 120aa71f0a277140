"""Whether a term can pass several tests at once: enough values are tried to be sure."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor
from typing import Any

from fupin_audit.linting.formula import Atom, Constant, Test

_SOMETHING = "…"  # any text none of the tests speaks of
_OF_TEXTS = ("like", "not like")
_OF_ORDER = ("<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Domain:
    """The values a term may have.

    Attributes:
        low, high: both ends allowed; None where open.
        whole: whole numbers only.
        labels: the only texts it may have; empty where any will do.
        value: the only value of all, of a constant.
        filled: never blank.
    """

    low: float | None = None
    high: float | None = None
    whole: bool = False
    labels: tuple[str, ...] = ()
    value: Constant | None = None
    filled: bool = False

    def __str__(self) -> str:
        """As a remark says why a comparison is idle; empty where nothing limits the term."""
        if self.low is not None and self.high is not None:
            return f"{self.low:g} 到 {self.high:g}"
        if self.low is not None:
            return f"不小于 {self.low:g}"
        return f"不大于 {self.high:g}" if self.high is not None else ""


def passable(domain: Domain, tests: Sequence[Atom]) -> bool:
    """Whether some value of the domain passes all tests."""
    if not domain.labels and _hard_to_say(tests):
        return True
    return any(all(_passes(value, atom) for atom in tests) for value in _candidates(domain, tests))


def _hard_to_say(tests: Sequence[Atom]) -> bool:
    """Patterns, and the order of texts: any number of values might do, unless some are listed."""
    listed = any(atom.test == "in" for atom in tests)
    return not listed and any(
        atom.test in _OF_TEXTS or (atom.test in _OF_ORDER and any(isinstance(v, str) for v in atom.values))
        for atom in tests
    )


def _candidates(domain: Domain, tests: Sequence[Atom]) -> Iterator[Constant | None]:
    """Values enough to pass the tests if any value does; None is a blank."""
    if not domain.filled:
        yield None
    if domain.value is not None:
        yield domain.value
        return
    asked = {value for atom in tests for value in atom.values}
    if any(isinstance(value, bool) for value in asked):
        yield from (True, False)
    elif dates := {value for value in asked if isinstance(value, date)}:
        yield from (day + timedelta(shift) for day in dates for shift in (-1, 0, 1))
    elif numbers := sorted(value for value in asked if isinstance(value, float)):
        yield from _near(domain, numbers)
    else:
        yield from domain.labels or (*(value for value in asked if isinstance(value, str)), _SOMETHING)


def _near(domain: Domain, numbers: list[float]) -> Iterator[float]:
    """The numbers, their neighbours, and the ends, as far as they lie within the domain."""
    ends = [end for end in (domain.low, domain.high) if end is not None]
    if domain.whole:
        around = {float(f(n) + shift) for n in numbers for f in (floor, ceil) for shift in (-1, 0, 1)}
    else:
        between = {(one + other) / 2 for one, other in pairwise(numbers)}
        around = {*numbers, *between, numbers[0] - 1, numbers[-1] + 1}
    for value in (*sorted(around), *ends):
        if (domain.low is None or value >= domain.low) and (domain.high is None or value <= domain.high):
            yield value


def _passes(value: Constant | None, atom: Atom) -> bool:
    if value is None:
        return atom.test == "null"
    return _TESTS[atom.test](value, atom.values)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Constant, frozenset[Constant]], bool]:
    return lambda value, others: all(compare(value, other) for other in others)


def _like(value: Constant, patterns: frozenset[Constant]) -> bool:
    """SQL's LIKE: % for any text, _ for one character."""
    return all(
        re.fullmatch(re.escape(str(pattern)).replace("%", ".*").replace("_", "."), str(value))
        for pattern in patterns
    )


_TESTS: Mapping[Test, Callable[[Constant, frozenset[Constant]], bool]] = {
    "in": lambda value, values: value in values,
    "not in": lambda value, values: value not in values,
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "like": _like,
    "not like": lambda value, patterns: not _like(value, patterns),
    "null": lambda _, __: False,
    "not null": lambda _, __: True,
}
