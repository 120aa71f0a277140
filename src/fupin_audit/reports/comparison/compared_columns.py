"""The columns of a comparison, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_audit.reports.comparison.comparison_verdict import suspicion
from fupin_audit.results.comparison import LEFT_ALONE, NEARLY, Comparison
from fupin_audit.writing.console import Text, hanging
from fupin_audit.writing.one_line import one_line, shorten
from fupin_audit.writing.wrapping import pad, widest

_NAME_COLUMNS = 30
_NUMBER_COLUMNS = 8
_TITLES = ("不同", "左空白", "右空白")


def column_lines(found: Comparison, width: int) -> Iterator[Text]:
    """The columns that differ, with numbers; the others by name."""
    differing = [column for column in found.columns if column.differing]
    wide = widest([one_line(column.name) for column in differing], _NAME_COLUMNS)
    if differing:
        yield Text(_line("列", wide, _TITLES), style="bold")
    for column in differing:
        numbers = (column.differing, column.blank_left, column.blank_right)
        line = Text(_line(shorten(one_line(column.name), _NAME_COLUMNS // 2), wide, map(str, numbers)))
        yield line.append("  大半不同" if suspicion(found, column) else "", style="magenta")
    suspects = {text for column in differing if (text := suspicion(found, column))}
    yield from (hanging("  ", f"{text}。", width) for text in suspects)
    yield from _named("全部一致：", [c.name for c in found.compared if not c.differing], width)
    yield from _named("没有比较：", [c.name for c in found.columns if c.role == LEFT_ALONE], width)
    near = [
        f"{c.left}（{c.left_letter}）＝{c.right}（{c.right_letter}）"
        for c in found.columns
        if c.pairing == NEARLY
    ]
    yield from _named("列名相近，当作同一列：", near, width)


def unpaired_lines(found: Comparison, width: int) -> Iterator[Text]:
    """The columns that only one side has."""
    yield from _named("左边：", found.left.unpaired, width)
    yield from _named("右边：", found.right.unpaired, width)


def _line(name: str, wide: int, cells: Iterator[str] | tuple[str, ...]) -> str:
    return f"  {pad(name, wide)}" + "".join(_right(cell) for cell in cells)


def _right(text: str) -> str:
    return pad("", _NUMBER_COLUMNS - widest([text], _NUMBER_COLUMNS)) + text


def _named(label: str, names: list[str] | tuple[str, ...], width: int) -> Iterator[Text]:
    if names:
        yield hanging(f"  {label}", "、".join(map(one_line, names)), width)
