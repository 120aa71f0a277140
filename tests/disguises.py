"""Forty ways to write an invented ID number, phone and bank account, and whether a text still says one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping

ID, ID_WITH_X, OLD_ID = "990101197003050015", "99010119700306001X", "990101700305001"
PHONE, OTHER_PHONE = "13912345678", "15098765432"
ACCOUNT, OTHER_ACCOUNT, PASSBOOK = "6217000010012345678", "6228480012345678910", "1010203040506070"

Way = Callable[[str], str]


def _in(*sizes: int, sign: str = " ") -> Way:
    """In groups of these sizes, the last as often as needed."""

    def write(number: str) -> str:
        parts: list[str] = []
        while left := number[sum(map(len, parts)) :]:
            parts.append(left[: sizes[min(len(parts), len(sizes) - 1)]])
        return sign.join(parts)

    return write


def _each(sign: str) -> Way:
    return _in(1, sign=sign)


def _digits(zero: str) -> Way:
    """In the digits of another script."""
    return lambda number: "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in number)


def _last(character: str) -> Way:
    return lambda number: number[:-1] + character


def _around(before: str, after: str = "") -> Way:
    return lambda number: f"{before}{number}{after}"


_ANY: Mapping[str, Way] = {
    "plain": str,
    "groups of 4": _in(4),
    "groups of 3": _in(3),
    "each apart": _each(" "),
    "two spaces": _in(6, 4, sign="  "),
    "many spaces": _in(4, sign=" " * 12),
    "hyphens": _in(4, sign="-"),
    "en dashes": _in(4, sign="–"),
    "em dashes": _in(4, sign="—"),
    "minus signs": _in(4, sign="−"),
    "wide hyphens": _in(4, sign="－"),
    "underscores": _in(4, sign="_"),
    "dots": _in(4, sign="."),
    "commas": _in(4, sign=","),
    "wide commas": _in(4, sign="，"),
    "each with a comma": _each(","),
    "no-break spaces": _in(4, sign="\u00a0"),
    "wide spaces": _in(4, sign="\u3000"),
    "thin spaces": _in(4, sign="\u2009"),
    "tabs": _in(4, sign="\t"),
    "zero-width spaces": _each("\u200b"),
    "zero-width joiners": _each("\u200d"),
    "word joiners": _in(4, sign="\u2060"),
    "byte order marks": _in(6, sign="\ufeff"),
    "soft hyphens": _in(4, sign="\u00ad"),
    "right-to-left marks": _in(5, sign="\u200f"),
    "struck through": _each("\u0336"),
    "space and zero width": _in(4, sign=" \u200b"),
    "full width": _digits("０"),
    "arabic digits": _digits("٠"),
    "bold digits": _digits("𝟎"),
    "wrapped": _around('="', '"'),
    "apostrophe": _around("'"),
    "decimal": _around("", ".0"),
    "in a sentence": _around("李四的是", "，请核对"),
    "in brackets": _around("（", "）"),
}
_OF_IDS: Mapping[str, Way] = {
    "6-8-4": _in(6, 8, 4),
    "6/8/4": _in(6, 8, 4, sign="/"),
    "6、8、4": _in(6, 8, 4, sign="、"),
    "4/4/4/4/2": _in(4, sign="/"),
    "a date within": lambda number: (
        f"{number[:6]} {number[6:10]}-{number[10:12]}-{number[12:14]} {number[14:]}"
    ),
    "leading zero": _around("0"),
    "one too many": _around("", "8"),
    "thousands": lambda number: f"{int(number):,}",
}
_OF_X: Mapping[str, Way] = {
    "small x": _last("x"),
    "cyrillic": _last("Х"),
    "wide X": _last("Ｘ"),
    "times": _last("×"),
}
_OF_PHONES: Mapping[str, Way] = {
    "country code": _around("+86"),
    "country code apart": _around("+86 "),
    "country code grouped": lambda number: f"+86-{number[:3]}-{number[3:7]}-{number[7:]}",
    "long country code": _around("0086"),
    "country code with a zero": _around("086"),
    "many zeros": _around("000"),
    "leading zero": _around("0"),
    "3-4-4": _in(3, 4),
    "3/4/4": _in(3, 4, sign="/"),
    "3／4／4": _in(3, 4, sign="／"),
    "3、4、4": _in(3, 4, sign="、"),
    "3;4;4": _in(3, 4, sign="; "),
    "3/8": _in(3, 8, sign="/"),
    "5-6": _in(5, 6),
}
_OF_ACCOUNTS: Mapping[str, Way] = {
    "6-13": _in(6, 13),
    "6/13": _in(6, 13, sign="/"),
    "4/4/4/4/3": _in(4, sign="/"),
    "4、4、4、4、3": _in(4, sign="、"),
    "leading zero": _around("0"),
    "thousands": lambda number: f"{int(number):,}",
}

# What is written → the digits no output may say in this order.
IDS: Mapping[str, str] = {
    **{way(ID): ID for way in (*_ANY.values(), *_OF_IDS.values())},
    **{way(ID_WITH_X): ID_WITH_X[:-1] for way in _OF_X.values()},
    ID_WITH_X: ID_WITH_X[:-1],
    f"{ID_WITH_X}43": ID_WITH_X[:-1],
    f"{ID}4312": ID,
    ID[:-1]: ID[:-1],
    ID[1:]: ID[1:],
    ID + ID_WITH_X: ID,
    ID + PHONE: ID,
    OLD_ID: OLD_ID,
}
PHONES: Mapping[str, str] = {
    **{way(PHONE): PHONE for way in (*_ANY.values(), *_OF_PHONES.values())},
    PHONE + OTHER_PHONE: PHONE,
    f"{PHONE}/{OTHER_PHONE}": PHONE,
    f"{_OF_PHONES['3/4/4'](OTHER_PHONE)}/{_OF_PHONES['3/4/4'](PHONE)}": PHONE,
}
ACCOUNTS: Mapping[str, str] = {
    **{way(ACCOUNT): ACCOUNT for way in (*_ANY.values(), *_OF_ACCOUNTS.values())},
    ACCOUNT + OTHER_ACCOUNT: ACCOUNT,
    OTHER_ACCOUNT[:18]: OTHER_ACCOUNT[:18],
    ACCOUNT[:17]: ACCOUNT[:17],
    ACCOUNT[:16]: ACCOUNT[:16],
}
DISGUISES: Mapping[str, str] = {**IDS, **PHONES, **ACCOUNTS}
SECRETS = frozenset(DISGUISES.values())
# What must be left as it is, wherever it stands.
READABLE = ("B级", "三年级", "12345.67", "1,234,567.89元", "2020-06-01", "20200601", "2020年6月1日", "2019-01-01至2020-12-31",
            "东关村", "99010000040099", "158、1200、3600", "139102001205", "A12-3号楼", "1500、2000、3000", "0.3333333333333333", "2021/05/06", "2021/05/06/2021/12/31",
            "138/1200/3600", "156、2019、2020", "139/20210506", "139/102/001/205", "1/2", "138/1234/5678元")  # fmt: skip


def bare(text: str) -> str:
    """A text as somebody reads it who looks for numbers: any script's digits as such, nothing that only separates."""
    read = (str(unicodedata.digit(character, character)) for character in text)
    return "".join(character for character in read if character.isalnum()).upper()


def said(text: str, secrets: Iterable[str] = SECRETS) -> list[str]:
    """The secrets a text says whole."""
    read = bare(text)
    return sorted(secret for secret in secrets if secret in read)
