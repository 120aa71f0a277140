"""Numbers that are names: resident IDs, household numbers, phones, accounts. Kept as text, never counted with."""

from __future__ import annotations

import re

from fupin_audit.ledgers.types.fieldtypes import CellError
from fupin_audit.ledgers.types.text import narrow

PLAIN_DIGITS = "[0-9]+"
PLAIN_ID = "[A-Z]?[0-9]+X?"  # a pupil's number begins with a letter
PLAIN_PHONE = "1[0-9]{10}"

_WHOLE = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]*)?E\+?[0-9]{1,2}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9A-Za-z_-]+")
_COUNTRY = re.compile(r"(?:\+|00)?86-?(?=1[0-9-]{10,}$)")
_HYPHENS = re.compile(r"[-‐-―－]")
_MOBILE = re.compile("1[0-9]{10}")


def resident_id(text: str) -> str:
    """A 证件号码 as written, without spaces, with a capital X; whether it is valid the ID rules say.

    >>> resident_id(" 990101 19900101 001x")
    '99010119900101001X'
    """
    return _kept(text, "ID-03").replace("x", "X")


def household_number(text: str) -> str:
    """A 户编号 or 人编号: digits (some platforms add letters) kept as text."""
    written = _kept(text, "CEL-01")
    if not _NUMBER.fullmatch(written):
        raise CellError("CEL-01", "编号只能由数字（或字母）组成")
    return written


def phone(text: str) -> str:
    """A phone number without the country code.

    >>> phone("+86 138 0000 0000"), phone("138-0000-0000"), phone("0999-1234567")
    ('13800000000', '13800000000', '0999-1234567')
    """
    written = _COUNTRY.sub("", _kept(text, "CEL-01"))
    digits = _HYPHENS.sub("", written)
    return digits if _MOBILE.fullmatch(digits) else written


def account(text: str) -> str:
    """A bank account number without its usual groups of four."""
    return _kept(text, "CEL-01").replace("-", "")


def _kept(text: str, rule: str) -> str:
    written = narrow(text)
    if _SCIENTIFIC.fullmatch(written):
        raise CellError(rule, "号码成了科学计数，后面的数字已经丢失")
    whole = _WHOLE.fullmatch(written)
    return whole[1] if whole else written
