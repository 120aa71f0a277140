"""The comparison of two folders on the screen: what it comes to, then pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from fupin_audit.reports.comparison import terminal
from fupin_audit.reports.comparison.comparison_verdict import verdict as of_pair
from fupin_audit.results.comparison import LEFT, RIGHT, FolderComparison, SheetPair
from fupin_audit.writing.console import Screen, Text, closing_line, hanging, text_file
from fupin_audit.writing.marks import text_mark
from fupin_audit.writing.one_line import one_line
from fupin_audit.writing.wrapping import wrap

_KIND = "两个文件夹的比较"
MARK = text_mark(closing_line(_KIND))


def write(found: FolderComparison, sink: BinaryIO) -> None:
    """Writes the report, uncut and without colours, as UTF-8 text."""
    with text_file(sink, _KIND) as screen:
        show(found, screen, full=True)


def verdict(found: FolderComparison) -> str:
    """`不同：配上 9 对表，其中 2 对不同；只在左边 1 张。读不了 1 个文件`."""
    parts = [f"配上 {len(found.pairs)} 对表{_how(found.pairs)}"]
    for side, sheets in ((LEFT, found.only_left), (RIGHT, found.only_right)):
        parts += [f"只在{side} {len(sheets)} 张"] if sheets else []
    parts += [f"没有比较 {len(found.not_compared)} 张"] if found.not_compared else []
    parts += [f"读不了 {len(found.unreadable)} 个文件"] if found.unreadable else []
    word = "相同" if found.same else "不同" if found.differs else "没有全部比较"
    return f"{word}：{'；'.join(parts)}"


def _how(pairs: Sequence[SheetPair]) -> str:
    """`，其中 2 对不同、1 对没有全部比较`."""
    differing = sum(pair.differs for pair in pairs)
    open_ones = sum(not pair.same and not pair.differs for pair in pairs)
    said = [f"{differing} 对不同"] if differing else []
    said += [f"{open_ones} 对没有全部比较"] if open_ones else []
    return f"，其中 {'、'.join(said)}" if said else "，都相同" if pairs else ""


def show(found: FolderComparison, screen: Screen, full: bool = False) -> None:
    """Prints the report; unless `full`, long lists are cut and say so."""
    width = screen.width
    style = "bold green" if found.same else "bold red"
    screen.put(Text("\n".join(wrap(verdict(found), width)), style=style))
    alone = (
        (f"只在{LEFT}", found.only_left),
        (f"只在{RIGHT}", found.only_right),
        ("没有比较", found.not_compared),
        ("读不了", found.unreadable),
    )
    for label, texts in alone:
        screen.put(*(hanging(f"{label}：", one_line(text), width) for text in texts))
    for pair in found.pairs:
        _show_pair(pair, screen, full)


def _show_pair(pair: SheetPair, screen: Screen, full: bool) -> None:
    places = hanging("", one_line(f"■ {pair.what}：{pair.left} ↔ {pair.right}"), screen.width)
    places.stylize("bold")
    screen.put(Text(), places)
    if pair.found is None:
        screen.put(hanging("  没有比较：", one_line(pair.reason), screen.width))
    elif pair.same:
        screen.put(Text("\n".join(wrap(of_pair(pair.found), screen.width))))
    else:
        terminal.show(pair.found, screen, full)
