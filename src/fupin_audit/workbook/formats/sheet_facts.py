"""What the bulk reader does not tell of a sheet, gathered by one pass over the sheet's own records.

The pass comes before the bulk reader, because it also says how large an area that one would allocate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from fupin_audit.errors import InputError
from fupin_audit.workbook.files import limits
from fupin_audit.workbook.formats import stray_cells
from fupin_audit.workbook.formats.grid import Cell, letter
from fupin_audit.workbook.formats.stray_cells import WHOLE, Bounds, Filled


class Stream(Protocol):
    """Something that bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""


Range = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0, inclusive

# How a spreadsheet shows what a formula could not work out.
UNKNOWN_ERROR = "#ERROR!"
ERROR_TEXTS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
# A spreadsheet keeps 15 significant digits; from here on a number may have lost some.
LONG = 1e14


def is_long(text: str | bytes) -> bool:
    """Whether this is a number of 15 or more integer digits.

    >>> is_long("5.1E+17"), is_long("12345678901234.5"), is_long("一")
    (True, False, False)
    """
    try:
        return float(text) >= LONG
    except ValueError:
        return False


@dataclass
class SheetFacts:
    """What was seen of one sheet; rows and columns are counted from 0.

    Attributes:
        last_row, last_column: farthest cell with content; -1 where there is none.
        filled: cells with content.
        long_numbers, uncomputed, merged, hidden_rows, hidden_columns: as in Grid.
        errors: as in Grid, where the bulk reader does not tell of them.
        bounds: the area looked at.
        far: cells with content outside of it.
        places: how many cells each row and column holds, where that is wanted.
        refused: why it may not be read, where that was seen at once.
    """

    last_row: int = -1
    last_column: int = -1
    filled: int = 0
    long_numbers: set[Cell] = field(default_factory=set)
    uncomputed: set[Cell] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[Cell, str] = field(default_factory=dict)
    bounds: Bounds = WHOLE
    far: list[Cell] = field(default_factory=list)
    places: Filled | None = None
    refused: InputError | None = None

    def see(self, row: int, column: int, filled: int = 1) -> None:
        """Count filled cells, of which the farthest stands at this place."""
        if not self.bounds.hold(row, column):
            self.far.append((row, column))
            return
        if self.places:
            self.places.see(row, column, filled)
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        self.filled += filled

    def hide_columns(self, first: int, last: int) -> None:
        """Note hidden columns; Excel hides up to its last one."""
        self.hidden_columns.update(range(first, min(last + 1, limits.COLUMNS)))

    def see_long_number(self, row: int, column: int) -> None:
        """Note a number that is too long to be exact."""
        if self.bounds.hold(row, column):
            self.long_numbers.add((row, column))

    def see_uncomputed(self, row: int, column: int) -> None:
        """Note a formula without a result."""
        if self.bounds.hold(row, column):
            self.uncomputed.add((row, column))

    @property
    def is_scattered(self) -> bool:
        """Whether a few cells may stand far away from a table."""
        return stray_cells.is_scattered(self.last_row + 1, self.last_column + 1, self.filled)

    @property
    def is_too_large(self) -> bool:
        """Whether it would be refused."""
        try:
            self.check()
        except InputError:
            return True
        return False

    @property
    def caveats(self) -> tuple[str, ...]:
        """Which cells were left out, in Chinese."""
        return (stray_cells.caveat(self.far, (self.last_row, self.last_column)),) if self.far else ()

    def check(self) -> None:
        """Refuse a sheet the bulk reader should not be given.

        Raises:
            InputError: it was refused; OverLimitError: see `limits.check_extent`.
        """
        if self.refused:
            raise self.refused
        last = f"{letter(max(self.last_column, 0))}{self.last_row + 1}"
        limits.check_extent(self.last_row + 1, self.last_column + 1, self.filled, last)


def table_facts(walk: Callable[[SheetFacts], object]) -> SheetFacts:
    """What a sheet tells without the few cells that stand far away from its table, where there are such.

    Args:
        walk: goes through the sheet and adds what it sees.
    """
    seen = SheetFacts(places=(places := Filled()))
    walk(seen)
    bounds = places.bounds() if seen.is_scattered else None
    if bounds is None:
        return seen
    near = SheetFacts(bounds=bounds)
    walk(near)
    return near


@dataclass(frozen=True)
class SheetPart:
    """One worksheet of a workbook.

    Attributes:
        index, name: its position and name, by which the bulk reader knows it.
        evidence: what was seen of it.
        part: the zip entry that holds it; empty where one holds all sheets.
    """

    index: int
    name: str
    evidence: SheetFacts
    part: str = ""


def check_together(parts: Iterable[SheetPart]) -> None:
    """Refuse a workbook whose sheets, all held at once, are over the limits.

    Raises:
        OverLimitError: see `SheetFacts.check`.
    """
    cells = 0
    for part in parts:
        part.evidence.check()
        cells += (part.evidence.last_row + 1) * (part.evidence.last_column + 1)
    limits.check_cells(cells)
