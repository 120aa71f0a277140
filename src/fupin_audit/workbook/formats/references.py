"""Excel's names for places, as numbers from 0."""

from __future__ import annotations

import re

from fupin_audit.workbook.formats.grid import Cell
from fupin_audit.workbook.formats.sheet_facts import Range

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LETTERS = 26


def column_index(letters: str) -> int:
    """The column these letters name.

    >>> column_index("A"), column_index("XFD")
    (0, 16383)
    """
    number = 0
    for char in letters:
        number = number * _LETTERS + ord(char) - ord("A") + 1
    return number - 1


def cell_place(reference: str) -> Cell | None:
    """The row and column of a cell reference; None for text that is none.

    >>> cell_place("C10"), cell_place("10")
    ((9, 2), None)
    """
    match = _PLACE.fullmatch(reference)
    return (int(match[2]) - 1, column_index(match[1])) if match else None


def range_place(reference: str) -> Range | None:
    """The corners of a range reference; None for text that is none.

    >>> range_place("B2:C10")
    (1, 1, 9, 2)
    """
    corners = [cell_place(corner) for corner in reference.split(":")]
    match corners:
        case [(top, left), (bottom, right)]:
            return top, left, bottom, right
    return None
