"""Which household each fault is planted in.

A fault keeps the households that the register gives it, as long as they fit. One that stands in no register gets,
of those that are free, the household that its own name ranks first: so whoever comes or goes, the others stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from county.planting.fault import Case, Fault
from county.planting.ranks import rank
from county.records.record import Dossier, Record, Village, ended

Places: TypeAlias = Mapping[str, Sequence[str]]  # fault → 户编号 of its household and of its companions
_RARE, _CROWD = 3, 5  # households


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fault that needs a place, and where it may stand: 户编号 → case, as its name ranks them."""

    fault: Fault
    cases: Mapping[str, Case]

    def together(self, numbers: Sequence[str]) -> Case | None:
        """The case of these households, if they are as many and as near as the fault needs."""
        villages = {self.cases[number].village.index for number in numbers}
        near = len(villages) == 1 or not self.fault.together
        if len(numbers) != 1 + self.fault.companions or not near:
            return None
        first, *others = (self.cases[number] for number in numbers)
        return replace(first, others=tuple(others))


@dataclass(frozen=True, slots=True)
class Seating:
    """The households of one sample, given to one fault after the other.

    Attributes:
        holders: 户编号 → the fault that has it.
    """

    holders: dict[str, str] = field(default_factory=dict)

    def keep(self, wanted: Wanted, numbers: Sequence[str]) -> Case | None:
        """Give a fault the households it has had, if all of them still fit and are free."""
        if not set(numbers) <= set(self._free(wanted)):
            return None
        return self._given(wanted, numbers)

    def find(self, wanted: Wanted) -> Case:
        """Give a fault the free households that its name ranks first.

        Raises:
            LookupError: there are none.
        """
        free = self._free(wanted)
        for first in free:
            others = [number for number in free if number != first and _near(wanted, first, number)]
            case = self._given(wanted, (first, *others[: wanted.fault.companions]))
            if case:
                return case
        holders = sorted({self.holders[number] for number in wanted.cases if number in self.holders})
        raise LookupError(
            f"no household is left for {wanted.fault.name}: {len(wanted.cases)} would do, held by "
            f"{'、'.join(holders) or 'nobody'}. Give the sample's shape another village, or strike one of them "
            f"from planted.yaml, so that it looks for another household"
        )

    def _free(self, wanted: Wanted) -> list[str]:
        taken = set() if wanted.fault.elsewhere else self.holders.keys()
        return [number for number in wanted.cases if number not in taken]

    def _given(self, wanted: Wanted, numbers: Sequence[str]) -> Case | None:
        case = wanted.together(numbers)
        if case and not wanted.fault.elsewhere:
            self.holders.update(dict.fromkeys(numbers, wanted.fault.name))
        return case


def seat(
    villages: Sequence[Village], faults: Iterable[Fault], sample: str, register: Places
) -> list[tuple[Fault, Case]]:
    """Every fault with its case, in the order of their names.

    Those in the register come first, then whoever has hardly a household to choose from, then the crowds, then the
    others, the fewer they may choose from, the sooner; ties go by the rank of the name, never by the order of the
    faults.
    """
    seating = Seating()
    everyone = [_wanted(villages, fault, sample) for fault in faults]
    everyone.sort(key=lambda wanted: _order(wanted, sample))
    kept = {each.fault.name: seating.keep(each, register.get(each.fault.name, ())) for each in everyone}
    seats = [(each.fault, kept[each.fault.name] or seating.find(each)) for each in everyone]
    return sorted(seats, key=lambda seated: seated[0].name)


def case_in(dossier: Dossier, village: Village, fault: Fault) -> Case | None:
    """The fault's case in a household, if it may stand there."""
    person = _member(dossier, fault)
    return Case(dossier, person, village) if person is not None and fault.where(dossier) else None


def _wanted(villages: Sequence[Village], fault: Fault, sample: str) -> Wanted:
    every = (case_in(dossier, village, fault) for village in villages for dossier in village.dossiers)
    cases = {case.numbers[0]: case for case in every if case}
    ranked = sorted(cases, key=lambda number: rank(sample, fault.name, number))
    return Wanted(fault, {number: cases[number] for number in ranked})


def _order(wanted: Wanted, sample: str) -> tuple[bool, bool, int, int]:
    few, crowd = len(wanted.cases) <= _RARE, wanted.fault.companions >= _CROWD
    return not few, not crowd, len(wanted.cases), rank(sample, wanted.fault.name)


def _near(wanted: Wanted, one: str, other: str) -> bool:
    return not wanted.fault.together or wanted.cases[one].village is wanted.cases[other].village


def _member(dossier: Dossier, fault: Fault) -> Record | None:
    if fault.who is None:
        return dossier.head
    ordered = sorted(dossier.people, key=ended)
    return next((person for person in ordered if fault.who(person)), None)
