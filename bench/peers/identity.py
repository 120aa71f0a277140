"""What one ID number says (GB 11643), in plain Python: what a user of the peers maps over a column."""

from __future__ import annotations

import re
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
_OLD = re.compile("[0-9]{15}")
_FULL = re.compile("[0-9]{17}[0-9X]")
_CERTIFICATES = (20, 22)  # lengths of a disability certificate's number, which begins with the ID


def born(number: str) -> date | None:
    """The date in the number, where there is one."""
    text = _full(number)
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14])) if text else None
    except ValueError:
        return None


def sex(number: str) -> str | None:
    """男 or 女, where it can be told."""
    text = _full(number)
    return ("男" if int(text[16]) % 2 else "女") if text else None


def valid(number: str) -> bool:
    """Whether form, date and check character are right."""
    text = _full(number)
    return bool(text) and born(number) is not None and text[17:] in ("", _check_character(text))


def age(number: str, day: date) -> int | None:
    """Completed years on a day."""
    if (birth := born(number)) is None:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _full(number: str) -> str:
    """The number with its century, 15 digits without check character; empty for what is no ID."""
    body = number[:18] if len(number) in _CERTIFICATES else number
    if _OLD.fullmatch(body):
        return f"{body[:6]}19{body[6:]}"
    return body if _FULL.fullmatch(body) else ""


def _check_character(text: str) -> str:
    return CHECK[sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False)) % 11]
