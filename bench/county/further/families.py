"""All families of further ledgers, in the order in which they are made."""

from __future__ import annotations

from county.further.family import Family
from county.further.line_departments import (
    drinking_water,
    grants,
    health,
    other_rolls,
    registers,
    resettled,
    welfare,
    work,
)
from county.further.money import budgets, businesses, loans_and_subsidies, projects
from county.further.poverty_office import (
    accounts,
    admissions,
    helping,
    second_system,
    village_office,
    visits,
    watched_households,
    year_before,
)

FAMILIES: tuple[Family, ...] = (
    year_before.FAMILY,
    registers.FAMILY,
    grants.FAMILY,
    health.FAMILY,
    welfare.FAMILY,
    work.FAMILY,
    loans_and_subsidies.FAMILY,
    resettled.FAMILY,
    helping.FAMILY,
    watched_households.FAMILY,
    admissions.FAMILY,
    accounts.FAMILY,
    drinking_water.FAMILY,
    projects.FAMILY,
    businesses.FAMILY,
    budgets.FAMILY,
    second_system.FAMILY,
    visits.FAMILY,
    other_rolls.FAMILY,
    village_office.FAMILY,
)
