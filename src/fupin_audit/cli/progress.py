"""Progress bars on stderr, for people who wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

Advance = Callable[[str, int, int], None]
"""What an audit reports: the stage in Chinese (`读取`, `判断`), steps done, steps in all."""


@contextmanager
def progress_bars(wanted: bool) -> Iterator[Advance | None]:
    """Bars as long as the work lasts; nothing where nobody watches, as in a pipe or a log."""
    console = Console(stderr=True)
    if not wanted or not console.is_terminal or console.is_dumb_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage)
            bars.update(tasks[stage], completed=done, total=total)

        yield advance
