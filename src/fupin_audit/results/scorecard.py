"""What a scorecard says: every indicator at every place, its target, and how it stands (D5).

These values are frozen and hold no personal data. A report needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from fupin_audit.errors import UsageError
from fupin_audit.masking import mask_text
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.place import Place

_EQUAL = 1e-9  # figures that differ by less are the same: sums of decimals are not exact in binary
WHOLE = Place()


class Direction(StrEnum):
    """Which way an indicator should go."""

    HIGHER = "越高越好"
    LOWER = "越低越好"
    ZERO = "为零"


class Level(StrEnum):
    """How large a place is; largest first."""

    WHOLE = "合计"
    COUNTY = "县"
    TOWN = "乡镇"
    VILLAGE = "村"

    @property
    def depth(self) -> int:
        """0 for the largest."""
        return list(Level).index(self)


class Standing(StrEnum):
    """How a place stands with an indicator; worst first."""

    UNMET = "未达标"
    OPEN = "待核实"
    MET = "达标"
    NO_TARGET = "无目标"
    EMPTY = "不适用"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Standing).index(self)


def level_of(place: Place) -> Level:
    """The level of the smallest part a place names."""
    if place.village:
        return Level.VILLAGE
    if place.town:
        return Level.TOWN
    return Level.COUNTY if place.county else Level.WHOLE


def places_above(place: Place) -> Iterator[Place]:
    """The place itself and all it lies in, smallest first; the whole run last."""
    if place.village:
        yield place
    if place.town:
        yield Place(place.county, place.town)
    if place.county:
        yield Place(place.county)
    yield WHOLE


@dataclass(frozen=True, slots=True)
class Sums:
    """What an indicator is made of; places are added up before anything is divided.

    Attributes:
        part: rows that count, or the sum above the line.
        whole: rows that could be decided, or the sum below the line.
        undecided: rows nobody can decide, because something is blank.
    """

    part: float = 0
    whole: float = 0
    undecided: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.part + other.part, self.whole + other.whole, self.undecided + other.undecided)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: a number or a share (0.95 for 95%), and the document or ledger it stands in."""

    value: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """One indicator at one place.

    Attributes:
        place: a village, town or county, or the whole run.
        sums: what the value is made of.
        value: a number, or a share (0.95 for 95%); None where there is nothing to count.
        goal: the target in force there; None where there is none.
        met: whether the target is reached; None where that can't be said, because there is no target or value
            or because the undecided rows could turn it.
        earlier: the value of an earlier scorecard; None where it has none.
    """

    place: Place
    sums: Sums
    value: float | None
    goal: Goal | None = None
    met: bool | None = None
    earlier: float | None = None

    @property
    def gap(self) -> float | None:
        """Value less target; None where there is none of them."""
        return None if self.value is None or self.goal is None else self.value - self.goal.value

    @property
    def change(self) -> float | None:
        """Value less the earlier value; None where there is none of them."""
        return None if self.value is None or self.earlier is None else self.value - self.earlier

    @property
    def standing(self) -> Standing:
        """How the place stands: unknown is not a pass."""
        if self.met is not None:
            return Standing.MET if self.met else Standing.UNMET
        if self.goal is not None and self.sums.undecided:
            return Standing.OPEN
        return Standing.EMPTY if self.value is None else Standing.NO_TARGET


@dataclass(frozen=True, slots=True)
class IndicatorScores:
    """One indicator at all places, or why it could not be computed.

    Attributes:
        id: e.g. `SCO-05`.
        unit: %, 人, 户 …; the values of % are shares.
        level: the smallest places it can be computed for.
        formula: how it is computed, in the rule language; a change of it ends the comparison with earlier results.
        note: what it means.
        basis: citations, e.g. `抚脱贫发〔2020〕14号 三(七)`.
        reason: why it was not computed; empty where it was.
        notes: what could not be taken into account: a ledger missing, a target of a larger place …
        scores: one entry a place, from the whole down to `level`.
    """

    id: str
    title: str
    unit: str
    direction: Direction
    level: Level
    formula: str
    note: str = ""
    basis: tuple[str, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()

    @property
    def is_share(self) -> bool:
        """Whether its values are shares, to be shown as percentages."""
        return self.unit == "%"

    def masked(self) -> IndicatorScores:
        """The indicator as it may be shown (D10): places, and targets a county reports, are named by cells."""
        scores = tuple(replace(score, place=score.place.masked()) for score in self.scores)
        notes = tuple(map(mask_text, self.notes))
        return replace(self, id=mask_text(self.id), title=mask_text(self.title), notes=notes, scores=scores)

    def since(self, before: IndicatorScores | None) -> IndicatorScores:
        """The indicator with its earlier values; none where it was not there or computed in another way."""
        if before is None:
            return self
        if before.formula != self.formula:
            return replace(self, notes=(*self.notes, "算法与上次不同，不比较变化"))
        values = {score.place: score.value for score in before.scores}
        scores = tuple(replace(score, earlier=values.get(score.place)) for score in self.scores)
        return replace(self, scores=scores)

    def better(self, score: Score) -> bool | None:
        """Whether a score is better than the earlier one; None where it is the same or there is none."""
        change = score.change
        if change is None or abs(change) < _EQUAL:
            return None
        return (change > 0) == (self.direction is Direction.HIGHER)


@dataclass(frozen=True)
class Scorecard:
    """All indicators of one delivery.

    Attributes:
        version: the package version that computed.
        as_of: the date ages and years are counted at (D11).
        as_of_source: how that date was chosen, in Chinese.
        inputs: one entry a sheet (or unreadable file), in path order.
        indicators: one entry an indicator, in the order of the catalogue; an estimate from elsewhere (the
            share of field checks that differ, say) is one more entry.
        packs: titles of the packs in force.
        settings: options that changed the run, in Chinese.
        notes: what was left out of the comparison with targets, in Chinese.
        compared_with: as-of date of the earlier scorecard; None where there is none.
    """

    version: str
    as_of: date
    as_of_source: str
    inputs: tuple[InputSheet, ...]
    indicators: tuple[IndicatorScores, ...]
    packs: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    compared_with: date | None = None

    @property
    def unreadable(self) -> tuple[InputSheet, ...]:
        """Inputs that could not be read."""
        return tuple(sheet for sheet in self.inputs if sheet.error)

    def against(self, earlier: Scorecard) -> Scorecard:
        """The scorecard beside an earlier one.

        Raises:
            UsageError: the other is of a later day.
        """
        if earlier.as_of > self.as_of:
            message = f"用来比较的结果截止日期是 {earlier.as_of}，晚于本次的 {self.as_of}，不是以前的结果"
            raise UsageError(message)
        before = {indicator.id: indicator for indicator in earlier.indicators}
        indicators = tuple(indicator.since(before.get(indicator.id)) for indicator in self.indicators)
        return replace(self, indicators=indicators, compared_with=earlier.as_of)

    @cached_property
    def at(self) -> dict[Place, tuple[tuple[IndicatorScores, Score], ...]]:
        """Place → its indicators and their scores, in the order of the catalogue."""
        found: dict[Place, list[tuple[IndicatorScores, Score]]] = {}
        for indicator in self.indicators:
            for score in indicator.scores:
                found.setdefault(score.place, []).append((indicator, score))
        return {place: tuple(pairs) for place, pairs in found.items()}

    def places(self, level: Level) -> list[Place]:
        """The places of a level, in the order of their names."""
        found = [place for place in self.at if level_of(place) is level]
        return sorted(found, key=lambda place: (place.county, place.town, place.village))


def value_of(sums: Sums, *, share: bool) -> float | None:
    """Part of the whole, or the part alone; None where there is nothing to count.

    >>> value_of(Sums(3, 4), share=True), value_of(Sums(3, 4), share=False), value_of(Sums(), share=True)
    (0.75, 3, None)
    """
    if not sums.whole:
        return None
    return sums.part / sums.whole if share else sums.part


def reached(low: float, high: float, goal: float, direction: Direction) -> bool | None:
    """Whether a value between `low` and `high` reaches the goal; None where it depends on which it is.

    >>> reached(0.9, 0.9, 0.95, Direction.HIGHER), reached(0.9, 1, 0.95, Direction.HIGHER)
    (False, None)
    >>> reached(0, 0, 0, Direction.ZERO)
    True
    """
    if direction is Direction.HIGHER:
        worst, best = low - goal, high - goal
    else:
        worst, best = goal - high, goal - low
    if worst >= -_EQUAL:
        return True
    return None if best >= -_EQUAL else False
