"""Whether a formula can be true of any row at all."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from fupin_audit.linting.domains import Domains
from fupin_audit.linting.formula import AllOf, AnyOf, Atom, Formula

Held = Mapping[str, frozenset[Atom]]
_ENOUGH = 20_000  # steps after which a formula counts as possible


class _TooManyWaysError(Exception):
    """The formula has too many ways to be true to try them all."""


def can_hold(formula: Formula, domains: Domains) -> bool:
    """Whether some row could make the formula true, as far as can be told."""
    try:
        return _Search(domains).finds((formula,), {})
    except _TooManyWaysError:
        return True


class _Search:
    """Tries the ways a formula may be true, one after the other, until one does not contradict itself."""

    def __init__(self, domains: Domains) -> None:
        self._domains = domains
        self._steps = count()

    def finds(self, todo: tuple[Formula, ...], held: Held) -> bool:
        """Whether all that is to do can hold together with what is held already."""
        if next(self._steps) > _ENOUGH:
            raise _TooManyWaysError
        if not todo:
            return True
        first, rest = todo[0], todo[1:]
        if isinstance(first, Atom):
            return self._takes(first, rest, held)
        if isinstance(first, AllOf):
            choices = tuple(part for part in first.parts if isinstance(part, AnyOf))
            return self.finds((*first.parts.difference(choices), *rest, *choices), held)
        return any(self.finds((part, *rest), held) for part in first.parts)

    def _takes(self, atom: Atom, rest: tuple[Formula, ...], held: Held) -> bool:
        """Whether the term can still have a value; both sides of a difference must have one."""
        tests = held.get(atom.term, frozenset()) | {atom}
        if not self._domains.possible(atom.term, tests):
            return False
        filled = () if atom.test == "null" else tuple(Atom(side, "not null") for side in atom.sides)
        return self.finds((*filled, *rest), {**held, atom.term: tests})
