"""Numbers that are names (证件号码, phone, account): how one may have become the other.

Evidence says positions and never digits: they are personal data.
"""

from __future__ import annotations

import re

from fupin_audit.ledgers.types.text import narrow
from fupin_audit.results.finding import Cause, CauseKind

_SCIENTIFIC = re.compile(r"(?P<mantissa>[0-9]\.(?P<rest>[0-9]+))E\+?(?P<power>[0-9]{1,2})")
_OLD, _NEW, _CENTURY = 15, 18, "19"
_KEPT = 15  # digits a spreadsheet keeps of a number
_RECOGNISABLE = 6  # digits that must be left of a number
_MANTISSA = 3  # digits of a scientific notation that speak for themselves


def number_cause(left: str, right: str) -> Cause | None:
    """Why two numbers may differ, as their cells have them.

    >>> str(number_cause("990101197003050015", "990101197003050051"))
    '可能是两位颠倒：第17位与第18位互换后相同'
    """
    one, other = narrow(left).upper(), narrow(right).upper()
    return (
        _scientific(one, other)
        or _scientific(other, one)
        or _old_number(*sorted((one, other), key=len))
        or _misread(one, other)
        or _lost(*sorted((one, other), key=len))
    )


def _scientific(short: str, number: str) -> Cause | None:
    """`9.90101E+17`: only the first digits are left."""
    written = _SCIENTIFIC.fullmatch(short)
    body = number.replace("X", "0")
    if not written or not body.isdigit() or len(number) != int(written["power"]) + 1:
        return None
    decimals = len(written["rest"])
    kept = decimals + 1
    if kept < _MANTISSA or f"{int(body):.{decimals}E}"[: kept + 1] != written["mantissa"]:
        return None
    return Cause(CauseKind.SCIENTIFIC, f"一边成了科学计数法，剩下的{kept}位数字与另一边相同")


def _old_number(short: str, long: str) -> Cause | None:
    """A number of the first generation and the same person's of the second."""
    if len(short) != _OLD or len(long) != _NEW or f"{short[:6]}{_CENTURY}{short[6:]}" != long[:-1]:
        return None
    return Cause(CauseKind.OLD_NUMBER, "15位旧号补上世纪“19”和校验码就是另一边的18位号")


def _misread(one: str, other: str) -> Cause | None:
    """Equally long, with one digit different or two exchanged."""
    if len(one) != len(other) or len(one) < _RECOGNISABLE or _cut(one, other):
        return None
    match [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]:
        case [at]:
            return Cause(CauseKind.ONE_DIGIT, f"只有第{at + 1}位不同")
        case [at, to] if one[at] == other[to] and one[to] == other[at]:
            return Cause(CauseKind.SWAPPED_DIGITS, f"第{at + 1}位与第{to + 1}位互换后相同")
    return None


def _lost(short: str, long: str) -> Cause | None:
    """Digits that got lost at the front, at the end, or one in between."""
    if _cut(short, long):
        return Cause(CauseKind.LOST_DIGITS, f"前{_KEPT}位相同，一边后面成了0")
    gone = len(long) - len(short)
    if not gone or len(short) < max(_RECOGNISABLE, len(long) / 2):
        return None
    if long.endswith(short):
        return Cause(CauseKind.LOST_DIGITS, f"少了开头的{gone}位，其余相同")
    if long.startswith(short):
        return Cause(CauseKind.LOST_DIGITS, f"少了末尾的{gone}位，其余相同")
    for at in range(len(long)):
        if long[:at] + long[at + 1 :] == short:
            return Cause(CauseKind.LOST_DIGITS, f"少了第{at + 1}位，其余相同")
    return None


def _cut(one: str, other: str) -> bool:
    """Whether one of two long numbers has nothing but zeros where a spreadsheet keeps no digits."""
    tails = {one[_KEPT:].strip("0"), other[_KEPT:].strip("0")}
    return len(one) == len(other) > _KEPT and one[:_KEPT] == other[:_KEPT] and "" in tails
