"""The scorecard as one self-contained HTML file: indicators beside their targets, places by rank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from fupin_audit.reports.page.geometry import TargetBar, target_bar
from fupin_audit.reports.page.rendering import write_page
from fupin_audit.reports.scorecard.phrases import (
    change_text,
    circumstances,
    counts_text,
    difference_text,
    made_of,
    place_name,
    remarks,
    value_text,
    verdict,
)
from fupin_audit.reports.scorecard.ranking import Pair, Ranked, ranking, tally
from fupin_audit.results.place import Place
from fupin_audit.results.scorecard import WHOLE, Level, Scorecard, Standing

TITLE = "各项指标与排名"
_MARK = "fupin-audit scorecard"
MARK = re.compile(rf'\A<!doctype html>\n<html lang="zh-CN">\n<!-- {_MARK} -->')


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An indicator at a place: numbers as JSON has them, and as people read them."""

    title: str
    value: float | None
    goal: float | None
    told: tuple[str, ...]
    standing: Standing
    bar: TargetBar | None


@dataclass(frozen=True, slots=True)
class RankRow:
    """A place among those of its level."""

    item: Ranked
    name: str
    share: str
    distance: str
    bar: TargetBar | None
    missed: str


@dataclass(frozen=True, slots=True)
class ScoreSection:
    """How one county, or all together, stands."""

    name: str
    counts: str
    rows: tuple[ScoreRow, ...]


def write(card: Scorecard, sink: BinaryIO) -> None:
    """Writes the page."""
    levels = [(level.value, tuple(_ranked(card, level))) for level in Level if level is not Level.WHOLE]
    values = {
        "mark": _MARK,
        "title": TITLE,
        "verdict": verdict(card),
        "circumstances": circumstances(card),
        "revealed": False,
        "compared": card.compared_with is not None,
        "sections": [_section(card, place) for place in _told_whole(card)],
        "levels": [(name, rows) for name, rows in levels if len(rows) > 1],
        "remarks": remarks(card),
        "meanings": [item for item in card.indicators if item.note],
        "version": card.version,
    }
    write_page(sink, "score.html", values)


def _told_whole(card: Scorecard) -> list[Place]:
    counties = card.places(Level.COUNTY)
    return counties if len(counties) == 1 else [*counties, WHOLE]


def _section(card: Scorecard, place: Place) -> ScoreSection:
    found = tally(card, place)
    return ScoreSection(place_name(place), counts_text(found), tuple(map(_row, found.pairs)))


def _row(pair: Pair) -> ScoreRow:
    indicator, score = pair
    goal = score.goal.value if score.goal else None
    told = (
        value_text(score.value, indicator.unit),
        value_text(goal, indicator.unit),
        difference_text(score.gap, indicator.unit),
        change_text(indicator, score),
        made_of(score),
        str(score.sums.undecided or ""),
    )
    bar = target_bar(score.value, goal, share=indicator.is_share)
    return ScoreRow(indicator.title, score.value, goal, told, score.standing, bar)


def _ranked(card: Scorecard, level: Level) -> Iterator[RankRow]:
    counties = len(card.places(Level.COUNTY))
    for item in ranking(card, level):
        found = item.tally
        missed = "、".join(indicator.title for indicator, _ in found.having(Standing.UNMET))
        yield RankRow(
            item,
            place_name(
                found.place if counties > 1 or level is Level.COUNTY else replace(found.place, county="")
            ),
            value_text(found.share, "%"),
            value_text(found.distance, "%"),
            target_bar(found.share, None, share=True),
            missed,
        )
