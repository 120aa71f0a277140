"""Rows below a header that are no data: totals, footers, titles, page numbers, the header again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.converting.conversion import Bools, Ints, as_bools
from fupin_audit.workbook.formats.glance import holds_one_of
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.recognising.headers import Header

_LEADING = 6  # columns in which the words of a total or a footer are looked for

# RE2 patterns.
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
# What a form says of its columns in a row of its own: 必填，18位, 格式2020-01-01, 下拉选择.
_HOW_TO_FILL = re.compile(r"必填|选填|请填|请选择|下拉|格式|例如|示例|如[:：]|不超过|以内|^\s*\d{1,2}位")
_FILLING_HEIGHT = 2  # rows, at most
# One of these is in every such text, and in few others.
_TELLING = (*"计页册单账表:：",)


def no_data(grid: Grid, header: Header, columns: Mapping[int, pa.Array]) -> dict[str, Bools]:
    """What such rows are, in Chinese → which rows below the header they are.

    Args:
        grid: the sheet.
        header: its header.
        columns: the columns that are read, below the header.
    """
    start = header.bottom + 1
    places = range(header.left, min(header.left + _LEADING, len(grid.columns)))
    leading = _Leading(tuple(columns.get(place, grid.columns[place].slice(start)) for place in places))
    return {
        "重复的表头": _repeated_header(grid, header, columns),
        "标题、页码": _lines(grid, header, leading),
        "合计、小计": _any(leading.saying(_TOTAL)),
        "填表人、备注等表尾": _footers(leading),
        "栏次编号": _numbering(grid, header),
        "填写说明": _how_to_fill(grid, header),
    }


@dataclass(frozen=True)
class _Leading:
    """The first columns, in which the words of a total, a title or a footer are looked for."""

    columns: tuple[pa.Array, ...]

    def saying(self, pattern: str) -> list[Bools]:
        """Column by column, the rows whose text matches."""
        return [
            self._matches(column, *perhaps, pattern)
            for column, perhaps in zip(self.columns, self._perhaps, strict=True)
        ]

    @cached_property
    def _perhaps(self) -> list[tuple[Ints, pa.Array]]:
        """Column by column, the rows that may be such, and their texts."""
        found = [np.flatnonzero(_telling(column)) for column in self.columns]
        return [(rows, column.take(pa.array(rows))) for rows, column in zip(found, self.columns, strict=True)]

    @staticmethod
    def _matches(column: pa.Array, rows: Ints, texts: pa.Array, pattern: str) -> Bools:
        mask = np.zeros(len(column), dtype=bool)
        mask[rows[as_bools(pc.match_substring_regex(texts, pattern))]] = True
        return mask


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
    said = [as_bools(pc.equal(columns[place], text)) for place, text in texts.items()]
    if not said:
        return np.zeros(len(next(iter(columns.values()), ())), dtype=bool)
    most: Bools = np.sum(said, axis=0) > max(len(said) // 2, 1)
    return most


def _lines(grid: Grid, header: Header, leading: _Leading) -> Bools:
    """Titles and page numbers between the rows: merged over the page, or all that their row says."""
    start = header.bottom + 1
    mask = _any(leading.saying(_LINE))
    for first, left, last, right in grid.merged:
        wide = right - left + 1 >= max(_WHOLE_WIDTH * len(header.cells), 2)
        if wide and first >= start and last - first < _TITLE_HEIGHT:
            mask[first - start : last + 1 - start] = True
    for row in np.flatnonzero(mask):
        mask[row] = len({text for text in grid.row(start + int(row)) if text}) <= 1
    return mask


def _footers(leading: _Leading) -> Bools:
    """Rows whose first text is that of a footer."""
    found = leading.saying(_FOOTER)
    mask = _any(found)
    for row in np.flatnonzero(mask):
        first = next(place for place, column in enumerate(leading.columns) if column[row].is_valid)
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


def _how_to_fill(grid: Grid, header: Header) -> Bools:
    """The rows right below a header most of whose texts say how its columns are to be filled in."""
    start = header.bottom + 1
    mask = np.zeros(max(grid.height - start, 0), dtype=bool)
    for row in range(min(len(mask), _FILLING_HEIGHT)):
        texts = [text for text in grid.row(start + row) if text]
        said = sum(bool(_HOW_TO_FILL.search(text)) for text in texts)
        mask[row] = said > 1 and said >= len(texts) / 2
    return mask


def _telling(column: pa.Array) -> Bools:
    if not holds_one_of(column, _TELLING):
        return np.zeros(len(column), dtype=bool)
    return as_bools(pc.match_substring_regex(column, f"[{''.join(_TELLING)}]"))


def _any(masks: Sequence[Bools]) -> Bools:
    found: Bools = np.logical_or.reduce(masks)
    return found
