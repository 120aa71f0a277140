"""All families of further ledgers, in the order in which they are made."""

from __future__ import annotations

from county.further import (
    accounts,
    earlier,
    government,
    health,
    helping,
    industry,
    money,
    monitored,
    moved,
    platform,
    procedures,
    projects,
    registers,
    schooling,
    visits,
    water,
    welfare,
    work,
)
from county.further.family import Family

FAMILIES: tuple[Family, ...] = (
    earlier.FAMILY,
    registers.FAMILY,
    schooling.FAMILY,
    health.FAMILY,
    welfare.FAMILY,
    work.FAMILY,
    money.FAMILY,
    moved.FAMILY,
    helping.FAMILY,
    monitored.FAMILY,
    procedures.FAMILY,
    accounts.FAMILY,
    water.FAMILY,
    projects.FAMILY,
    industry.FAMILY,
    government.FAMILY,
    platform.FAMILY,
    visits.FAMILY,
)
