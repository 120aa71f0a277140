"""Who visits whom: nobody his own household or village, loads even, rounds short (FLD-10, FLD-11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from fupin_audit.delivery import Delivery
from fupin_audit.followup.sampling.frame import ListedHousehold, rows_of
from fupin_audit.results.place import Place

_CADRES = "驻村干部"
_HELPER, _HELPER_ID = "帮扶人", "帮扶人证件号码"


@dataclass(frozen=True, slots=True)
class Checker:
    """Somebody who can visit households; `town` and `village` are where he works or lives, as far as known."""

    name: str
    id_number: str = ""
    town: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who makes a visit, on which day of his round, counted from 1; empty where nobody may."""

    checker: str = ""
    day: int = 0


@dataclass(frozen=True)
class Ties:
    """Who is bound to whom, by name and by ID number.

    Attributes:
        helpers: 户编号 → names and ID numbers of those who help the household, now or before.
        cadres: (乡镇, 村) → names of the cadres posted there.
    """

    helpers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cadres: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def bar(self, checker: Checker, household: ListedHousehold) -> bool:
        """Whether the checker must not visit the household."""
        town, village = household.place.town, household.place.village
        names = {checker.name, checker.id_number} - {""}
        posted = (self.cadres.get(key, frozenset()) for key in ((town, village), ("", village)))
        bound = self.helpers.get(household.number, frozenset()).union(*posted)
        at_home = checker.village == village != "" and checker.town in {"", town}
        return at_home or not names.isdisjoint(bound)


def ties_of(delivery: Delivery) -> Ties:
    """Helpers named in any ledger that has 户编号 and 帮扶人; cadres of 驻村干部."""
    helpers: dict[str, set[str]] = {}
    for title in delivery.tables:
        for name, id_number, household in rows_of(delivery, title, (_HELPER, _HELPER_ID, "户编号")):
            helpers.setdefault(household, set()).update((name, id_number))
    cadres: dict[tuple[str, str], set[str]] = {}
    for village, town, name in rows_of(delivery, _CADRES, ("村", "乡镇", "姓名")):
        cadres.setdefault((town, village), set()).add(name)
    return Ties(
        {number: frozenset(names - {""}) for number, names in helpers.items()},
        {village: frozenset(names - {""}) for village, names in cadres.items()},
    )


def assign(
    visits: Mapping[str, ListedHousehold], checkers: Sequence[Checker], ties: Ties, per_day: int
) -> dict[str, Duty]:
    """Share the visits out, village by village, as evenly as the ties allow.

    Args:
        visits: 核查编号 → household, in the order of places.
        checkers: who can go; their names differ.
        ties: who may not go where.
        per_day: most visits one checker makes in a day.

    Returns:
        核查编号 → duty; an empty duty where every checker is barred.
    """
    fair = ceil(len(visits) / max(len(checkers), 1))
    loads: Counter[str] = Counter()
    last: dict[str, Place] = {}
    duties: dict[str, Duty] = {}

    def burden(checker: Checker, place: Place) -> tuple[bool, bool, int]:
        return loads[checker.name] >= fair, last.get(checker.name) != place, loads[checker.name]

    for code, household in visits.items():
        allowed = [checker for checker in checkers if not ties.bar(checker, household)]
        if not allowed:
            duties[code] = Duty()
            continue
        name = min(allowed, key=lambda checker: burden(checker, household.place)).name
        duties[code] = Duty(name, loads[name] // per_day + 1)
        loads[name] += 1
        last[name] = household.place
    return duties
