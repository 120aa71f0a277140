"""SCR-04 and SCR-09: incomes of one year made from those of the year before.

What counts is earned income, fixed benefits aside; the same pair of figures counts once a village, as all who work at
one plant have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fupin_audit.results.pictures import Bar, Bars
from fupin_audit.screening import chance
from fupin_audit.screening.counties import TOO_FEW, funnel, left_out
from fupin_audit.screening.frames import Frames, Unit
from fupin_audit.screening.peers import Held, held_to_peers
from fupin_audit.screening.screened import Outcome, Screened
from fupin_audit.screening.yearly_accounts import (
    ACCOUNT,
    Accounts,
    change_of,
    latest_accounts,
    without_accounts,
)

_ROUND = 100  # yuan: round figures stay the same, or grow by a tenth, by themselves
_WINDOW, _WIDE = 0.002, 0.02  # of the ratio: within rounding to whole yuan; how far the density is smoothed
_FIELD = "工资性收入"
_NARROW = 0.25  # of the county's households, whose change is that near their village's usual one
_LEAST_PAIRS = 10


@dataclass(frozen=True)
class _Ratios:
    """Each unit's pairs of figures: their rows and how the later stands to the earlier."""

    units: Sequence[Unit]
    rows: Sequence[np.ndarray]
    ratio: Sequence[np.ndarray]


def one_factor(frames: Frames) -> Outcome:
    """SCR-04: this year's incomes are last year's times one factor."""
    found = _pairs(frames, plain=True)
    if isinstance(found, Outcome):
        return found
    accounts, ratios = found
    everywhere = np.sort(np.concatenate([*ratios.ratio, np.zeros(0)]))
    tests = [
        _scanned(unit, accounts, rows, ratio, everywhere)
        for unit, rows, ratio in zip(ratios.units, ratios.rows, ratios.ratio, strict=True)
    ]
    return Outcome(tests, _lacking(frames, accounts, ratios), _histogram(accounts, ratios))


def _pairs(frames: Frames, *, plain: bool) -> tuple[Accounts, _Ratios] | Outcome:
    """The pairs of figures of every unit, without round ones where only `plain` ones are asked for."""
    accounts = latest_accounts(frames)
    if accounts is None:
        return Outcome(lacking=[without_accounts(frames, "纯收入")])
    change = change_of(accounts)
    if not len(change.rows):
        return Outcome(lacking=[f"“{ACCOUNT}”没有{accounts.year - 1}、{accounts.year}两个年度都有收入的户"])
    kept = np.ones(len(change.rows), dtype=bool)
    if plain:
        kept = ~((change.before % _ROUND == 0) & (change.after % _ROUND == 0))
    order = {int(row): at for at, row in enumerate(change.rows.tolist())}
    units, rows, ratio = list[Unit](), list[np.ndarray](), list[np.ndarray]()
    for unit in frames.villages(accounts.book.place, change.rows[kept]):
        at = np.array([order[row] for row in unit.rows.tolist()])
        _, first = np.unique(
            np.column_stack([change.before[at], change.after[at]]), axis=0, return_index=True
        )
        once = at[np.sort(first)]
        if len(once) >= _LEAST_PAIRS:
            units.append(unit)
            rows.append(change.rows[once])
            ratio.append(change.after[once] / change.before[once])
    return accounts, _Ratios(units, rows, ratio)


def _lacking(frames: Frames, accounts: Accounts, ratios: _Ratios) -> list[str]:
    said = left_out(frames, accounts.book.place, accounts.rows, ratios.units)
    return said if ratios.units else said or ["没有一个村的数据够检验"]


def _scanned(
    unit: Unit, accounts: Accounts, rows: np.ndarray, ratio: np.ndarray, everywhere: np.ndarray
) -> Screened:
    """The window of ratios that holds more of the unit's than by chance."""
    ordered = np.sort(ratio)
    last = np.searchsorted(ordered, ordered * (1 + _WINDOW), side="right")
    counts = last - np.arange(len(ordered))
    at = int(counts.argmax())
    low, count = float(ordered[at]), int(counts[at])
    likely = _density(everywhere, ordered, low)
    p = min(1.0, len(ordered) * chance.at_least(count - 1, len(ordered) - 1, likely))
    inside = (ratio >= low) & (ratio <= low * (1 + _WINDOW))
    factor = float(np.median(ratio[inside]))
    seen = (
        f"{len(ratio)}户中有{count}户{accounts.year}年的收入（务工、生产经营）正好是{accounts.year - 1}年的"
        f"{factor:.3f}倍，其余各村落在同一处的为{likely:.1%}"
    )
    effect = f"{count / len(ratio):.0%}的户同一倍数"
    return Screened(unit, ACCOUNT, _FIELD, "同一倍数", seen, p, effect, f"{len(ratio)}户", rows[inside])


def _density(everywhere: np.ndarray, own: np.ndarray, low: float) -> float:
    """The share of the other units' ratios in the window from `low` on; no less than a smooth distribution puts there."""
    middle, others = low * (1 + _WINDOW / 2), len(everywhere) - len(own)
    if not others:
        return _density(own, own[:0], low)

    def elsewhere(first: float, last: float) -> int:
        return _between(everywhere, first, last) - _between(own, first, last)

    inside = elsewhere(low, low * (1 + _WINDOW))
    around = elsewhere(middle * (1 - _WIDE / 2), middle * (1 + _WIDE / 2))
    return max(inside + 1, (around + 1) * _WINDOW / _WIDE) / (others + 1)


def _between(ordered: np.ndarray, low: float, high: float) -> int:
    return int(np.searchsorted(ordered, high, side="right") - np.searchsorted(ordered, low, side="left"))


def _histogram(accounts: Accounts, ratios: _Ratios) -> tuple[Bars, ...]:
    if not ratios.units:
        return ()
    steps = np.floor((np.concatenate(ratios.ratio) - 0.5) / 0.02 + 1e-9)
    bars = (Bar(f"{0.5 + 0.02 * at:.2f}", int((steps == at).sum())) for at in range(50))
    return (Bars(f"{accounts.year}年收入是上年的几倍：各段的户数", tuple(bars), 25, "与上年相同"),)


def little_variation(frames: Frames) -> Outcome:
    """SCR-09: the incomes of a village all change alike."""
    found = _pairs(frames, plain=False)
    if isinstance(found, Outcome):
        return found
    accounts, ratios = found
    if not ratios.units:
        return Outcome(lacking=_lacking(frames, accounts, ratios))
    away = [np.abs(np.log(ratio) - np.median(np.log(ratio))) for ratio in ratios.ratio]
    near = float(np.quantile(np.concatenate(away), _NARROW))
    counts = np.array([int((each <= near).sum()) for each in away])
    of = np.array([len(each) for each in away])
    tests = [
        _little(unit, accounts.year, ratios.rows[at][away[at] <= near], near, peers)
        for at, (unit, peers) in enumerate(zip(ratios.units, held_to_peers(counts, of), strict=True))
        if peers
    ]
    title = f"各村收入增减相差不到{near:.1%}的户所占比例"
    said = _lacking(frames, accounts, ratios)
    return Outcome(
        tests, said if tests else [*said, TOO_FEW], funnel(title, frames, ratios.units, counts, of)
    )


def _little(unit: Unit, year: int, rows: np.ndarray, near: float, peers: Held) -> Screened:
    share = len(rows) / peers.size
    seen = (
        f"{peers.size}户中有{len(rows)}户{year}年收入的增减与本村一般的相差不到{near:.1%}（{share:.0%}），"
        f"其余各村为{peers.usual:.0%}"
    )
    effect = f"相差{share - peers.usual:.0%}"
    return Screened(unit, ACCOUNT, _FIELD, "年际变化过小", seen, peers.high, effect, f"{peers.size}户", rows)
