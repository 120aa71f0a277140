"""Where a village's chance comes from."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from county.records.names import NameBook
from county.records.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Draw:
    """Where a village's chance, names and numbers come from."""

    rng: Random
    names: NameBook
    numbers: Numbers
