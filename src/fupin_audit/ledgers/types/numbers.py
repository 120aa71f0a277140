"""Numbers as offices write them: separators, currency signs, units, accounting brackets."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from fupin_audit.ledgers.types.fieldtypes import CellError
from fupin_audit.ledgers.types.text import narrow

Units = tuple[tuple[str, float], ...]

PLAIN_INTEGER = "0|-?[1-9][0-9]{0,14}"
PLAIN_NUMBER = r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,9})?"

_NUMBER = re.compile(
    r"([+-]?)[¥￥]?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+|(?=\.[0-9]))(\.[0-9]*)?(e[+-]?[0-9]{1,2})?(.*)",
    re.IGNORECASE | re.DOTALL,
)
_ACCOUNTING = re.compile(r"\(([0-9][0-9,.]*)\)")
_MINUS_SIGNS = {ord(sign): "-" for sign in "−–—﹣"}
_LARGEST = Decimal(10) ** 15


def number(what: str, units: Units = ()) -> Callable[[str], float]:
    """A parser of numbers that may carry one of these units, each with its factor.

    Args:
        what: the word for such a number in messages, e.g. 金额.
        units: unit → factor into the field's own unit.
    """
    factors = {unit: Decimal(str(factor)) for unit, factor in units}

    def parse(text: str) -> float:
        return float(_decimal(text, what, factors))

    return parse


def integer(what: str, units: Units = ()) -> Callable[[str], int]:
    """A parser of whole numbers; `3.0` is whole, `3.5` is not."""
    factors = {unit: Decimal(str(factor)) for unit, factor in units}

    def parse(text: str) -> int:
        value = _decimal(text, what, factors)
        if value != int(value):
            raise CellError("CEL-01", f"{what}应为整数")
        return int(value)

    return parse


def show_number(value: float) -> str:
    """A number without a needless `.0`.

    >>> show_number(3456.0), show_number(0.5)
    ('3456', '0.5')
    """
    return f"{value:.0f}" if value.is_integer() else repr(value)


def _decimal(text: str, what: str, factors: dict[str, Decimal]) -> Decimal:
    written = narrow(text).translate(_MINUS_SIGNS)
    if match := _ACCOUNTING.fullmatch(written):
        written = "-" + match[1]
    match = _NUMBER.fullmatch(written)
    unit = match[5].strip("()") if match else ""
    if match is None or (unit and unit not in factors):
        raise CellError("CEL-01", f"不是{what}")
    digits = f"{match[2].replace(',', '') or '0'}{match[3] or ''}{match[4] or ''}"
    value = Decimal(match[1] + digits) * factors.get(unit, 1)
    if abs(value) >= _LARGEST:
        raise CellError("CEL-01", f"数值过大，不是{what}")
    return value
