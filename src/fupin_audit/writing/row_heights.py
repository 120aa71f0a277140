"""How high a row must be for its longest cell: not every spreadsheet program works that out when it opens a file."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

_LINE = 13.5
_LEAST, _MOST = 20.0, 400.0  # Excel allows 409


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """The height of a row, in points, of texts with the widths of their columns in characters."""
    lines = max((_lines(text, width) for text, width in cells), default=1)
    return min(max(lines * _LINE + 4, _LEAST), _MOST)


def _lines(text: str, width: float) -> int:
    if 2 * len(text) < width and "\n" not in text:
        return 1
    # GB18030 spends two bytes on a Chinese character and one on a Latin one, as a line spends its width.
    return sum(ceil(len(line.encode("gb18030")) / (width - 1)) for line in text.split("\n"))
