"""All faults; their order means nothing."""

from __future__ import annotations

from county.faults.of_books import (
    archives,
    cells,
    departments,
    field,
    funds,
    industry,
    problems,
    reconciliations,
    villages,
)
from county.faults.of_households import (
    benefits,
    helpers,
    household,
    housing,
    income,
    keys,
    monitoring,
    monitoring_facts,
    procedures,
    status,
    targets,
    water,
)
from county.faults.of_persons import education, employment, identity, medical, security
from county.planting.fault import Fault

FAULTS: tuple[Fault, ...] = (
    *cells.FAULTS,
    *identity.FAULTS,
    *keys.FAULTS,
    *household.FAULTS,
    *status.FAULTS,
    *income.FAULTS,
    *education.FAULTS,
    *medical.FAULTS,
    *housing.FAULTS,
    *water.FAULTS,
    *security.FAULTS,
    *employment.FAULTS,
    *industry.FAULTS,
    *helpers.FAULTS,
    *procedures.FAULTS,
    *targets.FAULTS,
    *benefits.FAULTS,
    *monitoring.FAULTS,
    *monitoring_facts.FAULTS,
    *reconciliations.FAULTS,
    *archives.FAULTS,
    *departments.FAULTS,
    *field.FAULTS,
    *funds.FAULTS,
    *problems.FAULTS,
    *villages.FAULTS,
)
