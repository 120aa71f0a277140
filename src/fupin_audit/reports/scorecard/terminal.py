"""The scorecard a clerk reads on the screen: each place's indicators, the ranking, what was not computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from fupin_audit.reports.scorecard.phrases import circumstances, counts_text, place_name, remarks, verdict
from fupin_audit.reports.scorecard.ranking import ranking, tally
from fupin_audit.reports.scorecard.score_tables import indicator_table, rank_table
from fupin_audit.results.scorecard import WHOLE, Level, Scorecard
from fupin_audit.writing.console import RenderableType, Screen, Text, closing_line, text_file
from fupin_audit.writing.marks import text_mark
from fupin_audit.writing.numbered_sections import bullet, put_sections
from fupin_audit.writing.wrapping import wrap

_KIND = "评分表"
MARK = text_mark(closing_line(_KIND))
_RANKED, _DETAILED = 15, 5


@dataclass(frozen=True, slots=True)
class View:
    """What of a scorecard is shown: the level told in detail; all of it, or lists cut short."""

    level: Level = Level.COUNTY
    full: bool = False


def write(card: Scorecard, sink: BinaryIO) -> None:
    """Writes the scorecard, uncut and without colours, as UTF-8 text."""
    with text_file(sink, _KIND) as screen:
        show(card, screen, View(full=True))


def show(card: Scorecard, screen: Screen, view: View) -> None:
    """Prints the scorecard."""
    style = "bold red" if any(r.tally.unmet for r in ranking(card, Level.COUNTY)) else "bold"
    screen.put(Text("\n".join(wrap(verdict(card), screen.width)), style=style))
    for line in circumstances(card):
        screen.put(Text("\n".join(wrap(line, screen.width))))
    put_sections(screen, _sections(card, view, screen.width))


def _sections(card: Scorecard, view: View, width: int) -> Iterator[tuple[str, list[RenderableType]]]:
    levels = (Level.TOWN, Level.VILLAGE) if view.level is Level.COUNTY else ()
    if len(card.places(view.level)) > 1:
        yield f"各{view.level}排名，差的在前", list(_ranked(card, view.level, view))
    yield f"各{view.level}指标，未达标的在前", list(_details(card, view))
    for level in levels:
        yield f"各{level}排名，差的在前", list(_ranked(card, level, view))
    yield "说明", [bullet(line, width) for line in remarks(card)]


def _ranked(card: Scorecard, level: Level, view: View) -> Iterator[RenderableType]:
    """The places of a level, the worst at least."""
    ranked = ranking(card, level)
    shown = ranked if view.full else ranked[:_RANKED]
    if shown:
        yield rank_table(card, level, shown, full=view.full)
    if len(ranked) > len(shown):
        yield Text(f"只列出最差的 {len(shown)} 个，还有 {len(ranked) - len(shown)} 个；--full 全部列出")


def _details(card: Scorecard, view: View) -> Iterator[RenderableType]:
    """The indicators place by place; several counties together come last."""
    found = [item.tally for item in ranking(card, view.level)]
    if view.level is Level.COUNTY and len(found) != 1:
        found.append(tally(card, WHOLE))
    shown = found if view.full else found[:_DETAILED]
    for item in shown:
        yield Text(f"\n■ {place_name(item.place)}：{counts_text(item)}", style="bold")
        yield indicator_table(item, compared=card.compared_with is not None)
    if len(found) > len(shown):
        yield Text(f"只列出最差的 {len(shown)} 个，还有 {len(found) - len(shown)} 个；--full 全部列出")
