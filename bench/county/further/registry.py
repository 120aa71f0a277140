"""All families of further ledgers, in the order in which they are made."""

from __future__ import annotations

from county.further import registers
from county.further.family import Family

FAMILIES: tuple[Family, ...] = (registers.FAMILY,)
