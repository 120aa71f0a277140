"""SCR-01: incomes that crowd just above a line, village by village and recorder by recorder.

A village stands out where both speak for it: the incomes just above the line against those a step further up, which a
smooth distribution fills alike (a binomial test in windows, as McCrary's with windows for bins); and its share of all
incomes against that of its peers. Who is topped up to the line, by 低保 or 特困, is left aside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fupin_audit.results.pictures import Bar, Bars
from fupin_audit.screening import chance
from fupin_audit.screening.counties import funnel, left_out
from fupin_audit.screening.frames import Book, Frames, Unit, one_a_household
from fupin_audit.screening.peers import Held, held_to_peers
from fupin_audit.screening.recorders import recorder_units
from fupin_audit.screening.screened import Outcome, Screened
from fupin_audit.screening.yearly_accounts import ACCOUNT, latest_accounts, without_accounts

LINES = ("贫困线", "监测线", "收入目标")
WINDOW = 0.02  # of the line
_ROUND = 100  # yuan: round figures crowd by themselves
_TOPPED_UP = ("低保金", "特困供养金")
_FIELD = "人均纯收入"
_REGISTERS = (("户", _FIELD), ("监测对象", "消除后人均纯收入"), ("一般农户", _FIELD))
_OUT = 0.001  # a village this odd says nothing of the county's usual distribution
_BARS = range(-10, 20)


@dataclass(frozen=True)
class _Incomes:
    """Incomes of one year: the ledger and the field they stand in, its book, the rows that count."""

    ledger: str
    field: str
    book: Book
    year: int
    rows: np.ndarray


@dataclass(frozen=True)
class _Against:
    """Incomes held to one line: which stand in the window above it, which in the next, round ones apart."""

    name: str
    line: np.ndarray
    above: np.ndarray
    plain_above: np.ndarray
    plain_next: np.ndarray


def line_bunching(frames: Frames) -> Outcome:
    """Tests every line there is."""
    incomes = _incomes(frames)
    if incomes is None:
        return Outcome(lacking=[without_accounts(frames, _FIELD)])
    lines = list(_lines(frames, incomes))
    if not lines:
        return Outcome(lacking=[f"参数“{'”“'.join(LINES)}”在本地没有{incomes.year}年的值"])
    units = frames.villages(incomes.book.place, incomes.rows)
    people = recorder_units(frames, incomes.book, incomes.rows, incomes.year, units)
    tests, pictures = list[Screened](), list[Bars]()
    for line in lines:
        for group in (units, people):
            tests += _tests(incomes, line, group)
        tests += _county(incomes, line, units, tests)
        pictures += _histogram(incomes, line)
    size = np.array([len(unit.rows) for unit in units])
    counts = np.array([lines[0].above[unit.rows].sum() for unit in units])
    funnels = funnel(f"各村紧贴{lines[0].name}之上的户所占比例", frames, units, counts, size)
    lacking = left_out(frames, incomes.book.place, incomes.rows, units)
    return Outcome(tests, lacking if tests else lacking or ["没有一个村的数据够检验"], (*pictures, *funnels))


def _incomes(frames: Frames) -> _Incomes | None:
    """The incomes of the latest year; where no yearly account has them, those of the registers."""
    accounts = latest_accounts(frames)
    if accounts and _FIELD in accounts.book.columns:
        rows = _counting(accounts.book, _FIELD, accounts.rows)
        return _Incomes(ACCOUNT, _FIELD, accounts.book, accounts.year, rows)
    for ledger, field in _REGISTERS:
        book = frames.books.get(ledger)
        if book and field in book.columns:
            return _Incomes(ledger, field, book, frames.year, _counting(book, field, book.rows))
    return None


def _counting(book: Book, field: str, rows: np.ndarray) -> np.ndarray:
    """Rows with an income that nothing tops up, one a household."""
    rows = one_a_household(book, rows[np.isfinite(book.columns[field][rows])])
    kept = np.ones(len(rows), dtype=bool)
    for name in _TOPPED_UP:
        if name in book.columns:
            kept &= ~(book.columns[name][rows] > 0)
    return np.asarray(rows[kept])


def _lines(frames: Frames, incomes: _Incomes) -> Iterator[_Against]:
    """Each line once; one that another parameter gives already is left out."""
    value, seen = incomes.book.columns[incomes.field], set[bytes]()
    for name in LINES:
        line = frames.lines(name, incomes.year)[incomes.book.place]
        if line.tobytes() in seen or not np.isfinite(line[incomes.rows]).any():
            continue
        seen.add(line.tobytes())
        with np.errstate(invalid="ignore"):
            above = (value >= line) & (value < line * (1 + WINDOW))
            further = (value >= line * (1 + WINDOW)) & (value < line * (1 + 2 * WINDOW))
            plain = value % _ROUND != 0
        yield _Against(name, line, above, above & plain, further & plain)


def _tests(incomes: _Incomes, line: _Against, units: Sequence[Unit]) -> Iterator[Screened]:
    counts = np.array([line.above[unit.rows].sum() for unit in units])
    of = np.array([len(unit.rows) for unit in units])
    for unit, peers in zip(units, held_to_peers(counts, of), strict=True):
        yield _test(incomes, line, unit, peers)


def _test(incomes: _Incomes, line: _Against, unit: Unit, peers: Held | None) -> Screened:
    rows, at = unit.rows[line.above[unit.rows]], float(np.nanmin(line.line[unit.rows]))
    further = int(line.plain_next[unit.rows].sum())
    crowd = int(line.plain_above[unit.rows].sum())
    local = chance.at_least(crowd, crowd + further, 0.5) if crowd else 1.0
    p = max(local, peers.high) if peers else local
    share = len(rows) / len(unit.rows)
    usual = f"，其余的为{peers.usual:.1%}" if peers else ""
    seen = (
        f"{len(unit.rows)}户中有{len(rows)}户的{incomes.field}紧贴在{line.name}{at:g}元之上"
        f"（{at:g}—{at * (1 + WINDOW):g}元）{usual}，再往上同样宽的一段有{further}户"
    )
    effect = f"占{share:.1%}{usual}"
    return Screened(
        unit, incomes.ledger, incomes.field, f"紧贴{line.name}", seen, p, effect, f"{len(unit.rows)}户", rows
    )


def _county(
    incomes: _Incomes, line: _Against, units: Sequence[Unit], tests: Sequence[Screened]
) -> Iterator[Screened]:
    """The same of the whole county, the villages that stand out by themselves left aside."""
    odd = {test.unit.at for test in tests if test.p < _OUT and not test.unit.who}  # a recorder is at several
    usual = [unit.rows for unit in units if unit.at not in odd]
    if len(usual) > 1:
        yield _test(incomes, line, Unit(units[0].at, "县", np.concatenate(usual)), None)


def _histogram(incomes: _Incomes, line: _Against) -> Iterator[Bars]:
    """How many households have which income, in windows around the line."""
    with np.errstate(invalid="ignore"):
        step = np.floor((incomes.book.columns[incomes.field] / line.line - 1) / WINDOW + 1e-9)[incomes.rows]
    at = float(np.nanmedian(line.line[incomes.rows]))
    bars = (Bar(f"{at * (1 + number * WINDOW):.0f}", int((step == number).sum())) for number in _BARS)
    yield Bars(
        f"{incomes.year}年{incomes.field}（元）各段的户数", tuple(bars), -_BARS.start, f"{line.name}{at:g}元"
    )
