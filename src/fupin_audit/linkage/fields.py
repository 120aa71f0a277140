"""What two records are compared by, in levels of agreement, and what is taken for granted before data speak.

The weight of a level is log2(m / u) bits (Fellegi & Sunter 1969): m its share among pairs of rows of one person,
u among pairs of rows of two people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BLANK = -1
"""The level of a field that is blank on either side: it says nothing."""


@dataclass(frozen=True)
class ComparedField:
    """One field.

    Attributes:
        name: as people read it.
        levels: the levels of agreement, closest first.
        same: their shares among pairs of one person, as they are assumed.
        different: among pairs of two people.
    """

    name: str
    levels: tuple[str, ...]
    same: tuple[float, ...]
    different: tuple[float, ...]


NAME = ComparedField(
    "姓名",
    ("相同", "同音、近音或形近", "差一个字", "不同"),
    (0.925, 0.05, 0.023, 0.002),
    (0.0005, 0.001, 0.0085, 0.99),
)
BIRTH = ComparedField(
    "出生",
    ("相同", "月日颠倒", "只差一年", "差一位数", "不同"),
    (0.93, 0.01, 0.02, 0.03, 0.01),
    (0.00004, 0.00005, 0.00008, 0.0012, 0.99863),
)
SEX = ComparedField("性别", ("相同", "不同"), (0.99, 0.01), (0.5, 0.5))
PLACE = ComparedField("村", ("同村", "同乡镇", "不同乡镇"), (0.90, 0.06, 0.04), (0.01, 0.09, 0.90))

FIELDS = (NAME, BIRTH, SEX, PLACE)
AT = {field: at for at, field in enumerate(FIELDS)}

SAME_ASSUMED = tuple(np.array(field.same) for field in FIELDS)
DIFFERENT_ASSUMED = tuple(np.array(field.different) for field in FIELDS)
