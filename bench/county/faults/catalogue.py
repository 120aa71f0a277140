"""All faults, in the order of the rule families."""

from __future__ import annotations

from county.faults import (
    cells,
    funds,
    helpers,
    homes,
    household,
    identity,
    income,
    industry,
    keys,
    livelihood,
    loans,
    patients,
    procedures,
    pupils,
    services,
    standing,
    supports,
    targets,
    villages,
    walls,
    watched,
    workers,
)
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
    *standing.FAULTS,
    *livelihood.FAULTS,
    *homes.FAULTS,
    *helpers.FAULTS,
    *procedures.FAULTS,
    *industry.FAULTS,
    *loans.FAULTS,
    *funds.FAULTS,
    *villages.FAULTS,
    *supports.FAULTS,
    *workers.FAULTS,
    *targets.FAULTS,
    *watched.FAULTS,
)
