"""What is to stand in cells of a file, and why it can't."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fupin_audit.workbook.formats.grid import Cell

SheetCells = Mapping[str, Mapping[Cell, "NewContent"]]
"""Sheet → cell → what is to stand there."""
Place = tuple[str, Cell]
"""A sheet, and a cell of it."""


@dataclass(frozen=True, slots=True)
class NewContent:
    """What is to stand in a cell.

    Attributes:
        text: as people write it; empty for an empty cell.
        number: the number to be written where the cell holds a number or nothing: a figure, or a day as it is counted.
        day: that day, as reading gives it.
    """

    text: str
    number: str = ""
    day: str = ""


class UncorrectableError(Exception):
    """Cells that can't be changed in a copy.

    Args:
        reason: why, in Chinese.
        places: which; none for the whole file.
    """

    def __init__(self, reason: str, places: Iterable[Place] = ()) -> None:
        super().__init__(reason)
        self.places = frozenset(places)


def by_row(cells: Mapping[Cell, NewContent]) -> dict[int, dict[int, NewContent]]:
    """Row → column → what is to stand there."""
    rows: dict[int, dict[int, NewContent]] = {}
    for (row, column), content in cells.items():
        rows.setdefault(row, {})[column] = content
    return rows


def places_of(sheet: str, cells: Iterable[Cell]) -> frozenset[Place]:
    """These cells of a sheet."""
    return frozenset((sheet, cell) for cell in cells)
