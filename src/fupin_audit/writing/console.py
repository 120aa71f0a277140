"""The door of rich: what a screen shows is made of these."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.segment import Segment
from rich.table import Column, Table
from rich.text import Text

from fupin_audit.writing.one_line import visible
from fupin_audit.writing.wrapping import cell_len, pad, wrap

__all__ = [
    "BarColumn",
    "Bars",
    "Column",
    "Console",
    "ConsoleOptions",
    "Group",
    "Measurement",
    "MofNCompleteColumn",
    "Padding",
    "RenderResult",
    "RenderableType",
    "Screen",
    "Table",
    "Text",
    "TextColumn",
    "TimeElapsedColumn",
    "TimeRemainingColumn",
    "closing_line",
    "hanging",
    "open_screen",
    "text_file",
]
_FILE_WIDTH = 100
_LEAST_BESIDE = 18  # columns: a text that has fewer beside its label stands below it


class Screen(Console):
    """What a report is printed on: text from files is shown, never obeyed, be it as markup or by the terminal."""

    def __init__(self, **options: Any) -> None:
        super().__init__(markup=False, highlight=False, emoji=False, **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """What is printed, piece by piece."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))

    def put(self, *parts: RenderableType) -> None:
        """Prints parts of a report; lines of text are broken already, with Chinese punctuation in mind, and stay so."""
        for part in parts:
            if not isinstance(part, Text):
                self.print(part)
            elif self.color_system is None:
                # Nothing to style: a report of a hundred thousand findings need not wait for rich.
                self.file.write(f"{visible(part.plain)}\n")
            else:
                self.print(part, soft_wrap=True)


def open_screen(*, no_color: bool = False) -> Screen:
    """Stdout for reports, in colours where they are wanted."""
    plain = no_color or bool(os.environ.get("NO_COLOR"))
    return Screen(color_system=None if plain else "auto")


@contextmanager
def text_file(sink: BinaryIO, kind: str) -> Iterator[Screen]:
    """A screen that is a file: UTF-8, of a fixed width, without colours; its last line tells what it was."""
    file = io.TextIOWrapper(sink, encoding="utf-8", newline="\n")
    yield Screen(file=file, width=_FILE_WIDTH, color_system=None)
    file.write(f"\n{closing_line(kind)}\n")
    file.flush()
    file.detach()


def closing_line(kind: str) -> str:
    """The last line of a report as text: it is complete, and it is ours."""
    return f"—— fupin-audit {kind}，完 ——"


def hanging(label: str, text: str, width: int, indent: int = 0) -> Text:
    """A text beside its label, further lines below the first; the text begins at `indent` or after the label."""
    lead = pad(label, max(indent, cell_len(label)))
    if cell_len(lead) > width - _LEAST_BESIDE:
        return _below(label, text, width)
    lines = wrap(text, width - cell_len(lead))
    return Text(lead + f"\n{' ' * cell_len(lead)}".join(lines))


def _below(label: str, text: str, width: int) -> Text:
    """A text under a label that leaves no room beside it, both indented."""
    margin = " " * (len(label) - len(label.lstrip()))
    lines = wrap(label.strip(), max(width - len(margin), 1))
    inner = f"{margin}  "
    below = wrap(text, max(width - len(inner), 1)) if text else []
    return Text("\n".join([*(margin + line for line in lines), *(inner + line for line in below)]))
