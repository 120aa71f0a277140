"""Where on a drawing a number lies: bars with their targets, intervals with their middles."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 200
_HEADROOM = 1.1


@dataclass(frozen=True, slots=True)
class TargetBar:
    """A bar from nothing to a value, and the mark of its target, in units of the drawing."""

    value: float
    goal: float | None


@dataclass(frozen=True, slots=True)
class IntervalMark:
    """An interval and its middle, in units of the drawing."""

    low: float
    middle: float
    high: float


def target_bar(value: float | None, goal: float | None, *, share: bool) -> TargetBar | None:
    """A bar; shares are drawn on a scale up to 100%, other numbers up to the larger of both.

    >>> target_bar(0.5, 1.0, share=True)
    TargetBar(value=100.0, goal=200.0)
    >>> target_bar(27, 0, share=False)
    TargetBar(value=181.8, goal=0.0)
    """
    if value is None:
        return None
    largest = 1.0 if share else max(value, goal or 0) * _HEADROOM
    return TargetBar(_on_scale(value, largest), None if goal is None else _on_scale(goal, largest))


def interval_mark(low: float, middle: float, high: float, largest: float) -> IntervalMark:
    """An interval on a scale up to `largest`.

    >>> interval_mark(0.1, 0.2, 0.4, 0.4)
    IntervalMark(low=50.0, middle=100.0, high=200.0)
    """
    return IntervalMark(*(_on_scale(part, largest) for part in (low, middle, high)))


def _on_scale(value: float, largest: float) -> float:
    return round(min(max(value / largest, 0), 1) * WIDTH, 1) if largest else 0.0
