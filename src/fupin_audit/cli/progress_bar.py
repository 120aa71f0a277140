"""A progress bar on stderr, for people who wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fupin_audit.progress import Progress
from fupin_audit.writing.console import (
    BarColumn,
    Bars,
    MofNCompleteColumn,
    Screen,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

_WIDE = 60  # columns that hold a bar besides


@contextmanager
def progress_bars(wanted: bool) -> Iterator[Progress | None]:
    """A bar as long as the work lasts; nothing where nobody watches, as in a pipe or a log."""
    screen = Screen(stderr=True)
    if not wanted or not screen.is_terminal or screen.is_dumb_terminal:
        yield None
        return
    wide = (BarColumn(), TimeElapsedColumn()) if screen.width >= _WIDE else ()
    columns = (
        *wide,
        MofNCompleteColumn(),
        TextColumn("还要", markup=False),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.description}", markup=False),
    )
    with Bars(*columns, console=screen, transient=True) as bars:
        task = bars.add_task("准备", total=None)

        def advance(doing: str, done: int, total: int) -> None:
            if total != bars.tasks[0].total:  # another kind of work, which goes at a pace of its own
                bars.reset(task, total=total)
            bars.update(task, description=doing, completed=done, total=total)

        yield advance
