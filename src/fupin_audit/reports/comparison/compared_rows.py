"""The rows of a comparison that differ, stand on one side only, or repeat their key, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from fupin_audit.reports.comparison.comparison_verdict import suspicion
from fupin_audit.results.comparison import LEFT, RIGHT, Comparison, Difference, OneSided, Repeated
from fupin_audit.results.place import Location
from fupin_audit.writing.console import Text, hanging
from fupin_audit.writing.one_line import one_line, shorten
from fupin_audit.writing.wrapping import pad, widest, wrap

_SHOWN = 20
_NAME_COLUMNS, _VALUE_COLUMNS = 18, 22
_LONGEST_VALUE = 60
_INDENT = 4
_GAP = 2


def difference_lines(found: Comparison, full: bool, width: int) -> Iterator[Text]:
    """What differs, row by row; unless `full`, a column that differs nearly everywhere is told once."""
    everywhere = [column.name for column in found.columns if suspicion(found, column) and not full]
    if everywhere:
        yield hanging("  不逐行列出（--full 全部列出）：", "、".join(map(one_line, everywhere)), width)
    rows = [[item for item in row if item.column not in everywhere] for row in found.by_row]
    yield from _rows([row for row in rows if row], full, width)


def unread_lines(found: Comparison, full: bool, width: int) -> Iterator[Text]:
    """The cells one side of which is no number, date or yes, row by row."""
    yield from _rows([list(row) for _, row in groupby(found.unread, lambda item: item.pair)], full, width)


def _rows(rows: Sequence[Sequence[Difference]], full: bool, width: int) -> Iterator[Text]:
    for row in rows if full else rows[:_SHOWN]:
        yield Text(f"  ■ {one_line(str(row[0].record))}", style="bold")
        yield from _values(row, width)
    yield from _left_out(len(rows), full)


def one_sided_lines(rows: Sequence[OneSided], full: bool) -> Iterator[Text]:
    """Rows the other side lacks, each with its cell."""
    shown = rows if full else rows[:_SHOWN]
    names = [one_line(str(row.record)) for row in shown]
    wide = widest(names, _NAME_COLUMNS * 2)
    for row, name in zip(shown, names, strict=True):
        yield Text(f"  {pad(name, max(wide, widest([name], len(name) * 2)))}  ").append(
            row.at.cell, style="blue"
        )
    yield from _left_out(len(rows), full)


def repeated_lines(keys: Sequence[Repeated], full: bool, width: int) -> Iterator[Text]:
    """Keys that occur more than once, with their cells on both sides."""
    for item in keys if full else keys[:_SHOWN]:
        cells = "；".join(f"{side} {_cells(at)}" for side, at in ((LEFT, item.left), (RIGHT, item.right)))
        yield hanging(f"  {one_line(str(item.record))}  ", cells, width)
    yield from _left_out(len(keys), full)


def _cells(locations: Sequence[Location]) -> str:
    return "、".join(at.cell for at in locations) or "没有"


def _values(row: Sequence[Difference], width: int) -> Iterator[Text]:
    """`家庭人口  左边 J5：4   右边 D7：5`, the likely cause below."""
    names = [wrap(one_line(item.column), _NAME_COLUMNS) for item in row]
    names_wide = widest([line for name in names for line in name], _NAME_COLUMNS)
    indent = " " * (_INDENT + names_wide + _GAP)
    for item, name in zip(row, names, strict=True):
        sides = [f"{side} {at.cell} {_value(at)}" for side, at in ((LEFT, item.left), (RIGHT, item.right))]
        together = _GAP * " " + sides[1]
        one_row = widest([sides[0]], width) + widest([together], width) + len(indent) <= width
        lines = [pad(sides[0], widest([sides[0]], _VALUE_COLUMNS)) + together] if one_row else sides
        lines += [item.why] if item.why else []
        broken = [part for line in lines for part in wrap(line, width - len(indent))]
        lead = Text(" " * _INDENT).append(pad(name[0], names_wide + _GAP), style="dim")
        yield lead.append(("\n" + indent).join(broken))


def _value(at: Location) -> str:
    return shorten(one_line(at.value), _LONGEST_VALUE)


def _left_out(rows: int, full: bool) -> Iterator[Text]:
    if rows > _SHOWN and not full:
        yield Text(f"  还有 {rows - _SHOWN} 行没有列出；--full 全部列出", style="dim")
