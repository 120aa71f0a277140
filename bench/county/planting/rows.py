"""Rows a fault enters into further ledgers."""

from __future__ import annotations

from county.planting.fault import Case, Step
from county.planting.steps import Given
from county.records.numbers import rebuilt
from county.records.record import Record, Row


def _filled(case: Case, values: dict[str, Given]) -> Row:
    return {name: value(case) if callable(value) else value for name, value in values.items()}


def enter(ledger: str, **values: Given) -> Step:
    """A row for the chosen member."""

    def step(case: Case) -> None:
        who = {name: case.person.values[name] for name in ("姓名", "证件号码")}
        case.dossier.records.append(Record(ledger, who | _filled(case, values)))

    return step


def beside(ledger: str, **values: Given) -> Step:
    """A row for somebody who is in no household: `台账#外`."""

    def step(case: Case) -> None:
        number = rebuilt(case.dossier.head.text("证件号码"), turn=60)
        who: Row = {"姓名": f"钱{case.dossier.head.text('姓名')[1:]}", "证件号码": number}
        case.village.records.append(Record(ledger, who | _filled(case, values)))

    return step


def strike(ledger: str) -> Step:
    """Take the chosen member's rows, all of them, out of a ledger."""

    def step(case: Case) -> None:
        number = case.person.values["证件号码"]
        case.dossier.records = [
            row
            for row in case.dossier.records
            if row.ledger != ledger or row.values.get("证件号码") != number
        ]

    return step


def without(ledger: str, **values: object) -> Step:
    """Take all of the household's rows with these values out of a ledger."""

    def kept(row: Record) -> bool:
        return row.ledger != ledger or any(row.values[name] != value for name, value in values.items())

    def step(case: Case) -> None:
        case.dossier.records = [row for row in case.dossier.records if kept(row)]

    return step
