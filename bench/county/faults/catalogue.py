"""All faults, in the order of the rule families."""

from __future__ import annotations

from county.faults import cells, household, identity, income, keys, services, walls
from county.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    *cells.FAULTS,
    *identity.FAULTS,
    *keys.FAULTS,
    *household.FAULTS,
    *income.FAULTS,
    *services.FAULTS,
    *walls.FAULTS,
)

WARNINGS = frozenset(
    [
        "CEL-03",
        "CEL-05",
        "CEL-11",
        "CEL-12",
        "CEL-13",
        "ID-04",
        "ID-08",
        "ID-09",
        "ID-10",
        "ID-12",
        "ID-14",
        "KEY-08",
        "KEY-09",
        "KEY-13",
        "KEY-14",
        "HH-01",
        "HH-04",
        "HH-06",
        "HH-08",
        "INC-07",
        "INC-08",
        "INC-09",
        "INC-10",
        "INC-11",
        "INC-12",
        "INC-13",
        "INC-16",
        "INC-18",
        "EDU-03",
        "EDU-04",
        "EDU-05",
        "EDU-06",
        "MED-02",
        "MED-03",
        "MED-04",
        "MED-05",
        "HOU-04",
        "HOU-05",
        "STA-05",
        "STA-06",
        "STA-07",
        "STA-12",
        "SEC-01",
        "SEC-13",
    ]
)
INFOS = frozenset(["CEL-06", "CEL-07", "CEL-08", "ID-13", "HH-05", "INC-17"])


def severity(rule: str) -> str:
    """The rule's severity in the catalogue."""
    if rule in INFOS:
        return "info"
    return "warning" if rule in WARNINGS else "error"
