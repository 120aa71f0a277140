"""Which rows of a sheet are data, and what stands in their cells once merged cells are spread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.converting.conversion import Bools, Ints, without
from fupin_audit.workbook.formats.grid import Cell, Grid
from fupin_audit.workbook.recognising.headers import Header

_LEADING = 6  # columns in which the words of a total or a footer are looked for

# RE2 patterns.
_ERROR = r"(?i)^\s*#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)\s*$"
_TOTAL = (
    r"^\s*(本页|本户|本村|本组|本镇|本乡|全村|全镇|全乡|全县|\S{1,10}(省|市|县|区|旗|乡|镇|街道|村|社区|组))?"
    r"\s*(合|小|总|共|累)\s*计\s*[:：]?\s*(\d+\s*(人|户|元|名|人次|户次)?\s*[,，、]?\s*)*$"
)
_PAGE = r"(第|共)\s*[0-9一二三四五六七八九十百]+\s*页"
# A line of its own that is no row: 第2页 共9页, 某某村花名册（续）.
_LINE = (
    rf"^\s*[-—（(]*\s*{_PAGE}(\s*[,，/、]?\s*{_PAGE})*\s*[-—）)]*\s*$"
    r"|(花名册|名册|名单|台账|清册|[统汇登明信情一公][计总记细息况览示]表)\s*([（(]?\s*续\s*[表页]?\s*\d*\s*[）)]?)?\s*$"
)
_WHOLE_WIDTH = 0.6  # a merged cell wider than this part of the header is a title
_TITLE_HEIGHT = 3  # rows, at most
_FOOTER = (
    r"^\s*(填表|填报|制表|审核|复核|审批|经办|负责|单位负责|主管|联系|报送|打印|导出|说明|备注|注|附注|签字|盖章)"
    r"(单位|日期|时间|电话|说明|领导|人)*\s*(（[^）]*）|\([^)]*\))?\s*[:：]"
)


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
        columns = {place: _take(column, at) for place, column in self.columns.items()}
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
    first = range(header.left, min(header.left + _LEADING, len(grid.columns)))
    leading = [filled.get(place, grid.columns[place].slice(start)) for place in first]
    blank = _blank(filled.values(), max(grid.height - start, 0))
    left_out = {
        "重复的表头": _repeated_header(grid, header, filled),
        "标题、页码": _lines(grid, header, leading),
        "合计、小计": _any(_saying(leading, _TOTAL)),
        "填表人、备注等表尾": _footers(leading),
        "栏次编号": _numbering(grid, header),
    }
    rows = np.flatnonzero(~_any([blank, *left_out.values()]))
    counts = [f"未读入{name}{int(mask.sum())}行" for name, mask in left_out.items() if mask.any()]
    notes = (*counts, *_hidden(grid, rows + start, wanted))
    columns = {place: _take(column, rows) for place, column in filled.items()}
    errors = {place: found for place, column in columns.items() if (found := _error_texts(column))}
    columns |= {place: without(columns[place], found) for place, found in errors.items()}
    return DataRows(grid, rows + start, columns, notes, errors)


def _error_texts(column: pa.Array) -> dict[int, str]:
    """Position → text, of cells that hold the text of an error."""
    if not pc.any(pc.match_substring(column, "#")).as_py():
        return {}
    found = np.flatnonzero(_mask(pc.match_substring_regex(column, _ERROR)))
    return {row: column[row].as_py().strip() for row in found.tolist()}


def _take(column: pa.Array, rows: Ints) -> pa.Array:
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows) == len(np.unique(rows)):
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


def _repeated_header(grid: Grid, header: Header, columns: Mapping[int, pa.Array]) -> Bools:
    """Rows that say most of one of the header's rows again."""
    rows = (
        {cell.column: cell.lowest for cell in header.cells},
        *map(dict, (_filled(grid.row(row)) for row in range(header.top, header.bottom))),
    )
    said = [_says_most({at: texts[at] for at in texts.keys() & columns.keys()}, columns) for texts in rows]
    return _any(said)


def _filled(row: Iterable[str | None]) -> Iterator[tuple[int, str]]:
    return ((place, text) for place, text in enumerate(row) if text)


def _says_most(texts: Mapping[int, str], columns: Mapping[int, pa.Array]) -> Bools:
    said = [_mask(pc.equal(columns[place], text)) for place, text in texts.items()]
    if not said:
        return np.zeros(len(next(iter(columns.values()), ())), dtype=bool)
    most: Bools = np.sum(said, axis=0) > max(len(said) // 2, 1)
    return most


def _lines(grid: Grid, header: Header, leading: Sequence[pa.Array]) -> Bools:
    """Titles and page numbers between the rows: merged over the page, or all that their row says."""
    start = header.bottom + 1
    mask = _any(_saying(leading, _LINE))
    for first, left, last, right in grid.merged:
        wide = right - left + 1 >= max(_WHOLE_WIDTH * len(header.cells), 2)
        if wide and first >= start and last - first < _TITLE_HEIGHT:
            mask[first - start : last + 1 - start] = True
    for row in np.flatnonzero(mask):
        mask[row] = len({text for text in grid.row(start + int(row)) if text}) <= 1
    return mask


def _saying(leading: Sequence[pa.Array], pattern: str) -> list[Bools]:
    return [_mask(pc.match_substring_regex(column, pattern)) for column in leading]


def _footers(leading: Sequence[pa.Array]) -> Bools:
    """Rows whose first text is that of a footer."""
    found = _saying(leading, _FOOTER)
    mask = _any(found)
    for row in np.flatnonzero(mask):
        first = next(place for place, column in enumerate(leading) if column[row].is_valid)
        mask[row] = found[first][row]
    return mask


def _numbering(grid: Grid, header: Header) -> Bools:
    """The row below a header that only counts the columns: 1, 2, 3."""
    start = header.bottom + 1
    mask = np.zeros(max(grid.height - start, 0), dtype=bool)
    first = [text for text in grid.row(start) if text] if len(mask) else []
    if len(first) > len(header.cells) / 2 and all(text.isdecimal() for text in first):
        mask[0] = all(int(after) - int(before) == 1 for before, after in pairwise(first))
    return mask


def _hidden(grid: Grid, rows: Ints, places: Sequence[int]) -> tuple[str, ...]:
    hidden = len(grid.hidden_rows.intersection(rows.tolist())) if grid.hidden_rows else 0
    columns = len(grid.hidden_columns.intersection(places))
    notes = ((hidden, f"有{hidden}行隐藏行，已照常读入"), (columns, f"有{columns}列隐藏列，已照常读入"))
    return tuple(text for count, text in notes if count)


def _mask(found: pa.Array) -> Bools:
    mask: Bools = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return mask


def _any(masks: Sequence[Bools]) -> Bools:
    found: Bools = np.logical_or.reduce(masks)
    return found
