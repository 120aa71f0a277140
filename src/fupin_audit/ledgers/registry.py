"""All ledgers, in the order of the vocabulary."""

from __future__ import annotations

from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.households import Household, HouseholdYear, PlatformHousehold
from fupin_audit.ledgers.persons import Person, PlatformPerson

LEDGERS: tuple[type[Ledger], ...] = (
    Household,
    Person,
    HouseholdYear,
    PlatformHousehold,
    PlatformPerson,
)


def ledger(title: str) -> type[Ledger]:
    """The ledger of that title.

    Raises:
        UsageError: there is none; the message names the nearest.
    """
    for model in LEDGERS:
        if model.title == title:
            return model
    from rapidfuzz import process  # only a wrong title needs it

    nearest = process.extractOne(title, [model.title for model in LEDGERS])
    raise UsageError(f"没有台账“{title}”，最接近的是“{nearest[0]}”。全部台账见 fupin-audit ledgers list")
