"""SCR-02 and SCR-08: figures that are rounder, or end or begin otherwise, than the county's own.

Of a village and a field each amount counts once: a standard amount that many have, one plant's wages, a copied row say
nothing of how figures are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fupin_audit.results.pictures import Bar, Bars, Picture
from fupin_audit.screening import chance
from fupin_audit.screening.counties import TOO_FEW, funnel, left_out
from fupin_audit.screening.frames import Frames, Unit
from fupin_audit.screening.peers import ENOUGH, held_to_peers
from fupin_audit.screening.recorders import recorder_units
from fupin_audit.screening.screened import Outcome, Screened
from fupin_audit.screening.yearly_accounts import ACCOUNT, EARNED, Accounts, latest_accounts, without_accounts

_ROUND = 100  # yuan
_LEAST_AMOUNTS, _LEAST_ENDINGS = 20, 50
_ENDINGS = np.arange(1, 10)  # whoever rounds to ten is told by the round amounts
BENFORD = np.log10(1 + 1 / np.arange(1, 10))
_LEAST_FIRST_DIGITS = 100
_ORDERS = 2.0  # of magnitude, between the 5th and the 95th percentile
_CONFORMS = 0.015  # mean absolute deviation from Benford's law, above which Nigrini finds no conformity
_STANDARD = 0.02  # an amount that so many of the rows have is a standard
_AMOUNTS = (("明细账", "金额"), ("一卡通发放", "金额"), ("医疗救助", "总费用"))


@dataclass(frozen=True)
class _Digits:
    """How often units have each digit."""

    units: Sequence[Unit]
    counts: np.ndarray

    @property
    def of(self) -> np.ndarray:
        """How many amounts each unit has."""
        return np.asarray(self.counts.sum(axis=1))


def heaping(frames: Frames) -> Outcome:
    """SCR-02."""
    accounts = latest_accounts(frames)
    fields = [name for name in EARNED if accounts and name in accounts.book.columns]
    if accounts is None or not fields:
        return Outcome(lacking=[without_accounts(frames, *EARNED)])
    units = frames.villages(accounts.book.place, accounts.rows)
    people = recorder_units(frames, accounts.book, accounts.rows, accounts.year, units)
    tests = [*_round(accounts, fields, units), *_round(accounts, fields, people)]
    tests += _endings(accounts, fields, units)
    lacking = left_out(frames, accounts.book.place, accounts.rows, units)
    return Outcome(
        tests, lacking if tests else [*lacking, TOO_FEW], _pictures(frames, accounts, fields, units)
    )


def _amounts(accounts: Accounts, fields: Sequence[str], unit: Unit) -> np.ndarray:
    """The amounts of a unit, each once a field."""
    columns = (accounts.book.columns[name][unit.rows] for name in fields)
    kept = (np.unique(np.rint(values[values >= 1])) for values in columns)
    return np.concatenate(list(kept))


def _counted(
    accounts: Accounts, fields: Sequence[str], units: Sequence[Unit]
) -> tuple[list[Unit], np.ndarray, np.ndarray]:
    """The units with amounts enough, how many of those are round, of how many."""
    amounts = [(unit, _amounts(accounts, fields, unit)) for unit in units]
    amounts = [(unit, values) for unit, values in amounts if len(values) >= _LEAST_AMOUNTS]
    counts = np.array([(values % _ROUND == 0).sum() for _, values in amounts])
    return [unit for unit, _ in amounts], counts, np.array([len(values) for _, values in amounts])


def _round(accounts: Accounts, fields: Sequence[str], units: Sequence[Unit]) -> Iterator[Screened]:
    units, counts, of = _counted(accounts, fields, units)
    if not units:
        return
    for at, peers in enumerate(held_to_peers(counts, of)):
        if peers:
            share = counts[at] / of[at]
            seen = (
                f"生产、务工各项收支有{of[at]}个不同的数，其中{counts[at]}个是整百的（{share:.0%}），"
                f"其余的为{peers.usual:.0%}"
            )
            rows = units[at].rows
            effect = f"相差{abs(share - peers.usual):.0%}"
            yield Screened(
                units[at], ACCOUNT, fields[0], "整百", seen, peers.either, effect, f"{of[at]}个数", rows
            )


def _endings(accounts: Accounts, fields: Sequence[str], units: Sequence[Unit]) -> Iterator[Screened]:
    found = []
    for unit in units:
        last = _amounts(accounts, fields, unit) % 10
        found.append([(last == digit).sum() for digit in _ENDINGS])
    digits = _enough(_Digits(units, np.array(found).reshape(-1, len(_ENDINGS))), _LEAST_ENDINGS)
    for at, (p, usual) in enumerate(_unlike_the_rest(digits)):
        share = digits.counts[at] / digits.of[at]
        most = int(np.argmax(share - usual))
        seen = (
            f"不是整十的{digits.of[at]}个数，末位{_ENDINGS[most]}的占{share[most]:.0%}，"
            f"全县其余的为{usual[most]:.0%}"
        )
        effect = f"末位分布相差{np.abs(share - usual).sum() / 2:.0%}"
        unit = digits.units[at]
        yield Screened(
            unit, ACCOUNT, fields[0], "末位数字", seen, p, effect, f"{digits.of[at]}个数", unit.rows
        )


def _enough(digits: _Digits, least: int) -> _Digits:
    kept = np.flatnonzero(digits.of >= least)
    return _Digits([digits.units[at] for at in kept.tolist()], digits.counts[kept])


def _unlike_the_rest(digits: _Digits) -> Iterator[tuple[float, np.ndarray]]:
    """How likely each unit's digits are beside those of the rest of the county, and their shares; nothing for few."""
    if len(digits.units) < ENOUGH:
        return
    rest = digits.counts.sum(axis=0) - digits.counts
    distance = np.array([distance_of_two(own, other) for own, other in zip(digits.counts, rest, strict=True)])
    freedom = digits.counts.shape[1] - 1
    spread = max(1.0, float(np.median(distance)) / chance.usual_distance(freedom))
    for away, other in zip(distance.tolist(), rest, strict=True):
        yield chance.as_far(away / spread, freedom), other / max(other.sum(), 1)


def distance_of_two(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's distance of two rows of counts."""
    both, total = one + other, one.sum() + other.sum()
    distance = 0.0
    for row in (one, other):
        expected = both * row.sum() / total
        distance += float(((row - expected) ** 2 / np.maximum(expected, 1e-12)).sum())
    return distance


def _pictures(
    frames: Frames, accounts: Accounts, fields: Sequence[str], units: Sequence[Unit]
) -> tuple[Picture, ...]:
    values = [_amounts(accounts, fields, unit) % 10 for unit in units]
    if not values:
        return ()
    last = np.concatenate(values)
    counted = [int((last == digit).sum()) for digit in _ENDINGS]
    even = sum(counted) / len(counted)
    bars = tuple(
        Bar(str(digit), count, even) for digit, count in zip(_ENDINGS.tolist(), counted, strict=True)
    )
    title = "生产、务工收支里不是整十的数的末位（线是各数字一样多时）"
    shares, counts, of = _counted(accounts, fields, units)
    return (Bars(title, bars), *funnel("各村整百的数所占比例", frames, shares, counts, of))


def first_digits(frames: Frames) -> Outcome:
    """SCR-08: amounts of a ledger whose first digits follow Benford's law in the whole county."""
    said, tests, pictures = list[str](), list[Screened](), list[Bars]()
    for ledger, name in _AMOUNTS:
        if lacking := frames.lacks(ledger, name):
            said.append(lacking)
            continue
        amounts = _free_amounts(frames, ledger, name)
        if unfit := _unfit(frames.books[ledger].columns[name][amounts]):
            said.append(f"{ledger}的{name}{unfit}，不适用本福特定律")
            continue
        found = list(_benford(frames, ledger, name, amounts))
        tests += found
        pictures += _first_digit_bars(frames, ledger, name, amounts) if found else ()
        said += [] if found else [f"{ledger}的{name}{TOO_FEW}"]
    return Outcome(tests, said, pictures)


def _free_amounts(frames: Frames, ledger: str, name: str) -> np.ndarray:
    """Rows whose amount is no standard one."""
    values = frames.books[ledger].columns[name]
    rows = np.flatnonzero(values >= 1)
    known, where, numbers = np.unique(values[rows], return_inverse=True, return_counts=True)
    return rows[numbers[where] <= max(1.0, _STANDARD * len(rows))] if len(known) else rows


def _unfit(values: np.ndarray) -> str:
    """Why Benford's law says nothing of the amounts; empty where it does."""
    if len(values) < ENOUGH * _LEAST_FIRST_DIGITS:
        return "笔数太少"
    low, high = np.quantile(values, (0.05, 0.95))
    if np.log10(high / low) < _ORDERS:
        return f"不到{_ORDERS:g}个数量级"
    off = float(np.abs(_firsts(values) / len(values) - BENFORD).mean())
    return f"全县的首位数字本来就不合（平均偏离{off:.3f}）" if off > _CONFORMS else ""


def _firsts(values: np.ndarray) -> np.ndarray:
    """How often each first digit occurs."""
    first = np.floor(values / 10 ** np.floor(np.log10(values)) + 1e-9)
    return np.bincount(first.astype(int), minlength=10)[1:10]


def _benford(frames: Frames, ledger: str, name: str, rows: np.ndarray) -> Iterator[Screened]:
    book = frames.books[ledger]
    units = frames.villages(book.place, rows, _LEAST_FIRST_DIGITS)
    if len(units) < ENOUGH:
        return
    counts = np.array([_firsts(book.columns[name][unit.rows]) for unit in units])
    of, freedom = counts.sum(axis=1), len(BENFORD) - 1
    distance = distances(counts, BENFORD)
    spread = max(1.0, float(np.median(distance)) / chance.usual_distance(freedom))
    for at, unit in enumerate(units):
        share = counts[at] / of[at]
        most = int(np.argmax(share - BENFORD))
        seen = f"{ledger}的{of[at]}笔{name}，首位{most + 1}的占{share[most]:.0%}，按本福特定律应为{BENFORD[most]:.0%}"
        effect = f"平均偏离{np.abs(share - BENFORD).mean():.3f}"
        p = chance.as_far(float(distance[at]) / spread, freedom)
        yield Screened(unit, ledger, name, f"{ledger}首位数字", seen, p, effect, f"{of[at]}笔", unit.rows)


def distances(counts: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Pearson's distance of each row of counts from such shares."""
    expected = counts.sum(axis=1)[:, None] * shares
    return np.asarray(((counts - expected) ** 2 / expected).sum(axis=1))


def _first_digit_bars(frames: Frames, ledger: str, name: str, rows: np.ndarray) -> Iterator[Bars]:
    counts = _firsts(frames.books[ledger].columns[name][rows])
    bars = (
        Bar(str(at + 1), int(count), counts.sum() * BENFORD[at]) for at, count in enumerate(counts.tolist())
    )
    yield Bars(f"{ledger}{name}的首位数字（线是本福特定律）", tuple(bars))
