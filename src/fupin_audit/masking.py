"""Personal data as it may be shown (D10): the same value is always masked the same way."""

from __future__ import annotations

import re

_LONG_DIGITS = re.compile(r"\d{7,}[0-9Xx*]*")
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
