"""Cells left far outside of a table, which would make every blank cell up to them count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from fupin_audit.workbook.files import limits
from fupin_audit.workbook.formats.grid import Cell, letter

# A smaller area costs nothing, whatever stands in it.
_WORTH_A_LOOK = 1_000_000
_WIDE = 1000  # columns, each of which costs
_STRAYS = 100  # more than these are no oversight
_GAP_ROWS, _GAP_COLUMNS = 1000, 50
_NAMED = 5
_ENDLESS = 1 << 100  # more than any file may claim


@dataclass(frozen=True)
class Bounds:
    """The area read of a sheet: rows and columns before these numbers."""

    height: int = _ENDLESS
    width: int = _ENDLESS

    def hold(self, row: int, column: int) -> bool:
        """Whether a cell belongs to the table."""
        return row < self.height and column < self.width


WHOLE = Bounds()


@dataclass
class Filled:
    """How many cells each row and column holds."""

    rows: dict[int, int] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)

    def see(self, row: int, column: int, cells: int = 1) -> None:
        """Count a cell, or a block of cells as if all stood at its far corner."""
        self.rows[row] = self.rows.get(row, 0) + cells
        self.columns[column] = self.columns.get(column, 0) + cells

    def bounds(self) -> Bounds | None:
        """The table without the few cells that stand far below or right of it; None where there are none such."""
        cells = sum(self.rows.values())
        height, below = _end(self.rows, _GAP_ROWS)
        width, beside = _end(self.columns, _GAP_COLUMNS)
        strays = below + beside
        return Bounds(height, width) if 0 < strays < cells - strays else None


def _end(counts: Mapping[int, int], gap: int) -> tuple[int, int]:
    """Behind which row or column there is only a gap and a few cells, and how many these are."""
    places = sorted(counts, reverse=True)
    end, beyond, passed = (places[0] + 1 if places else 0), 0, 0
    for place, before in pairwise(places):
        passed += counts[place]
        if passed > _STRAYS:
            break
        if place - before > gap:
            end, beyond = before + 1, passed
    return end, beyond


def may_be_scattered(height: int, width: int, room: int) -> bool:
    """Whether it is worth counting the cells, of which there are not more than this."""
    return width > _WIDE or is_scattered(height, width, room)


def is_scattered(height: int, width: int, filled: int) -> bool:
    """Whether so few cells for their area may be a table and a few left far away."""
    area = height * width
    is_sparse = filled * limits.SPARSE_SHARE < area
    return area > limits.CELLS or (is_sparse and (area > _WORTH_A_LOOK or width > _WIDE))


def caveat(far: Sequence[Cell], corner: Cell) -> str:
    """That these cells were not read, in Chinese; `corner` is the last cell of the table."""
    named = "、".join(map(place_name, far[:_NAMED])) + (f"等{len(far)}格" if len(far) > _NAMED else "")
    return (
        f"{named} 离表格太远，没有读入；表格到 {place_name(corner)} 为止，照常读入。"
        "请核对这些格子，用不着的删掉后另存（按 Ctrl+End 可找到）"
    )


def place_name(cell: Cell) -> str:
    """A cell as Excel names it.

    >>> place_name((9, 2))
    'C10'
    """
    row, column = cell
    return f"{letter(column)}{row + 1}"


def within(cells: Iterable[Cell], bounds: Bounds) -> list[Cell]:
    """Those of the cells that belong to the table."""
    return [cell for cell in cells if bounds.hold(*cell)]
