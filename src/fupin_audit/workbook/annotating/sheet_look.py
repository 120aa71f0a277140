"""How a sheet looks: its header cell by cell, its data column by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

Look = Mapping[str, Any]
"""A cell's look in the words of XlsxWriter."""
_DATA = {"font_name": "宋体", "font_size": 10, "border": 1, "border_color": "#D9D9D9"}
_NARROW, _WIDE, _MARGIN = 6, 40, 2  # characters


def fitting_width(texts: pa.Array) -> float:
    """How wide a column must be for its texts, in characters; a Chinese one is two wide."""
    length = pc.utf8_length(texts)
    beyond = pc.divide(pc.subtract(pc.binary_length(texts), length), 2)
    longest = pc.max(pc.add(length, beyond)).as_py() or 0
    return float(min(max(_NARROW, longest + _MARGIN), _WIDE))


@dataclass(frozen=True)
class SheetLook:
    """The look of a sheet; rows and columns are counted from 0.

    Attributes:
        widths: of columns, in characters.
        heights: of the header's rows, in points.
        merged: ranges (first row, first column, last row, last column).
        cells: (row, column) → look of the header's cells.
        columns: look of the cells of data.
    """

    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    cells: Mapping[tuple[int, int], Look] = field(default_factory=dict)
    columns: Mapping[int, Look] = field(default_factory=dict)

    def of_cell(self, row: int, column: int) -> Look:
        """How a cell of the header looks."""
        return self.cells.get((row, column), {} if self.cells else _DATA)

    def of_column(self, column: int) -> Look:
        """How the data of a column looks."""
        return self.columns.get(column, {} if self.columns else _DATA)


PLAIN = SheetLook()
