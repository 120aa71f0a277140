"""A figure rules use, as a rule file says it, and what it may be (D11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from math import isfinite

from pydantic import Field, FiniteFloat

from fupin_audit.rulepack.declared.rule import Basis, Data, Origin

# Units of the parameters that are dates, and of those that are words.
DATE_UNIT = "日期"
WORDS_UNIT = "词"


class ParameterValue(Data):
    """One value of a parameter, for the place of the pack it stands in."""

    value: float | str
    since: date | None = Field(None, alias="from")
    until: date | None = Field(None, alias="to")
    basis: Basis | None = None
    note: str = ""


class Parameter(Data):
    """A figure rules use (D11).

    Attributes:
        low, high: the possible range of a number, ends included; by default that of its unit.
        serves: what uses it besides rules, or why none does; empty: rules alone.
    """

    name: str
    unit: str = ""
    note: str = ""
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    serves: str = ""
    values: tuple[ParameterValue, ...] = ()
    origin: Origin = Field(Origin(), exclude=True, repr=False)

    @property
    def range(self) -> tuple[float, float]:
        """The least and the greatest value it may have."""
        low, high = _RANGES.get(self.unit, _ANY_FIGURE)
        return low if self.low is None else self.low, high if self.high is None else self.high

    def figure(self, value: float | str) -> float | date | str:
        """A value as rules compare it: a date where the unit is 日期, words where it is 词, else a number.

        Raises:
            ValueError: it is none of them, or the number is out of range.
        """
        if self.unit == DATE_UNIT:
            return _day(str(value))
        if self.unit == WORDS_UNIT:
            return _words(value)
        number, (low, high) = _number(value), self.range
        if not low <= number <= high:
            raise ValueError(f"“{number:.15g}”不在 {low:.15g} 到 {high:.15g} 之间")
        return number


# What a figure may be, by its unit.
_RANGES: Mapping[str, tuple[float, float]] = {
    "比例": (0, 1),
    "百分点": (0, 100),
    "岁": (0, 150),
    "周岁": (0, 150),
    "年": (1949, 2100),
    "1 是": (0, 1),
}
_ANY_FIGURE = (0, 1e12)
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"“{text}”应是 2020-06-30 这样的日期") from error


def _words(value: float | str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"“{value}”应是词，几个词用空格隔开")
    return value.strip()


def _number(value: float | str) -> float:
    """A number as it is written in a file or after --set; Python would also take ４０００, 4_000, NaN."""
    if isinstance(value, str) and not _PLAIN_NUMBER.fullmatch(value.strip()):
        raise ValueError(f"“{value}”应是数，用半角数字写，如 4000、0.3")
    if not isfinite(number := float(value)):
        raise ValueError(f"“{value}”不是一个确定的数")
    return number
