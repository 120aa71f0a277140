"""Findings followed from run to run: what was mended, what came back, what is late, exempt or not looked at (D16)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Responsible, Severity
from fupin_audit.results.place import Place
from fupin_audit.results.tracked_problem import TrackedProblem

_By = TypeVar("_By", bound=Hashable)
_ENOUGH, _HALF = 3, 0.5  # findings looked at, and the share of them that were so


class State(StrEnum):
    """How a finding stands against the run before."""

    NEW = "新增"
    STILL = "仍存在"
    AGAIN = "复发"
    MENDED = "已整改"
    WAIVED = "豁免"
    UNVERIFIED = "未复核"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be mended, as far as anybody knows."""
        return self is not State.MENDED


class Verdict(StrEnum):
    """What somebody who went to see says of a finding."""

    TRUE = "属实"
    FALSE = "不属实"


CLAIMED_DONE = frozenset({"已整改", "已销号"})
"""States of a 整改台账 by which people say that a finding is mended."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What people wrote beside a finding in the 整改台账; empty where they wrote nothing."""

    state: str = ""
    verdict: str = ""
    done: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it is said to be mended."""
        return self.state in CLAIMED_DONE


@dataclass(frozen=True, slots=True)
class Followed:
    """What is kept of a finding from run to run; names, numbers and values of cells are not (docs/privacy.md).

    Attributes:
        fingerprint: that of the finding.
        rule: rule id.
        severity: its severity when it was last found.
        ledger: title of the ledger it is about.
        cells: ledger and field of the cells it points at, the one to mend first.
        place: where it is.
        household: 户编号; empty where it belongs to none, or is not to be kept.
        owner: the offices that answer for it.
        state: how it stood after the last run.
        since: the day of the run that found it first, or found it again after it was mended.
        due: until when it is to be mended; None where nobody said.
        times: how often it has come back.
        claim: what people say of it.
    """

    fingerprint: str
    rule: str
    severity: Severity
    ledger: str
    cells: tuple[tuple[str, str], ...]
    place: Place
    household: str
    owner: str
    state: State
    since: date
    due: date | None = None
    times: int = 0
    claim: Claim = Claim()

    @property
    def group(self) -> str:
        """The letters of its rule."""
        return self.rule.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Tracked:
    """A finding as it stands now.

    Attributes:
        followed: what is kept of it.
        finding: the finding itself, where this run has it.
        reason: why it is not looked at, or exempt, in Chinese.
        responsible: who answers for it by the ledgers of this run.
        overdue: open, not exempt, and past the day it was due.
        head: 户主姓名 by the ledgers of this run, where it is not found any more.
    """

    followed: Followed
    finding: Finding | None
    reason: str = ""
    responsible: tuple[Responsible, ...] = ()
    overdue: bool = False
    head: str = ""

    @property
    def state(self) -> State:
        """How it stands."""
        return self.followed.state

    @property
    def is_false_closure(self) -> bool:
        """Said to be mended, and found all the same (虚假销号)."""
        return self.finding is not None and self.followed.claim.is_done

    @property
    def is_silent(self) -> bool:
        """Mended without anybody's saying so."""
        return self.state is State.MENDED and not self.followed.claim.is_done


@dataclass(frozen=True, slots=True)
class TrackCounts:
    """How many findings stand how."""

    by_state: Mapping[State, int]
    overdue: int = 0

    def __getitem__(self, state: State) -> int:
        return self.by_state.get(state, 0)

    @property
    def open(self) -> int:
        """Those still to be mended, not looked at, or exempt."""
        return sum(number for state, number in self.by_state.items() if state.is_open)


@dataclass(frozen=True, slots=True)
class Completion:
    """Of the findings that are due, how many are mended; exempt ones are not among them."""

    done: int
    due: int

    @property
    def share(self) -> float | None:
        """整改完成率; None where nothing is due."""
        return self.done / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class HitRate:
    """Of the findings of a rule that somebody went to see, how many were so (属实)."""

    true: int
    verified: int

    @property
    def share(self) -> float:
        """命中率."""
        return self.true / self.verified

    @property
    def is_noisy(self) -> bool:
        """Whether more of them were wrong than right, and enough were looked at to say so."""
        return self.verified >= _ENOUGH and self.share < _HALF


@dataclass(frozen=True, slots=True)
class Month:
    """A run as the history has it: its day, and how the findings stood after it."""

    day: date
    counts: TrackCounts


@dataclass(frozen=True)
class Tracking:
    """This run against the one before.

    Attributes:
        result: this run.
        day: the day lateness is counted at.
        before: the day of the run before; None where this is the first.
        items: the findings of this run, then those of the run before that it did not find.
        months: the runs of the history in order, this one last.
        completion: of what was due by this day.
        hit_rates: rule → its hit rate over all that is known of it.
        complaints: what is wrong with the waivers, in Chinese.
        source: what it was compared with.
        problems: those of the county's own list (问题整改).
    """

    result: AuditResult
    day: date
    before: date | None
    items: tuple[Tracked, ...]
    months: tuple[Month, ...] = ()
    completion: Completion = Completion(0, 0)
    hit_rates: Mapping[str, HitRate] = field(default_factory=dict)
    complaints: tuple[str, ...] = ()
    source: str = ""
    problems: tuple[TrackedProblem, ...] = ()

    @cached_property
    def counts(self) -> TrackCounts:
        """All of them."""
        return counted(self.items)

    def by(self, what: Callable[[Tracked], Iterable[_By]]) -> Mapping[_By, TrackCounts]:
        """Counts by whatever an item belongs to: places, persons, groups of rules."""
        found: dict[_By, list[Tracked]] = {}
        for item in self.items:
            for key in dict.fromkeys(what(item)):
                found.setdefault(key, []).append(item)
        return {key: counted(items) for key, items in found.items()}

    def having(self, *states: State) -> tuple[Tracked, ...]:
        """The items that stand like this."""
        return tuple(item for item in self.items if item.state in states)

    @property
    def false_closures(self) -> tuple[Tracked, ...]:
        """Those said to be mended and found all the same."""
        return tuple(item for item in self.items if item.is_false_closure)

    @property
    def silent(self) -> tuple[Tracked, ...]:
        """Those mended without a word."""
        return tuple(item for item in self.items if item.is_silent)

    @property
    def overdue(self) -> tuple[Tracked, ...]:
        """Those past their day."""
        return tuple(item for item in self.items if item.overdue)


def counted(items: Iterable[Tracked]) -> TrackCounts:
    """How many of them stand how."""
    by_state = dict.fromkeys(State, 0)
    overdue = 0
    for item in items:
        by_state[item.state] += 1
        overdue += item.overdue
    return TrackCounts(by_state, overdue)
