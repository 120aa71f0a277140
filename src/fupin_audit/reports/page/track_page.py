"""The follow-up as one self-contained HTML file: bars by town, lines by month, what to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fupin_audit.reports.page.geometry import WIDTH
from fupin_audit.reports.page.rendering import write_page
from fupin_audit.reports.tracking.track_tables import (
    LATE,
    LISTED,
    Cell,
    TrackTable,
    circumstances,
    head_of,
    listed,
    persons,
    remarks,
    rule_titles,
    tables,
    told,
    verdict,
)
from fupin_audit.results.tracking import Month, State, Tracked, Tracking

TITLE = "整改进展"
_MARK = "fupin-audit track"
MARK = re.compile(rf'\A<!doctype html>\n<html lang="zh-CN">\n<!-- {_MARK} -->')
_MOST_ROWS, _MOST_ITEMS, _OPEN = 60, 300, 20
_LINES = (("没有销号", "still"), (State.MENDED.value, "mended"), (State.NEW.value, "new"))
_HIGH, _WIDE, _LEFT, _BELOW, _ABOVE = 240, 760, 52, 30, 14
_STEPS = 4


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar, in units of the drawing."""

    look: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A row of a table with its bar."""

    cells: tuple[Cell, ...]
    bar: tuple[BarPart, ...]


@dataclass(frozen=True, slots=True)
class ProgressTable:
    """A table of the page; `left` rows are not on it."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[ProgressRow, ...]
    bars: bool
    left: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A point of a drawing, with what stands beside it."""

    x: float
    y: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class TrendLine:
    """How one number goes from run to run."""

    name: str
    look: str
    dots: tuple[TrendPoint, ...]

    @property
    def points(self) -> str:
        """As SVG writes them."""
        return " ".join(f"{dot.x:g},{dot.y:g}" for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Trend:
    """The drawing of all runs."""

    lines: tuple[TrendLine, ...]
    days: tuple[TrendPoint, ...]
    marks: tuple[TrendPoint, ...]
    told: str
    width: int = _WIDE
    height: int = _HIGH
    left: int = _LEFT
    right: int = _WIDE - 20


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A finding of a list as people read it."""

    severity: str
    label: str
    rule: str
    where: str
    household: str
    head: str
    told: str
    who: str
    due: str
    claimed: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of findings; `left` of them are not on the page."""

    name: str
    number: int
    rows: tuple[ItemRow, ...]
    left: int
    open: bool


def write(tracking: Tracking, sink: BinaryIO) -> None:
    """Writes the page."""
    values = {
        "mark": _MARK,
        "title": TITLE,
        "verdict": verdict(tracking),
        "circumstances": list(circumstances(tracking)),
        "revealed": tracking.result.revealed,
        "trend": _trend(tracking.months) if len(tracking.months) > 1 else None,
        "tables": [_table(table) for table in tables(tracking) if table.rows],
        "lists": list(_lists(tracking)),
        "remarks": list(remarks(tracking)),
        "version": tracking.result.version,
    }
    write_page(sink, "track.html", values)


def _table(table: TrackTable) -> ProgressTable:
    counted = State.MENDED.value in table.headers and table.headers[0] != "日期"
    shown = table.rows[:_MOST_ROWS]
    largest = (
        max((sum(_parts(table.headers, row).values()) for row in table.rows), default=1) if counted else 1
    )
    rows = tuple(
        ProgressRow(row, tuple(_bar(_parts(table.headers, row), largest)) if counted else ()) for row in shown
    )
    return ProgressTable(table.title, table.headers, rows, counted, len(table.rows) - len(shown))


def _parts(headers: Sequence[str], row: Sequence[Cell]) -> Mapping[str, int]:
    """Mended, left, and new: what a bar is made of."""
    number = dict(zip(headers, row, strict=True))
    left = sum(int(number[name]) for name in (State.STILL, State.UNVERIFIED, State.WAIVED))
    fresh = sum(int(number[name]) for name in (State.NEW, State.AGAIN))
    return {"mended": int(number[State.MENDED]), "still": left, "new": fresh}


def _bar(parts: Mapping[str, int], largest: int) -> Iterator[BarPart]:
    at = 0.0
    for look, number in parts.items():
        width = round(number / largest * WIDTH, 1) if largest else 0.0
        if width:
            yield BarPart(look, round(at, 1), width)
        at += width


def _trend(months: Sequence[Month]) -> Trend:
    """The runs as lines on one scale from nothing to the largest number."""
    numbers = {
        "没有销号": [month.counts.open for month in months],
        State.MENDED.value: [month.counts[State.MENDED] for month in months],
        State.NEW.value: [month.counts[State.NEW] + month.counts[State.AGAIN] for month in months],
    }
    largest = max(1, *(number for line in numbers.values() for number in line))
    step = (_WIDE - 20 - _LEFT - 60) / max(1, len(months) - 1)
    at = [round(_LEFT + 30 + step * order, 1) for order in range(len(months))]
    lines = tuple(
        TrendLine(
            name, look, tuple(TrendPoint(x, _y(n, largest)) for x, n in zip(at, numbers[name], strict=True))
        )
        for name, look in _LINES
    )
    days = tuple(TrendPoint(x, 0, str(month.day)) for x, month in zip(at, months, strict=True))
    marks = tuple(
        TrendPoint(0, _y(largest * part / _STEPS, largest), f"{round(largest * part / _STEPS)}")
        for part in range(_STEPS + 1)
    )
    said = "；".join(f"{name} {'、'.join(map(str, line))}" for name, line in numbers.items())
    return Trend(lines, days, marks, said)


def _y(number: float, largest: float) -> float:
    return round(_HIGH - _BELOW - number / largest * (_HIGH - _BELOW - _ABOVE), 1)


def _lists(tracking: Tracking) -> Iterator[ItemList]:
    titles = rule_titles(tracking)
    for name, chosen in LISTED:
        found = listed(tracking, chosen)
        if found and name != State.STILL:
            rows = tuple(_item(item, titles) for item in found[:_MOST_ITEMS])
            is_open = len(found) <= _OPEN and name not in {State.MENDED, State.WAIVED, LATE}
            yield ItemList(name, len(found), rows, len(found) - len(rows), is_open)


def _item(item: Tracked, titles: Mapping[str, str]) -> ItemRow:
    followed = item.followed
    return ItemRow(
        followed.severity.value,
        followed.severity.label,
        followed.rule,
        f"{followed.place.town}{followed.place.village}" or str(followed.place),
        followed.household,
        head_of(item),
        told(item, titles),
        "；".join(persons(item)),
        str(followed.due or ""),
        "，".join(filter(None, (followed.claim.state, followed.claim.verdict))),
        item.reason,
    )
