"""What a statistical screen saw, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how many, and how many would be usual; None where nothing says so."""

    name: str
    count: float
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """A histogram, or digits.

    Attributes:
        title: what is counted.
        line: the number of the bar before which a line is drawn; -1 for none.
        line_name: what it stands for.
    """

    title: str
    bars: tuple[Bar, ...]
    line: int = -1
    line_name: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One unit: its share among so many rows, with its 95 % interval."""

    name: str
    size: int
    share: float
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Funnel:
    """Shares by the size of the unit: the smaller, the wider they scatter by chance around the usual one."""

    title: str
    usual: float
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Caterpillar:
    """Shares with their intervals, in order, beside the usual one."""

    title: str
    usual: float
    points: tuple[Point, ...]


Picture = Bars | Funnel | Caterpillar
