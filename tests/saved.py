"""A report as a file, for tests that open it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

Result = TypeVar("Result")


def saved(write: Callable[[Result, BinaryIO], None], result: Result, path: Path) -> Path:
    """Has a report written to a file; the file."""
    with path.open("w+b") as sink:
        write(result, sink)
    return path
