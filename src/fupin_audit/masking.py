"""Personal data as it may be shown (D10): the same value is always masked the same way."""

from __future__ import annotations

import re

_LONG_DIGITS = re.compile(r"\d{7,}[0-9Xx*]*")
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# Digits with a birthday where an ID number has it, or of the form of a mobile phone.
_STRAY = re.compile(
    rf"(?<!\d)(?:\d{{6}}(?:19|20)\d\d{_MONTH_DAY}\d{{3}}[\dXx]|\d{{8}}{_MONTH_DAY}\d{{3}}|1[3-9]\d{{9}})(?!\d)"
)
_LONG_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_CHECK_CHARACTERS = "10X98765432"
_ID_HEAD, _ID_TAIL, _PHONE_HEAD, _PHONE_DIGITS = 6, 4, 3, 11


def mask(text: str) -> str:
    """Hide the middle of an ID number, phone or account.

    >>> mask("990101199001010018"), mask("13800000000"), mask("123")
    ('990101********0018', '138****0000', '***')
    """
    if len(text) <= _ID_TAIL + _PHONE_HEAD:
        return "*" * len(text)
    head = _PHONE_HEAD if len(text) <= _PHONE_DIGITS else _ID_HEAD
    hidden = len(text) - head - _ID_TAIL
    return text[:head] + "*" * max(hidden, 1) + text[-_ID_TAIL:]


def mask_digits(text: str) -> str:
    """Mask every long run of digits in a sentence that may quote personal data."""
    return _LONG_DIGITS.sub(lambda found: mask(found[0]), text)


def mask_stray(text: str) -> str:
    """Mask what looks like an ID number or a mobile phone in a text that should hold none.

    >>> mask_stray("李四990101197003050015"), mask_stray("1.5万元")
    ('李四990101********0015', '1.5万元')
    """
    return _STRAY.sub(lambda found: mask(found[0]), text)


def mask_valid_ids(text: str) -> str:
    """Mask ID numbers with a right check character, in a text that may hold other long numbers.

    >>> mask_valid_ids("户编号990101000000000101，990101197003050015")
    '户编号990101000000000101，990101********0015'
    """
    return _LONG_ID.sub(lambda found: mask(found[0]) if _checks(found[0]) else found[0], text)


def _checks(number: str) -> bool:
    """Whether the last character is the check character of GB 11643."""
    total = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(number[:17]))
    return _CHECK_CHARACTERS[total % 11] == number[17].upper()
