"""All faults, in the order of the rule families."""

from __future__ import annotations

from county.faults import cells, household, identity, income, keys, patients, pupils, services, walls
from county.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    *cells.FAULTS,
    *identity.FAULTS,
    *keys.FAULTS,
    *household.FAULTS,
    *income.FAULTS,
    *services.FAULTS,
    *walls.FAULTS,
    *pupils.FAULTS,
    *patients.FAULTS,
)
