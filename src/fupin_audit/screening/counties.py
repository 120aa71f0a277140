"""Units of a run held to those of their own county, and what shows it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fupin_audit.results.pictures import Caterpillar, Funnel, Point
from fupin_audit.screening import chance
from fupin_audit.screening.frames import Frames, Unit
from fupin_audit.screening.peers import ENOUGH

TOO_FEW = f"可比的村不足{ENOUGH}个"


def left_out(frames: Frames, place: np.ndarray, rows: np.ndarray, units: Sequence[Unit]) -> list[str]:
    """What is to be said of villages too small to be tested."""
    pooled = sum(unit.pooled for unit in units)
    alone = frames.left_out(place, rows, units)
    said = [f"{pooled}个小村按乡镇合并检验"] if pooled else []
    return said + ([f"{alone}个村数据太少，没有检验"] if alone else [])


def named(frames: Frames, unit: Unit) -> str:
    """A unit as pictures name it."""
    place = frames.places[unit.at]
    where = {"村": place.village, "乡镇": f"{place.town}（小村合并）" if unit.pooled else place.town}
    return unit.who or where.get(unit.level, place.county)


def points(frames: Frames, units: Sequence[Unit], counts: np.ndarray, of: np.ndarray) -> tuple[Point, ...]:
    """Each unit's share, with its interval."""
    low, high = chance.intervals(counts, of)
    columns = (of.tolist(), (counts / of).tolist(), low.tolist(), high.tolist())
    return tuple(Point(named(frames, unit), *row) for unit, *row in zip(units, *columns, strict=True))


def funnel(
    title: str, frames: Frames, units: Sequence[Unit], counts: np.ndarray, of: np.ndarray
) -> tuple[Funnel, ...]:
    """The shares of units by their size; none where there are no units."""
    if not len(units) or not of.sum():
        return ()
    return (Funnel(title, float(counts.sum() / of.sum()), points(frames, units, counts, of)),)


def caterpillar(
    title: str, frames: Frames, units: Sequence[Unit], counts: np.ndarray, of: np.ndarray
) -> tuple[Caterpillar, ...]:
    """The shares of units in order; none where there are no units."""
    if not len(units) or not of.sum():
        return ()
    ordered = sorted(points(frames, units, counts, of), key=lambda point: (point.share, point.name))
    return (Caterpillar(title, float(counts.sum() / of.sum()), tuple(ordered)),)
