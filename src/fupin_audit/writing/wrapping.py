"""Chinese text in terminal columns, where a Chinese character takes two."""

from __future__ import annotations

import re

from rich.cells import cell_len as cell_len
from rich.cells import chop_cells

# A line may break between any two Chinese characters, never inside a number or word, never before
# closing punctuation, never after an opening bracket.
# A masked number stays whole in groups too: `9901 01** **** **** **`.
_MASKED = r"[0-9Xx*]+(?:[ -][0-9Xx*]+){0,8}[ -][0-9Xx]*\*[0-9Xx*]*"
# So does an option that gives something a value, which is to be typed as it stands: `--set 低保标准=600`.
_SETTING = r"--[a-z][a-z-]*[ ][^\s=，。、；：？！）”》】〕]+=[^\s，。、；：？！）”》】〕]*"
_UNBREAKABLE = re.compile(
    rf"\s+|[（“《【〔]*(?:{_MASKED}|{_SETTING}|[!-~]+|[^\s!-~])[，。、；：？！）”》】〕]*"
)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; at least one line.

    >>> wrap("户编号 990101 的家庭人口为5，少1人。", 16)
    ['户编号 990101 的', '家庭人口为5，少1', '人。']
    >>> wrap("知道的写 --set 低保标准=数", 24)
    ['知道的写', '--set 低保标准=数']
    """
    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for piece in _pieces(text, width):
        if cell_len(lines[-1]) + cell_len(piece.rstrip()) <= width:
            lines[-1] += piece
        else:
            lines[-1] = lines[-1].rstrip()
            lines.append(piece.lstrip())
    return lines


def widest_piece(text: str) -> int:
    """The columns of the widest word or number, which a line should hold.

    >>> widest_piece("证件号码9901 01** **** **** **，户 12"), widest_piece("")
    (24, 0)
    """
    return max((cell_len(piece.strip()) for piece in _UNBREAKABLE.findall(text)), default=0)


def pad(text: str, width: int) -> str:
    """The text filled with spaces to `width` columns.

    >>> pad("村", 4) + "|"
    '村  |'
    """
    return text + " " * (width - cell_len(text))


def widest(texts: list[str], limit: int) -> int:
    """The columns the widest text needs, at most `limit`."""
    return min(max(map(cell_len, texts), default=0), limit)


def _pieces(text: str, width: int) -> list[str]:
    """What stays on one line; what no line can hold is cut."""
    return [part for piece in _UNBREAKABLE.findall(text) for part in chop_cells(piece, width)]
