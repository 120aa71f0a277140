"""Pictures of screens as shapes on a drawing: bars with a line, funnels, caterpillars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from fupin_audit.results.pictures import Bar, Bars, Caterpillar, Funnel, Picture, Point

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 12, 34
_ROW, _NAMES = 15, 120  # of a caterpillar: height of a row, width of the names
_MOST_ROWS = 40
_LIMIT = 1.96
_ROOM = 70  # for the name beside a point
_FAR = 3.09  # beyond it a point is named
_STEPS = 60
_LABELS = 10  # at most beneath bars


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A bar, with what it says when pointed at."""

    x: float
    y: float
    width: float
    height: float
    told: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A unit: its place, and whether it lies far from the others."""

    x: float
    y: float
    told: str
    far: bool
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Chart:
    """A picture as shapes.

    Attributes:
        kind: bars, funnel or caterpillar.
        boxes: bars.
        dots: units.
        paths: polylines, as points; the first is what is usual.
        line: x of a line across; None for none; line_name is what it stands for.
        labels: texts at the axes and beside far dots.
    """

    kind: str
    title: str
    height: float
    boxes: tuple[Box, ...] = ()
    dots: tuple[Dot, ...] = ()
    paths: tuple[str, ...] = ()
    line: float | None = None
    line_name: str = ""
    labels: tuple[Label, ...] = ()


def chart(picture: Picture) -> Chart:
    """A picture as shapes."""
    if isinstance(picture, Bars):
        return _bars(picture)
    return _funnel(picture) if isinstance(picture, Funnel) else _caterpillar(picture)


def _bars(picture: Bars) -> Chart:
    bars = picture.bars
    largest = max([bar.count for bar in bars] + [bar.usual or 0 for bar in bars] + [1])
    step = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    usual = [
        (LEFT + (at + 0.5) * step, _up(bar.usual, largest))
        for at, bar in enumerate(bars)
        if bar.usual is not None
    ]
    every = max(1, -(-len(bars) // _LABELS))
    named = (
        Label(round(LEFT + (at + 0.5) * step, 1), HEIGHT - BOTTOM + 14, bars[at].name)
        for at in range(0, len(bars), every)
    )
    return Chart(
        "bars",
        picture.title,
        HEIGHT,
        boxes=tuple(_box(bar, LEFT + at * step, step, largest) for at, bar in enumerate(bars)),
        paths=_paths([usual]),
        line=round(LEFT + picture.line * step, 1) if picture.line >= 0 else None,
        line_name=picture.line_name,
        labels=(*named, *_scale(largest)),
    )


def _box(bar: Bar, x: float, width: float, largest: float) -> Box:
    top, height = _up(bar.count, largest), _tall(bar.count, largest)
    return Box(
        round(x + 1, 1), round(top, 1), round(width - 2, 1), round(height, 1), f"{bar.name}：{bar.count:g}"
    )


def _funnel(picture: Funnel) -> Chart:
    widest = max([point.size for point in picture.points] + [1]) * 1.05
    largest = min(max([point.share for point in picture.points] + [picture.usual]) * 1.08, 1) or 1.0
    sizes = [widest * at / _STEPS for at in range(1, _STEPS + 1)]
    edges = [
        [(_across(size, widest), _up(min(max(_limit(picture.usual, size, sign), 0), largest), largest)) for size in sizes]
        for sign in (0, -_LIMIT, _LIMIT)
    ]  # fmt: skip
    dots = tuple(_dot(picture, point, widest, largest) for point in picture.points)
    named = tuple(
        _beside(dot, point.name) for dot, point in zip(dots, picture.points, strict=True) if dot.far
    )
    along = (Label(WIDTH - RIGHT - 70, HEIGHT - 6, "户数、条数 →"), Label(LEFT, HEIGHT - 6, "0"))
    labels = (*named[:_LABELS], *along, *_percents(largest))
    return Chart("funnel", picture.title, HEIGHT, (), dots, _paths(edges), None, "", labels)


def _beside(dot: Dot, name: str) -> Label:
    """The name of a dot to its right; where there is no room, below it."""
    fits = dot.x + 6 <= WIDTH - _ROOM
    return Label(dot.x + 6 if fits else WIDTH - _ROOM, max(dot.y + (4 if fits else 16), 12), name)


def _dot(picture: Funnel, point: Point, widest: float, largest: float) -> Dot:
    away = abs(point.share - picture.usual) > _FAR * _deviation(picture.usual, point.size)
    x, y = round(_across(point.size, widest), 1), round(_up(point.share, largest), 1)
    return Dot(x, y, f"{point.name}：{point.share:.1%}（{point.size}）", away)


def _caterpillar(picture: Caterpillar) -> Chart:
    shown = _ends(picture.points)
    largest = max([point.high for point in shown] + [picture.usual]) or 1.0
    height = TOP + _ROW * len(shown) + BOTTOM

    def x(share: float) -> float:
        return round(_NAMES + share / largest * (WIDTH - _NAMES - RIGHT), 1)

    dots = tuple(
        Dot(x(point.share), TOP + _ROW * at + 8, f"{point.name}：{point.share:.1%}（{point.size}）",
            not point.low <= picture.usual <= point.high, x(point.low), x(point.high))
        for at, point in enumerate(shown)
    )  # fmt: skip
    names = tuple(Label(4, TOP + _ROW * at + 12, point.name) for at, point in enumerate(shown))
    ends = (Label(_NAMES, height - 8, "0"), Label(WIDTH - RIGHT - 40, height - 8, f"{largest:.0%}"))
    return Chart("caterpillar", picture.title, height, (), dots, (), x(picture.usual), f"全体{picture.usual:.1%}", (*names, *ends))  # fmt: skip


def _ends(points: Sequence[Point]) -> Sequence[Point]:
    """All of a few, else those at both ends."""
    half = _MOST_ROWS // 2
    return points if len(points) <= _MOST_ROWS else (*points[:half], *points[-half:])


def _limit(usual: float, size: float, times: float) -> float:
    return usual + times * _deviation(usual, size)


def _deviation(usual: float, size: float) -> float:
    return sqrt(max(usual * (1 - usual), 0) / size)


def _across(value: float, largest: float) -> float:
    return LEFT + value / largest * (WIDTH - LEFT - RIGHT)


def _tall(value: float, largest: float) -> float:
    return value / largest * (HEIGHT - TOP - BOTTOM)


def _up(value: float, largest: float) -> float:
    return HEIGHT - BOTTOM - _tall(value, largest)


def _scale(largest: float) -> Iterator[Label]:
    for part in (0, 0.5, 1):
        yield Label(4, round(_up(part * largest, largest) + 4, 1), f"{part * largest:.0f}")


def _percents(largest: float) -> Iterator[Label]:
    for part in (0, 0.5, 1):
        yield Label(4, round(_up(part * largest, largest) + 4, 1), f"{part * largest:.0%}")


def _paths(lines: Sequence[Sequence[tuple[float, float]]]) -> tuple[str, ...]:
    return tuple(" ".join(f"{x:.1f},{y:.1f}" for x, y in line) for line in lines if line)
