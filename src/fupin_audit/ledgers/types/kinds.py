"""The types of the vocabulary: 文 户号 身份证 话 日 月 年 整 数 元 万元 亩 ㎡ 是否 码 多码 月数.

A ledger uses them as annotations: `人均纯收入: Income`, `性别: Annotated[str | None, code("性别")]`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Annotated, TypeAlias

from fupin_audit.ledgers.types import dates, id_numbers, numbers, yesno
from fupin_audit.ledgers.types.characters import usual_ranges
from fupin_audit.ledgers.types.codes import CodeList, CodeProfile, code_list, national_profile
from fupin_audit.ledgers.types.fieldtypes import CellError, FieldType
from fupin_audit.ledgers.types.text import BLANK_WORDS, narrow, tidy

_YUAN = (("元", 1.0), ("元整", 1.0), ("元/月", 1.0), ("元/年", 1.0), ("元/人", 1.0), ("千元", 1e3), ("万", 1e4),
         ("万元", 1e4), ("亿元", 1e8))  # fmt: skip
_TEN_THOUSAND = (("万元", 1.0), ("万", 1.0), ("元", 1e-4), ("千元", 0.1), ("亿元", 1e4))
_LAND = (("亩", 1.0), ("公顷", 15.0))
_FLOOR = (("㎡", 1.0), ("m²", 1.0), ("m2", 1.0), ("M2", 1.0), ("平方米", 1.0), ("平米", 1.0), ("平方", 1.0))
_COUNTED = tuple((unit, 1.0) for unit in ("人", "户", "口", "个", "名", "家", "份", "次", "学时"))
_MONTH_UNITS = (("月", 1.0), ("个月", 1.0))

TEXT = FieldType("文", "text", "VARCHAR", tidy, plain=f"[0-9A-Za-z{usual_ranges()}]+")
HOUSEHOLD_NUMBER = FieldType(
    "户号", "text", "VARCHAR", id_numbers.household_number, plain=id_numbers.PLAIN_DIGITS, coded=True
)
RESIDENT_ID = FieldType(
    "身份证", "text", "VARCHAR", id_numbers.resident_id, plain=id_numbers.PLAIN_ID, private=True
)
PHONE = FieldType("话", "text", "VARCHAR", id_numbers.phone, plain=id_numbers.PLAIN_PHONE, private=True)
ACCOUNT = FieldType(
    "账号", "text", "VARCHAR", id_numbers.account, plain=id_numbers.PLAIN_DIGITS, private=True
)
DAY = FieldType("日", "date", "DATE", dates.day, plain=dates.PLAIN_DAY)
MONTH = FieldType("月", "date", "DATE", dates.month, dates.show_month)
YEAR = FieldType("年", "number", "BIGINT", dates.year, plain=dates.PLAIN_YEAR)
INTEGER = FieldType("整", "number", "BIGINT", numbers.integer("整数", _COUNTED), plain=numbers.PLAIN_INTEGER,
                    low=0, units=_COUNTED)  # fmt: skip
MONTHS = FieldType("月数", "number", "BIGINT", numbers.integer("月数", _MONTH_UNITS), plain=numbers.PLAIN_INTEGER,
                   low=0, high=12, units=_MONTH_UNITS)  # fmt: skip
YES_NO = FieldType("是否", "boolean", "BOOLEAN", yesno.yes_no, yesno.show_yes_no, keeps=frozenset({"无"}))


def _measure(name: str, what: str, units: numbers.Units, low: float | None = 0) -> FieldType:
    return FieldType(name, "number", "DOUBLE", numbers.number(what, units), numbers.show_number,
                     plain=numbers.PLAIN_NUMBER, low=low, units=units)  # fmt: skip


NUMBER = _measure("数", "数", (("%", 1.0),))
YUAN = _measure("元", "金额", _YUAN)
TEN_THOUSAND_YUAN = _measure("万元", "金额", _TEN_THOUSAND)
MU = _measure("亩", "面积", _LAND)
SQUARE_METRES = _measure("㎡", "面积", _FLOOR)

Text: TypeAlias = Annotated[str | None, TEXT]
Code: TypeAlias = Annotated[str | None, replace(TEXT, coded=True)]
PrivateNumber: TypeAlias = Annotated[str | None, replace(RESIDENT_ID, name="文")]
HouseholdNumber: TypeAlias = Annotated[str | None, HOUSEHOLD_NUMBER]
ResidentId: TypeAlias = Annotated[str | None, RESIDENT_ID]
Phone: TypeAlias = Annotated[str | None, PHONE]
Account: TypeAlias = Annotated[str | None, ACCOUNT]
Day: TypeAlias = Annotated[date | None, DAY]
Month: TypeAlias = Annotated[date | None, MONTH]
Year: TypeAlias = Annotated[int | None, YEAR]
Integer: TypeAlias = Annotated[int | None, INTEGER]
Months: TypeAlias = Annotated[int | None, MONTHS]
Number: TypeAlias = Annotated[float | None, NUMBER]
Yuan: TypeAlias = Annotated[float | None, YUAN]
# A household can make a loss: whether an income may be negative is for the income rules.
Income: TypeAlias = Annotated[float | None, replace(YUAN, low=None)]
TenThousandYuan: TypeAlias = Annotated[float | None, TEN_THOUSAND_YUAN]
Mu: TypeAlias = Annotated[float | None, MU]
SquareMetres: TypeAlias = Annotated[float | None, SQUARE_METRES]
YesNo: TypeAlias = Annotated[bool | None, YES_NO]

_SEPARATORS = re.compile(r"[、,，;；/|\s\u3000]+")
_BARE_NUMBERS = re.compile(r"[0-9]+(?:\.0+)?")
# As like as this, a text in an open list is a misspelling rather than a new category.
_MISSPELLED = 75


@cache
def code(name: str) -> FieldType:
    """The type of a field that holds one label of a code list.

    Raises:
        RuleError: there is no such code list.
    """
    return code_type(code_list(name))


@cache
def many_codes(name: str) -> FieldType:
    """The type of a field that holds several labels, joined by `、` in the order of the code list."""
    return code_type(code_list(name), many=True)


def code_type(codes: CodeList, *, many: bool = False, profile: CodeProfile | None = None) -> FieldType:
    """The type of a field that holds one label of this code list, or several.

    Args:
        codes: the list.
        many: several labels in one cell.
        profile: what bare numbers stand for; None: they are not taken for labels (CEL-12).
    """
    word, parse = ("多码", _labels) if many else ("码", _label)
    return FieldType(f"{word} {codes.name}", "text", "VARCHAR", partial(parse, codes, profile),
                     codes=codes, many=many, keeps=BLANK_WORDS.intersection(codes.labels))  # fmt: skip


def _labels(codes: CodeList, profile: CodeProfile | None, text: str) -> str:
    parts = [part for part in _SEPARATORS.split(text) if part]
    found = {_label(codes, profile, part) for part in parts or [text]}
    known = [label for label in codes.labels if label in found]
    return "、".join([*known, *sorted(found.difference(known))])


def _label(codes: CodeList, profile: CodeProfile | None, text: str) -> str:
    if label := codes.find(text):
        return label
    written = narrow(text)
    if _BARE_NUMBERS.fullmatch(written):
        return _numbered(codes, profile, written.partition(".")[0])
    hint = codes.nearest(written, _MISSPELLED if codes.open else 50)
    if codes.open and not hint:
        return written
    raise CellError("CEL-04", f"“{codes.name}”没有这个选项", hint)


def _numbered(codes: CodeList, profile: CodeProfile | None, digits: str) -> str:
    """The label a bare number stands for, as far as the user has said whose numbers they are."""
    if profile:
        if label := profile.label(codes, digits):
            return label
        raise CellError("CEL-12", "声明的代码表里没有它")
    raise CellError("CEL-12", "没有猜它的意思", national_profile().label(codes, digits))
