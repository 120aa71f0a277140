"""What became of a rule: whether it ran, and the three verdicts counted (D5)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from fupin_audit.results.finding import Severity
from fupin_audit.results.place import Place


@dataclass(frozen=True, slots=True)
class Counts:
    """The three verdicts (D5), counted."""

    passed: int = 0
    failed: int = 0
    undecided: int = 0

    @property
    def judged(self) -> int:
        """Rows with a verdict."""
        return self.passed + self.failed

    @property
    def share(self) -> float | None:
        """Failed among judged; None where nothing was judged."""
        return self.failed / self.judged if self.judged else None

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.undecided + other.undecided
        )

    @classmethod
    def total(cls, several: Collection[Counts]) -> Counts:
        """All of these together."""
        return cls(
            sum(each.passed for each in several),
            sum(each.failed for each in several),
            sum(each.undecided for each in several),
        )


# The status of a rule that no document, standard or convention in force brings to any county of the run.
NOT_DEMANDED = "not_demanded"


def no_value(parameter: str) -> str:
    """What a run says of a parameter it has no value of, for a rule that rests on it."""
    return f"参数“{parameter}”在本地没有值"


_NO_VALUE = re.compile(no_value("(.+?)"))


@dataclass(frozen=True, slots=True)
class RuleRun:
    """What became of one rule: `ran`, `not_checked` and why, or `not_demanded` where nothing in force asks for it.

    `notes` name what part of a rule that ran could not be judged (a parameter missing for one county…).
    `by_place` counts the verdicts village by village. `doc` is where the rule is explained, from the root of
    the repository: `docs/rules/KEY.md#key-05`; empty for a user's own rule. `group` is what its letters stand for.
    `also_known_as` are the numbers a province's system gives the same doubts.
    """

    id: str
    title: str
    severity: Severity
    status: str
    reason: str = ""
    counts: Counts = Counts()
    by_place: Mapping[Place, Counts] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    doc: str = ""
    group: str = ""
    also_known_as: tuple[str, ...] = ()

    @property
    def without_value(self) -> tuple[str, ...]:
        """The parameters for want of whose values it did not run, or not whole."""
        said = (found for text in (self.reason, *self.notes) for found in _NO_VALUE.findall(text))
        return tuple(dict.fromkeys(said))
