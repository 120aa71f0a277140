"""Which rows of a sheet are data, and what stands in their cells once merged cells are spread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.converting.conversion import Bools, Ints, as_bools, without
from fupin_audit.workbook.converting.no_data import no_data
from fupin_audit.workbook.formats.glance import holds_one_of
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.recognising.headers import Header

# An RE2 pattern.
_ERROR = r"(?i)^\s*#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)\s*$"


@dataclass(frozen=True)
class DataRows:
    """The data rows of a sheet.

    Attributes:
        grid: the sheet.
        rows: position → row counted from 0.
        columns: column counted from 0 → texts of these rows; null where a text is that of an error.
        notes: what was left out or is hidden, in Chinese.
        error_texts: column → position → such a text: what a text file has in place of an error cell.
    """

    grid: Grid
    rows: Ints
    columns: Mapping[int, pa.Array]
    notes: tuple[str, ...]
    error_texts: Mapping[int, Mapping[int, str]]

    @property
    def height(self) -> int:
        """Number of data rows."""
        return len(self.rows)

    @property
    def excel_rows(self) -> Ints:
        """Position → row as Excel counts it."""
        return self.rows + 1

    def only(self, at: Ints) -> DataRows:
        """The rows at these positions, ascending; one may come several times."""
        columns = {place: column.take(pa.array(at)) for place, column in self.columns.items()}
        errors = {
            place: {new: texts[old] for new, old in enumerate(at.tolist()) if old in texts}
            for place, texts in self.error_texts.items()
        }
        return replace(self, rows=self.rows[at], columns=columns, error_texts=errors)

    def errors(self, place: int) -> dict[int, str]:
        """Position of each error cell of a column, ascending, with its text."""
        cells = {row: self.grid.errors[cell] for row, cell in self._here(self.grid.errors, place)}
        texts = self.error_texts.get(place)
        return dict(sorted({**cells, **texts}.items())) if texts else cells

    def long_numbers(self, place: int) -> list[int]:
        """Positions of a column's cells that hold a number of 15 or more digits."""
        return [row for row, _ in self._here(self.grid.long_numbers, place)]

    def uncomputed(self, place: int) -> list[int]:
        """Positions of a column's cells whose formula has no result."""
        return [row for row, _ in self._here(self.grid.uncomputed, place)]

    def _here(self, cells: Iterable[Cell], place: int) -> Iterator[tuple[int, Cell]]:
        """Those of these cells that stand in a column's data rows, after their positions."""
        here = sorted(cell for cell in cells if cell[1] == place)
        at = np.searchsorted(self.rows, [row for row, _ in here])
        for row, cell in zip(at.tolist(), here, strict=True):
            if row < self.height and self.rows[row] == cell[0]:
                yield row, cell


def data_rows(grid: Grid, header: Header, places: Iterable[int]) -> DataRows:
    """The data rows below a header.

    A cell of a merged range has the range's text. Rows without any text in `places`, totals, footers and
    repeated headers are left out.

    Args:
        grid: the sheet.
        header: its header.
        places: the columns that are read.
    """
    start = header.bottom + 1
    wanted = sorted(set(places))
    filled = {place: _spread(grid, place, start) for place in wanted}
    blank = _blank(filled.values(), max(grid.height - start, 0))
    others = no_data(grid, header, filled)
    rows = np.flatnonzero(~np.logical_or.reduce([blank, *others.values()]))
    counts = [f"未读入{name}{int(mask.sum())}行" for name, mask in others.items() if mask.any()]
    notes = (*counts, *_hidden(grid, rows + start, wanted))
    columns = {place: _take(column, rows) for place, column in filled.items()}
    errors = {place: found for place, column in columns.items() if (found := _error_texts(column))}
    columns |= {place: without(columns[place], found) for place, found in errors.items()}
    return DataRows(grid, rows + start, columns, notes, errors)


def _error_texts(column: pa.Array) -> dict[int, str]:
    """Position → text, of cells that hold the text of an error."""
    if not holds_one_of(column, ("#",)):
        return {}
    found = np.flatnonzero(as_bools(pc.match_substring_regex(column, _ERROR)))
    return {row: column[row].as_py().strip() for row in found.tolist()}


def _take(column: pa.Array, rows: Ints) -> pa.Array:
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return column.slice(int(rows[0]), len(rows))  # no copy
    return column.take(pa.array(rows))


def _spread(grid: Grid, place: int, start: int) -> pa.Array:
    """A column below the header, each merged range filled with its text."""
    column = grid.columns[place]
    ranges = [span for span in grid.merged if start <= span[0] < len(column) and span[1] <= place <= span[3]]
    if not ranges:
        return column.slice(start)
    first, left, last, _ = np.array(ranges).T
    last = np.minimum(last, len(column) - 1)
    lengths = last - first + 1
    origins = np.arange(len(column))
    origins[np.repeat(first, lengths) + _counting(lengths)] = np.repeat(first, lengths)
    spread = column.take(pa.array(origins))
    if (left != place).any():
        texts = spread.to_pylist()
        for top, source, bottom, _ in ranges:
            texts[top : bottom + 1] = [grid.columns[source][top].as_py()] * len(texts[top : bottom + 1])
        spread = pa.array(texts, pa.string())
    return spread.slice(start)


def _counting(lengths: Ints) -> Ints:
    """0, 1 and so on up to each length, one after the other.

    >>> _counting(np.array([2, 3]))
    array([0, 1, 0, 1, 2])
    """
    ends = np.cumsum(lengths)
    counting: Ints = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    return counting


def _blank(columns: Iterable[pa.Array], height: int) -> Bools:
    blank = np.ones(height, dtype=bool)
    for column in columns:
        if column.null_count == 0:
            return np.zeros(height, dtype=bool)
        blank &= column.is_null().to_numpy(zero_copy_only=False)
    return blank


def _hidden(grid: Grid, rows: Ints, places: Sequence[int]) -> tuple[str, ...]:
    hidden = len(grid.hidden_rows.intersection(rows.tolist())) if grid.hidden_rows else 0
    columns = len(grid.hidden_columns.intersection(places))
    notes = ((hidden, f"有{hidden}行隐藏行，已照常读入"), (columns, f"有{columns}列隐藏列，已照常读入"))
    return tuple(text for count, text in notes if count)
