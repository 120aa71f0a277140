"""The follow-up a clerk reads on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from fupin_audit.reports.tracking.track_tables import (
    LISTED,
    TrackTable,
    circumstances,
    listed,
    persons,
    remarks,
    rule_titles,
    tables,
    told,
    verdict,
)
from fupin_audit.results.tracking import State, Tracked, Tracking
from fupin_audit.writing.console import RenderableType, Screen, Text, closing_line, text_file
from fupin_audit.writing.fitting_table import FittingTable
from fupin_audit.writing.marks import text_mark
from fupin_audit.writing.numbered_sections import bullet, put_sections
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.wrapping import wrap

_KIND = "整改进展"
MARK = text_mark(closing_line(_KIND))
_ROWS, _ITEMS = 15, 8
_LONG = {State.STILL.value, State.MENDED.value, State.WAIVED.value}  # lists shown in full only
_VILLAGES = "各村"


def write(tracking: Tracking, sink: BinaryIO) -> None:
    """Writes the follow-up, uncut and without colours, as UTF-8 text."""
    with text_file(sink, _KIND) as screen:
        show(tracking, screen, full=True)


def show(tracking: Tracking, screen: Screen, full: bool = False) -> None:
    """Prints the follow-up."""
    wrong = tracking.counts[State.NEW] + tracking.counts[State.AGAIN] + tracking.counts.overdue
    screen.put(Text("\n".join(wrap(verdict(tracking), screen.width)), style="bold red" if wrong else "bold"))
    for line in circumstances(tracking):
        screen.put(Text("\n".join(wrap(line, screen.width))))
    put_sections(screen, _sections(tracking, screen.width, full))


def _sections(tracking: Tracking, width: int, full: bool) -> Iterator[tuple[str, list[RenderableType]]]:
    for table in tables(tracking):
        if table.rows and (full or table.title != _VILLAGES):
            yield table.title, list(_table(table, full))
    yield "要看的", list(_lists(tracking, width, full))
    yield "说明", [bullet(line, width) for line in remarks(tracking)]


def _table(table: TrackTable, full: bool) -> Iterator[RenderableType]:
    """The rows, the worst at least."""
    texts = [
        header
        for at, header in enumerate(table.headers)
        if any(isinstance(row[at], str) for row in table.rows)
    ]
    shown = FittingTable(texts, table.headers)
    rows = table.rows if full else table.rows[:_ROWS]
    for row in rows:
        shown.add([Text(str(cell), style="" if cell else "dim") for cell in row])
    yield shown
    if len(rows) < len(table.rows):
        yield Text(f"只列出 {len(rows)} 行，还有 {len(table.rows) - len(rows)} 行；--full 全部列出")


def _lists(tracking: Tracking, width: int, full: bool) -> Iterator[RenderableType]:
    titles = rule_titles(tracking)
    for name, chosen in LISTED:
        found = [] if name in _LONG and not full else listed(tracking, chosen)
        if not found or (name == State.NEW.value and tracking.before is None and not full):
            continue
        yield Text(f"■ {name} {len(found)} 处", style="bold")
        shown = found if full else found[:_ITEMS]
        yield from (bullet(_line(item, titles), width) for item in shown)
        if len(shown) < len(found):
            yield Text(
                f"  还有 {len(found) - len(shown)} 处；--full 全部列出，或 --output xlsx=整改进展.xlsx"
            )


def _line(item: Tracked, titles: Mapping[str, str]) -> str:
    followed = item.followed
    where = "".join(
        (followed.place.town, followed.place.village, f"户{followed.household}" * bool(followed.household))
    )
    claimed = f"；填报“{followed.claim.state}”" if followed.claim.state else ""
    due = f"；期限 {followed.due}" if followed.due else ""
    reason = f"；{item.reason}" if item.reason else ""
    return one_line(
        f"{followed.rule} {where} {told(item, titles)}（{'；'.join(persons(item))}{due}{claimed}{reason}）"
    )
