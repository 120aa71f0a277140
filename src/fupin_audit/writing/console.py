"""The door of rich: what a screen shows is made of these."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Column, Table
from rich.text import Text

from fupin_audit.writing.wrapping import cell_len, pad, wrap

__all__ = [
    "BarColumn",
    "Bars",
    "Column",
    "Console",
    "Group",
    "MofNCompleteColumn",
    "Padding",
    "RenderableType",
    "Table",
    "Text",
    "TextColumn",
    "TimeElapsedColumn",
    "hanging",
    "text_file",
]
_FILE_WIDTH = 100


@contextmanager
def text_file(sink: BinaryIO) -> Iterator[Console]:
    """A console that writes to a file: UTF-8, of a fixed width, without colours."""
    file = io.TextIOWrapper(sink, encoding="utf-8", errors="backslashreplace", newline="\n")
    yield Console(file=file, width=_FILE_WIDTH, color_system=None)
    file.flush()
    file.detach()


def hanging(label: str, text: str, width: int, indent: int = 0) -> Text:
    """A text beside its label, further lines below the first; the text begins at `indent` or after the label."""
    lead = pad(label, max(indent, cell_len(label)))
    lines = wrap(text, width - cell_len(lead))
    return Text(lead + f"\n{' ' * cell_len(lead)}".join(lines))
