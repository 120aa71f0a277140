"""When a condition is true, when it is false, when it is blank (D5)."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_audit.linting.formula import ALWAYS, NEVER, Atom, Formula, some


@dataclass(frozen=True, slots=True)
class Meaning:
    """When a condition is true, false and blank; blank is wider than it need be where it is hard to say."""

    true: Formula
    false: Formula
    blank: Formula = NEVER

    @property
    def denied(self) -> Meaning:
        """The meaning of NOT."""
        return Meaning(self.false, self.true, self.blank)

    @property
    def not_true(self) -> Formula:
        """False or blank."""
        return some((self.false, self.blank))


CERTAIN, IMPOSSIBLE, BLANK = Meaning(ALWAYS, NEVER), Meaning(NEVER, ALWAYS), Meaning(NEVER, NEVER, ALWAYS)


def opaque(term: str) -> Meaning:
    """A condition the logic knows nothing of: it may be anything, but the same everywhere."""
    is_true, is_false = (Atom(term, "in", frozenset({value})) for value in (True, False))
    return Meaning(is_true, is_false, Atom(term, "null"))
