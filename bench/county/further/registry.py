"""All families of further ledgers, in the order in which they are made."""

from __future__ import annotations

from county.further import (
    accounts,
    government,
    helping,
    industry,
    platform,
    procedures,
    projects,
    registers,
    water,
)
from county.further.family import Family

FAMILIES: tuple[Family, ...] = (
    registers.FAMILY,
    helping.FAMILY,
    procedures.FAMILY,
    accounts.FAMILY,
    water.FAMILY,
    projects.FAMILY,
    industry.FAMILY,
    government.FAMILY,
    platform.FAMILY,
)
