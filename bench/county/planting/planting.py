"""Planting faults, each in a household of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from county.planting.fault import Case, Fault, Find
from county.records.record import Dossier, Record, Village, ended

_CROWD = 5  # households


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding the audit must bring.

    Attributes:
        rule: its rule.
        record, field: the cell to mend.
        household: 户编号; empty for a finding on a sheet or village.
        person: 姓名; empty for a finding on no person.
        severity: where it is another than the rule's.
    """

    rule: str
    record: Record
    field: str
    household: str
    person: str
    severity: str = ""


def plant(villages: Sequence[Village], faults: Iterable[Fault]) -> list[Expected]:
    """Plant every fault once, the crowds and the choosiest first; returns what the audit must find.

    Raises:
        LookupError: no household is left that a fault may stand in.
    """
    wanted = [(fault, list(_cases(villages, fault))) for fault in faults]
    taken: set[int] = set()
    planted: list[tuple[Fault, Case]] = []
    ordered = sorted(wanted, key=lambda item: (item[0].companions < _CROWD, len(item[1])))
    for turn, (fault, cases) in enumerate(ordered):
        case = _choose(fault, cases, set() if fault.elsewhere else taken, turn)
        taken |= {id(each.dossier) for each in (case, *case.others) if not fault.elsewhere}
        planted.append((fault, case))
    before = _counts(villages)
    expected = [each for fault, case in planted for each in inflict(fault, case)]
    _recount(villages, before)
    return expected


def scatter(village: Village, faults: Sequence[Fault], rate: float, rng: Random) -> list[Expected]:
    """Plant faults at random, in that share of the village's households."""
    before = _counts([village])
    expected: list[Expected] = []
    for dossier in village.dossiers:
        if rng.random() < rate:
            for fault in rng.sample(faults, len(faults)):
                person = _member(dossier, fault)
                if person is not None and fault.where(dossier):
                    expected += inflict(fault, Case(dossier, person, village))
                    break
    _recount([village], before)
    return expected


def inflict(fault: Fault, case: Case) -> list[Expected]:
    """Carry out a fault's steps; returns what the audit must find."""
    for step in fault.steps:
        step(case)
    cases = (case, *case.others)
    return [_expected(find, cases[find.other]) for find in fault.finds]


def _expected(find: Find, case: Case) -> Expected:
    ledger, _, field = find.target.partition(".")
    record = case.record(ledger)
    household = str(record.values.get("户编号", case.dossier.household.values["户编号"]))
    named = find.subject in {"person", "stranger"} and "证件号码" in record.values
    person = case.person if find.subject == "member" else record if named else None
    return Expected(
        find.rule,
        record,
        field,
        household="" if find.subject in {"sheet", "stranger"} else household,
        person=str(person.values["姓名"]) if person else "",
        severity=find.severity,
    )


def _cases(villages: Sequence[Village], fault: Fault) -> Iterator[Case]:
    for village in villages:
        for dossier in village.dossiers:
            person = _member(dossier, fault)
            if person is not None and fault.where(dossier):
                yield Case(dossier, person, village)


def _member(dossier: Dossier, fault: Fault) -> Record | None:
    if fault.who is None:
        return dossier.head
    ordered = sorted(dossier.people, key=ended)
    return next((person for person in ordered if fault.who(person)), None)


def _choose(fault: Fault, cases: list[Case], taken: set[int], turn: int) -> Case:
    """A free case, not always from the same village, with its companions."""
    free = [case for case in cases if id(case.dossier) not in taken]
    start = turn * 7 % max(len(free), 1)
    for case in free[start:] + free[:start]:
        rest = [
            other
            for other in free
            if other is not case and (other.village is case.village or not fault.together)
        ]
        if len(rest) >= fault.companions:
            return replace(case, others=tuple(rest[: fault.companions]))
    raise LookupError(f"no household left for the fault {fault.name}")


def _counts(villages: Sequence[Village]) -> dict[object, tuple[int, int]]:
    """Households and present members by village name, as the records have it."""
    counts: dict[object, tuple[int, int]] = {}
    for village in villages:
        for dossier in village.dossiers:
            name = dossier.household.values["村"]
            households, people = counts.get(name, (0, 0))
            counts[name] = households + 1, people + sum(not ended(person) for person in dossier.people)
    return counts


def _recount(villages: Sequence[Village], before: dict[object, tuple[int, int]]) -> None:
    """Let the villages' rows follow what was planted in their households."""
    after = _counts(villages)
    for village in villages:
        row, name = village.summary.values, village.summary.values["村"]
        for field, old, new in zip(("贫困户数", "贫困人口"), before[name], after[name], strict=True):
            row[field] = int(village.summary.number(field)) + new - old
