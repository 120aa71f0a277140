"""How the text of a header may be read: with and without brackets, units, 是否, upper levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from fupin_audit.ledgers.types.text import header_key

_PAGE = re.compile(r"[-_]?页面(\(.*\))?$")
_LAST_BRACKET = re.compile(r"\([^()]*\)$")
_BRACKET = re.compile(r"\([^()]*\)")
_UNIT = re.compile(r"(?:\((?:单位[::]?)?([^()]+)\)|[/,](元|万元|亩|公顷|公里|米|月))$")
_FORMULA = re.compile(r"[①-⑳]?(=[①-⑳+＋]+)?$")  # 本次总费用①=②+③+④
_MARKS = "*★☆:#\"'“”。、,"
_YES_NO = "是否"

# Under these an equal lower header is another thing: the same flag after the risk is gone, the year before.
_OTHER_STATE = re.compile(r"消除后|上年|上一年|去年|变更前|调整前")


@lru_cache(maxsize=16384)
def keys(text: str) -> tuple[str, ...]:
    """Keys one header text may be known by, the most literal first.

    >>> keys("务工时间 （月）")
    ('务工时间(月)', '务工时间')
    """
    literal = _FORMULA.sub("", header_key(text)).strip(_MARKS)
    bare = _PAGE.sub("", literal)
    ways = (
        literal,
        bare,
        _LAST_BRACKET.sub("", bare),
        _BRACKET.sub("", bare),
        bare.replace("检测对象", "监测对象"),
    )
    return tuple(dict.fromkeys(way for way in ways if way))


def yes_no_keys(text: str) -> tuple[str, ...]:
    """Further keys of a yes/no column, with 是否 taken off or put on.

    >>> yes_no_keys("是否危房户")
    ('危房户',)
    """
    return tuple(
        key.removeprefix(_YES_NO) if key.startswith(_YES_NO) else _YES_NO + key for key in keys(text)
    )


def unit(text: str) -> str:
    """The unit in a header's last brackets; empty where there is none.

    >>> unit("人均纯收入（万元）"), unit("住房面积(㎡)"), unit("姓名")
    ('万元', 'm2', '')
    """
    match = _UNIT.search(_PAGE.sub("", header_key(text)))
    return (match[1] or match[2]) if match else ""


@lru_cache(maxsize=65536)  # the sheets of a county have few different headers
def joined_keys(levels: tuple[str, ...]) -> tuple[str, ...]:
    """Keys a header of several levels may be known by, those of all levels joined first.

    >>> joined_keys(("收入（元）", "工资"))
    ('收入(元)工资', '收入工资', '工资')
    """
    return tuple(key for text in _joined(levels) for key in keys(text))


@lru_cache(maxsize=65536)
def joined_yes_no_keys(levels: tuple[str, ...]) -> tuple[str, ...]:
    """Further keys of a yes/no column under a header of several levels."""
    return tuple(key for text in _joined(levels) for key in yes_no_keys(text))


def _joined(levels: Sequence[str]) -> Iterator[str]:
    """Texts a header of several levels may be read as: joined top-down first, the lowest level last."""
    for start in range(len(levels)):
        if start == 0 or not any(_OTHER_STATE.search(upper) for upper in levels[:start]):
            yield "".join(levels[start:])
