"""What a pair of columns holds, and so how its values are compared: the field's type, else what the values look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.ledgers.types.fieldtypes import CellError, FieldType
from fupin_audit.ledgers.types.kinds import (
    DAY,
    HOUSEHOLD_NUMBER,
    MU,
    NUMBER,
    PHONE,
    RESIDENT_ID,
    SQUARE_METRES,
    TEXT,
    YEAR,
    YES_NO,
    YUAN,
)
from fupin_audit.ledgers.types.text import header_key, is_blank, narrow
from fupin_audit.workbook.recognising.header_text import unit

_LOOKED_AT = 500  # different texts of a column
_MOST = 0.9  # part of them that must look so
_LEGIBLE = 0.5  # part of a column that a field's type must be able to read

_BIRTHDAY = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(
    rf"\d{{6}}{_BIRTHDAY}\d{{3}}[\dXx]|\d{{8}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}"
)
_MOBILE = re.compile(r"1[3-9]\d{9}(?:\.0+)?")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_WRITTEN_DATE = re.compile(
    r"(?:19|20)\d\d(?:[-/.年]\d{1,2}(?:[-/.月]\d{0,2}日?)?.*|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)"
)
_SERIAL_NUMBER = re.compile(r"[2-5]\d{4}(?:\.\d+)?")
_CODE = re.compile(r"0\d+|\d{8,}(?:\.0+)?")
_LEADING_ZERO = re.compile(r"0\d")
_MEASURES = (YUAN, MU, SQUARE_METRES)

# What a report calls the values of a type; the other types are called by their name.
_LABELS = {
    "文": "文字", "户号": "编号", "身份证": "证件号码", "话": "电话", "日": "日期", "月": "年月", "年": "年份", "整": "数字",
    "数": "数字", "月数": "数字", "元": "金额", "万元": "金额", "亩": "面积", "㎡": "面积",
}  # fmt: skip


def label(kind: FieldType) -> str:
    """What a report calls the values of this type."""
    return "选项" if kind.codes else _LABELS.get(kind.name, kind.name)


def common_kind(
    known: Iterable[FieldType | None], headers: Sequence[str], sides: Sequence[pa.Array]
) -> FieldType:
    """The type two columns are compared as.

    Args:
        known: types of the fields they are known to hold.
        headers: their headers; a unit in one tells what is measured.
        sides: their texts.
    """
    samples = [_different(side) for side in sides]
    for kind in known:
        if kind and all(_share(sample, _readable(kind)) >= _LEGIBLE for sample in samples if sample):
            return kind
    guessed = _guess([sample for sample in samples if sample])
    return _measured(guessed, headers) if guessed is NUMBER else guessed


def look_of(texts: pa.Array) -> FieldType:
    """The type these texts look like."""
    return _guess([sample] if (sample := _different(texts)) else [])


def _different(texts: pa.Array) -> list[str]:
    return [text for text in pc.unique(texts)[:_LOOKED_AT].to_pylist() if text and not is_blank(text)]


def _guess(samples: Sequence[Sequence[str]]) -> FieldType:
    for kind, every, some in _LOOKS:
        if all(_mostly(sample, every) for sample in samples) and any(
            _mostly(sample, some) for sample in samples
        ):
            return kind
    return TEXT


def _mostly(sample: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return _share(sample, fits) >= _MOST


def _share(sample: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, sample)) / len(sample)


def _matches(*patterns: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: any(pattern.fullmatch(narrow(text)) for pattern in patterns)


def _readable(kind: FieldType) -> Callable[[str], bool]:
    def reads(text: str) -> bool:
        try:
            kind.parse(text)
        except CellError:
            return False
        return True

    return reads


def _measured(guessed: FieldType, headers: Sequence[str]) -> FieldType:
    """The measure whose unit stands in a header."""
    stated = {unit(header) for header in headers} - {""}
    for kind in _MEASURES:
        if stated and stated <= {header_key(word) for word, _ in kind.units}:
            return kind
    return guessed


def _is_quantity(text: str) -> bool:
    """Whether it is a number, and no code that happens to be one."""
    return not _LEADING_ZERO.match(narrow(text)) and _readable(NUMBER)(text)


def _says_yes_or_no(text: str) -> bool:
    return not narrow(text).isdecimal() and _readable(YES_NO)(text)


# A type, what the texts of every side must look like, and those of one. In order: what is a number of a kind is
# no longer looked at as a number of another. Five digits are a date only beside a written one.
_LOOKS: tuple[tuple[FieldType, Callable[[str], bool], Callable[[str], bool]], ...] = (
    (RESIDENT_ID, _matches(_IDENTITY), _matches(_IDENTITY)),
    (PHONE, _matches(_MOBILE), _matches(_MOBILE)),
    (YEAR, _matches(_YEAR), _matches(_YEAR)),
    (DAY, _matches(_WRITTEN_DATE, _SERIAL_NUMBER), _matches(_WRITTEN_DATE)),
    (HOUSEHOLD_NUMBER, _matches(_CODE), _matches(_CODE)),
    (NUMBER, _is_quantity, _is_quantity),
    (YES_NO, _says_yes_or_no, _says_yes_or_no),
)
