"""Targets that no ledger counts: scored by the 完成值 a county reports itself (目标任务)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import log
from typing import Any

from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import (
    WHOLE,
    Direction,
    Goal,
    IndicatorScores,
    Level,
    Score,
    Sums,
    reached,
)

LEDGER, DONE = "目标任务", "完成值"
NOTE = "台账里算不出，按目标任务填报的完成值评分，没有别的台账可以核对"
# Names of shares, and of what should fall.
_SHARES = ("率", "比例", "比重", "占比", "进度", "覆盖面")
_FALLING = (
    "发生率",
    "未脱贫",
    "剩余",
    "失学",
    "辍学",
    "逾期",
    "结转",
    "返贫",
    "错退",
    "漏评",
    "下降到",
    "不超过",
)
Rows = Iterable[Mapping[str, Any]]


def reported(rows: Rows) -> Iterator[IndicatorScores]:
    """One entry a target's name, with the counties that report a figure for it."""
    by_name: dict[str, dict[str, Score]] = {}
    for row in rows:
        if row["县"] and row["指标"] and row["目标值"] is not None and row[DONE] is not None:
            by_name.setdefault(row["指标"], {})[row["县"]] = _score(row)
    yield from (_scores(name, list(counties.values())) for name, counties in by_name.items())


def or_reported(computed: IndicatorScores, told: IndicatorScores | None) -> IndicatorScores:
    """An indicator as the ledgers say; where they can't, as the county reports."""
    if not computed.reason or told is None:
        return computed
    notes = (*computed.notes, computed.reason, NOTE)
    return replace(computed, formula=told.formula, reason="", notes=notes, scores=told.scores)


def is_share(name: str) -> bool:
    """Whether a target of that name is a share.

    >>> is_share("绿化率"), is_share("新建水窖")
    (True, False)
    """
    return name.endswith(_SHARES)


def _scores(name: str, counties: list[Score]) -> IndicatorScores:
    return IndicatorScores(
        id=name,
        title=name,
        unit="%" if is_share(name) else "",
        direction=_direction(name),
        level=Level.COUNTY,
        formula=f"{LEDGER}.{DONE}",
        note=NOTE,
        notes=(NOTE,),
        scores=(*_whole(name, counties), *counties),
    )


def _whole(name: str, counties: list[Score]) -> Iterator[Score]:
    """All counties together: numbers add up, shares of unknown wholes do not."""
    if not is_share(name):
        goal = sum(score.goal.value for score in counties if score.goal)
        yield _of(name, WHOLE, sum(score.value or 0 for score in counties), goal)


def _score(row: Mapping[str, Any]) -> Score:
    name, value, goal = row["指标"], row[DONE], row["目标值"]
    if is_share(name):
        goal = as_share(goal)
        value = _share_near(value, goal)
    return _of(name, Place(row["县"]), value, goal)


def _of(name: str, place: Place, value: float, goal: float) -> Score:
    met = reached(value, value, goal, _direction(name))
    return Score(place, Sums(value, 1), value, Goal(goal, LEDGER), met)


def _direction(name: str) -> Direction:
    return Direction.LOWER if any(word in name for word in _FALLING) else Direction.HIGHER


def _share_near(value: float, goal: float) -> float:
    """A small figure may be a share or a percentage: the one that is nearer to its goal.

    >>> _share_near(0.93, 0.95), _share_near(0.5, 0.02), _share_near(45, 0.3)
    (0.93, 0.005, 0.45)
    """
    if not 0 < value <= 1 or goal <= 0:
        return as_share(value)
    return min(value, value / 100, key=lambda share: abs(log(share / goal)))


def as_share(value: float) -> float:
    """95 and 0.95 both mean 95%."""
    return value / 100 if value > 1 else value
