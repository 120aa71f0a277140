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
# What a form says to whoever fills it in: 【必填】, [下拉选择], 3.民族, （1）姓名, 总费用①=②+③+④, 是否低保？
_HINT = re.compile(r"【[^】]*】|〔[^〕]*〕|\[[^\]]*\]|［[^］]*］")
_NUMBERING = re.compile(
    r"^\s*(?:[①-⑳㈠-㈩]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}\s*[.．、)）](?!\d)"
    r"|[一二三四五六七八九十]{1,3}[、.．])\s*"
)
_FORMULA = re.compile(r"[①-⑳]?\s*(?:[=＝][①-⑳\s+＋\-－×÷*/]+)?$")
_MARKS = "*★☆:#\"'“”。、,?"
_YES_NO = "是否"
_GROUP = re.compile(r"(?:基本)?(?:信息|情况)$")  # 户主信息›姓名 is 户主姓名
# Under these a person's own columns are somebody else's.
_SOMEBODY = re.compile(
    r"^(?:户主|配偶|监护人|联系人|帮扶|包保|包联|结对|驻村|第一书记|负责人|法人|法定代表|经办|代理|代领|担保|家长|学生家长|父亲|母亲"
    r"|(?:其他|共同生活)?(?:家庭)?成员\d)"
)
_PERSONAL = frozenset(
    ["姓名", "证件号码", "证件类型", "身份证", "身份证号", "身份证号码", "公民身份号码", "性别", "民族", "年龄",
     "出生日期", "出生年月", "与户主关系", "关系", "健康状况", "文化程度", "政治面貌", "人编号", "人口编号"]
)  # fmt: skip

# Under these an equal lower header is another thing: the same flag after the risk is gone, the year before.
_OTHER_STATE = re.compile(r"消除后|上年|上一年|去年|变更前|调整前")


@lru_cache(maxsize=16384)
def keys(text: str) -> tuple[str, ...]:
    """Keys one header text may be known by, the most literal first.

    >>> keys("务工时间 （月）")
    ('务工时间(月)', '务工时间')
    """
    literal = header_key(without_marks(text)).strip(_MARKS)
    bare = _PAGE.sub("", literal)
    ways = (
        literal,
        bare,
        _LAST_BRACKET.sub("", bare),
        _BRACKET.sub("", bare),
        bare.replace("检测对象", "监测对象"),
    )
    return tuple(dict.fromkeys(way for way in ways if way))


def without_marks(text: str) -> str:
    """A header without what a form says to whoever fills it in; the text itself where nothing else is left.

    >>> without_marks("与户主关系【必填】"), without_marks("3.民族"), without_marks("总费用①=②+③")
    ('与户主关系', '民族', '总费用')
    """
    plain = _FORMULA.sub("", _NUMBERING.sub("", _HINT.sub("", text)))
    return plain if plain.strip(_MARKS) else text


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
    return tuple(dict.fromkeys(key for text in _joined(levels) for key in keys(text)))


@lru_cache(maxsize=65536)
def joined_yes_no_keys(levels: tuple[str, ...]) -> tuple[str, ...]:
    """Further keys of a yes/no column under a header of several levels."""
    return tuple(key for text in _joined(levels) for key in yes_no_keys(text))


def _joined(levels: Sequence[str]) -> Iterator[str]:
    """Texts a header of several levels may be read as: joined top-down first, the lowest level last."""
    plain = [without_marks(level) for level in levels]
    for start in range(len(plain)):
        upper, rest = plain[:start], plain[start:]
        if not upper or not _is_meant_by(upper, rest):
            yield "".join(rest)
            *groups, lowest = rest
            yield "".join((*map(_qualifier, groups), lowest))


def _qualifier(group: str) -> str:
    """What a heading over columns adds to their names; “其他情况” is where the rest stands and adds nothing.

    >>> _qualifier("收入情况"), _qualifier("其他"), _qualifier("其他情况")
    ('收入', '其他', '')
    """
    named = header_key(group)
    short = _GROUP.sub("", named)
    return "" if short == "其他" != named else short


def _is_meant_by(upper: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether what stands above makes something else of the lower levels: another state, another person."""
    if any(_OTHER_STATE.search(level) for level in upper):
        return True
    of_somebody = any(_SOMEBODY.match(header_key(level)) for level in upper)
    return of_somebody and not _PERSONAL.isdisjoint(keys("".join(rest)))
