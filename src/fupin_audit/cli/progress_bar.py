"""A progress bar on stderr, for people who wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Advance = Callable[[str, int, int], None]
"""What an audit reports: what is being done, how much is done, of how much."""


@contextmanager
def progress_bars(wanted: bool) -> Iterator[Advance | None]:
    """A bar as long as the work lasts; nothing where nobody watches, as in a pipe or a log."""
    console = Console(stderr=True)
    if not wanted or not console.is_terminal or console.is_dumb_terminal:
        yield None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("准备", total=None)

        def advance(doing: str, done: int, total: int) -> None:
            bars.update(task, description=doing, completed=done, total=total)

        yield advance
