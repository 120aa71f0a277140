"""Invented numbers: resident IDs of an unassigned region, phones, accounts, keys.

Villages draw from disjoint ranges, so that numbers are unique without a list of all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

_REGION = 990101  # GB/T 2260 has no 99
_VILLAGES_A_REGION = 8
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def check_digit(first17: str) -> str:
    """The last character of a resident ID (GB 11643).

    >>> check_digit("99010120000101001")
    '8'
    """
    return _CHECK[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def id_number(region: int, born: date, sequence: int) -> str:
    """An 18-digit resident ID; an odd sequence is a man's."""
    first17 = f"{region:06d}{born:%Y%m%d}{sequence:03d}"
    return first17 + check_digit(first17)


def rebuilt(number: str, *, region: str = "", born: date | None = None, turn: int = 0) -> str:
    """The ID with another region, birth date or sequence (moved by `turn`), and a valid check digit."""
    birth = f"{born:%Y%m%d}" if born else number[6:14]
    first17 = f"{region or number[:6]}{birth}{int(number[14:17]) + turn:03d}"
    return first17 + check_digit(first17)


@dataclass
class Numbers:
    """Draws the numbers of one village.

    Attributes:
        village: index of the village in the county, from 0.
    """

    village: int
    _taken: dict[tuple[date, bool], int] = field(default_factory=dict)
    _phones: int = 0

    def resident_id(self, born: date, *, male: bool) -> str:
        """A new ID number."""
        count = self._taken.get((born, male), 0)
        self._taken[born, male] = count + 1
        lane = 100 * (self.village % _VILLAGES_A_REGION) + 100
        return id_number(_REGION + self.village // _VILLAGES_A_REGION, born, lane + 2 * count + male)

    def phone(self) -> str:
        """A new phone number."""
        self._phones += 1
        return f"199{self.village * 500 + self._phones:08d}"

    def household(self, order: int) -> str:
        """户编号 of the village's household `order`, counted from 1."""
        return f"9901{self.village + 1:06d}{order:04d}"

    def account(self, order: int) -> str:
        """An invented bank account of that household."""
        return f"6299{self.village + 1:06d}{order:04d}00001"
