"""Changes a fault makes to the records of a household."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from county.households.settling import book_elsewhere, bring_to, settle_year, share_out
from county.planting.fault import Case, Step
from county.records.numbers import rebuilt
from county.records.record import AUDIT_YEAR, Record, Value

Given: TypeAlias = Value | Callable[[Case], Value]


def put(targets: Mapping[str, Given]) -> Step:
    """Set fields, written `台账.字段`.

    `各处.字段` is meant wherever the household's records carry it, in all years; `现.字段` likewise
    without the year before.
    """

    def step(case: Case) -> None:
        for target, given in targets.items():
            ledger, _, name = target.partition(".")
            value = given(case) if callable(given) else given
            for record in _meant(case, ledger, name):
                record.values[name] = value

    return step


def _meant(case: Case, ledger: str, name: str) -> Iterator[Record]:
    if ledger not in {"各处", "现"}:
        yield case.record(ledger)
        return
    for record in case.dossier.records:
        past = record.ledger == "户年度" and record.values["年度"] != AUDIT_YEAR
        if name in record.values and not (ledger == "现" and past):
            yield record


def plus(target: str, amount: float) -> Given:
    """A field's value and so much more."""
    ledger, _, name = target.partition(".")
    return lambda case: round(case.record(ledger).number(name) + amount, 2)


def move(ledger: str, source: str, target: str, amount: float | None = None) -> Step:
    """Book an amount, or all there is, under another field."""
    return lambda case: book_elsewhere(case.record(ledger), source, target, amount)


def settle(*ledgers: str) -> Step:
    """Work out 年收入, 纯收入, 人均纯收入 again from the parts, and carry them to where they are repeated."""

    def step(case: Case) -> None:
        for ledger in ledgers or ("户年度",):
            settle_year(case.dossier, case.record(ledger))

    return step


def per_head(case: Case) -> None:
    """Work out 人均纯收入 of both years again from 纯收入 and 家庭人口."""
    for year in case.dossier.years:
        share_out(case.dossier, year)


def reach(amount: float, ledger: str = "户年度") -> Step:
    """Bring 人均纯收入 of a year to an amount by more or less 生产经营性收入."""
    return lambda case: bring_to(case.dossier, case.record(ledger), amount)


def lose(ledger: str) -> Step:
    """Take the row out of a ledger."""

    def step(case: Case) -> None:
        case.dossier.records.remove(case.record(ledger))

    return step


def twice(ledger: str, **changes: Value) -> Step:
    """Enter a row a second time, perhaps with other values."""

    def step(case: Case) -> None:
        row = case.record(ledger)
        at = case.dossier.records.index(row)
        case.dossier.records.insert(at + 1, Record(ledger, row.values | changes))

    return step


def differ(target: str, value: Given) -> Step:
    """Let the chosen member's row repeat a household column with another value."""

    def step(case: Case) -> None:
        case.person.repeats[target] = value(case) if callable(value) else value

    return step


def renumber(*, region: str = "", born: date | None = None, turn: int = 0) -> Step:
    """Give the person another valid ID everywhere, with the birth date and sex it says."""

    def step(case: Case) -> None:
        old = case.person.text("证件号码")
        new = rebuilt(old, region=region, born=born, turn=turn)
        carry(case, old, new)
        case.person.values["出生日期"] = born or case.person.values["出生日期"]
        case.person.values["性别"] = "男" if int(new[16]) % 2 else "女"

    return step


def carry(case: Case, old: str, new: str) -> None:
    """Put a new ID number wherever the household's records have the old one."""
    for record in case.dossier.records:
        for name, value in record.values.items():
            if isinstance(value, str) and old in value:
                record.values[name] = value.replace(old, new)


def with_others(*steps: Step) -> Step:
    """The same steps in every further household."""

    def step(case: Case) -> None:
        for other in case.others:
            for each in steps:
                each(other)

    return step


another_cause = put({"各处.主要致贫原因": "缺技术", "户.其他致贫原因": None})
"""The household is poor for what nobody's health or schooling bears out."""
