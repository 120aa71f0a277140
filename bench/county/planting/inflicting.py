"""Planting faults, each in a household of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from county.planting.fault import Case, Fault, Find
from county.planting.places import Places, case_in, seat
from county.planting.ranks import rank, share
from county.records.record import Record, Village, ended


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


def plant(
    villages: Sequence[Village], faults: Iterable[Fault], sample: str, register: Places
) -> tuple[list[Expected], Places]:
    """Plant every fault once, where the register says or its name falls.

    Returns:
        What the audit must find, and the register as it is now.

    Raises:
        LookupError: no household is left that a fault may stand in.
    """
    seats = seat(villages, faults, sample, register)
    places = {fault.name: case.numbers for fault, case in seats}
    before = _counts(villages)
    expected = [each for fault, case in seats for each in inflict(fault, case)]
    _recount(villages, before)
    return expected, places


def scatter(village: Village, faults: Sequence[Fault], rate: float, seed: int) -> list[Expected]:
    """Plant faults in that share of the village's households, in each the one whose name ranks first."""
    before = _counts([village])
    expected: list[Expected] = []
    for dossier in village.dossiers:
        number = dossier.household.text("户编号")
        if share(f"{seed}", number) < rate:
            fitting = ((fault, case_in(dossier, village, fault)) for fault in _ranked(faults, seed, number))
            chosen = next(((fault, case) for fault, case in fitting if case), None)
            expected += inflict(*chosen) if chosen else []
    _recount([village], before)
    return expected


def _ranked(faults: Sequence[Fault], seed: int, number: str) -> list[Fault]:
    return sorted(faults, key=lambda fault: rank(f"{seed}", number, fault.name))


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
