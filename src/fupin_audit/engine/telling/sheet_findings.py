"""Findings of the checks that follow from models and reading: cell by cell, and sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from fupin_audit.delivery import Delivery
from fupin_audit.engine.judging.cell_checks import CellCheck, Spot
from fupin_audit.engine.loaded.subjects import Subjects, fingerprint
from fupin_audit.engine.telling.as_findings import BLANK
from fupin_audit.ledgers.types.codes import national_profile
from fupin_audit.results.finding import Finding, InputSheet, Location, Place
from fupin_audit.rulepack.declared.policies import citation
from fupin_audit.rulepack.declared.rule import CellRule

# Between the levels of a header of several rows; the lowest stands in the cell that is cited.
_LEVELS = "›"


def passed(check: CellCheck, numbers: np.ndarray, places: int) -> np.ndarray:
    """How many cells passed, by place number."""
    cells = check.judged.astype(np.int64)
    for spot in check.spots:
        cells[spot.row] -= 1
    return np.bincount(numbers, weights=cells, minlength=places).astype(np.int64)


def cell_findings(rule: CellRule, check: CellCheck, subjects: Subjects) -> Iterator[Finding]:
    """One finding a wrong cell."""
    for spot in check.spots:
        subject = subjects.of(spot.ledger, spot.row)
        text = subjects.original(spot.ledger, spot.row, spot.field)
        said = {
            "台账": spot.ledger, "字段": spot.field, "原文": text or BLANK,
            "说明": spot.message, "建议": _SUGGESTIONS.get(rule.id, _suggestion)(spot.hint),
        }  # fmt: skip
        yield Finding(
            rule=rule.id,
            title=rule.title,
            severity=rule.severity,
            ledger=spot.ledger,
            place=subject.place,
            household=subject.household,
            head=subject.head,
            person=subject.person,
            person_id=subject.person_id,
            fields={spot.field: text},
            locations=_locations(spot, subjects),
            message=_say(rule, said),
            why=rule.why,
            fix=rule.fix,
            owner=rule.owner,
            basis=tuple(citation(basis) for basis in rule.basis),
            fingerprint=fingerprint(rule.id, spot.ledger, subject.key, spot.field),
        )


def _locations(spot: Spot, subjects: Subjects) -> tuple[Location, ...]:
    here = subjects.location(spot.ledger, spot.row, spot.field)
    there = [subjects.foreign(spot.ledger, *other) for other in spot.others]
    # Of repeats that disagree, the odd ones out come first: they are the ones to mend.
    return tuple(dict.fromkeys([*there, here]))


def _suggestion(hint: str) -> str:
    return f"最接近的是“{hint}”" if hint else "没有相近的值"


def _profile(label: str) -> str:
    """CEL-12: the profile that could read a bare code, and as what."""
    known = national_profile()
    return (
        f"；{known.title}里是“{label}”，确认用的是这套编码的，加 --codes {known.name} 读取" if label else ""
    )


_SUGGESTIONS = {"CEL-12": _profile}


def _say(rule: CellRule, said: Mapping[str, str]) -> str:
    message = rule.say
    for name, text in said.items():
        message = message.replace(f"{{{name}}}", text)
    return message


def sheet_findings(rule: CellRule, delivery: Delivery) -> Iterator[Finding]:
    """Findings of a check that looks at sheets and files rather than cells."""
    for sheet, ledger, field, said in _SHEET_CHECKS[rule.id](delivery):
        where = said.pop("单元格", "")
        lowest = said["原文"].rpartition(_LEVELS)[2] if "原文" in said else None
        location = Location(sheet.file, sheet.sheet, where, lowest, ledger, field)
        yield Finding(
            rule=rule.id,
            title=rule.title,
            severity=rule.severity,
            ledger=ledger,
            place=Place(),
            household="",
            head="",
            person="",
            person_id="",
            fields={field: said.get("原文")} if field else {},
            locations=(location,),
            message=_say(rule, {"台账": ledger, "字段": field, **said}),
            why=rule.why,
            fix=rule.fix,
            owner=rule.owner,
            basis=tuple(citation(basis) for basis in rule.basis),
            fingerprint=fingerprint(rule.id, ledger, (said.get("原文", ""), said.get("说明", "")), field),
        )


SheetSpot = tuple[InputSheet, str, str, dict[str, str]]


def _missing_columns(delivery: Delivery) -> Iterator[SheetSpot]:
    """CEL-02."""
    for index, ledger, field in delivery.missing_columns:
        sheet = delivery.inputs[index]
        yield sheet, ledger, field, {"单元格": f"A{sheet.header_row}" if sheet.header_row else ""}


def _unknown_columns(delivery: Delivery) -> Iterator[SheetSpot]:
    """CEL-07."""
    for sheet in delivery.inputs:
        if sheet.ledgers:
            for unknown in sheet.unrecognised:
                said = {"原文": unknown.header, "建议": _suggestion(unknown.nearest)}
                yield sheet, sheet.ledgers[0], "", {**said, "单元格": f"{unknown.letter}{sheet.header_row}"}


def _unknown_sheets(delivery: Delivery) -> Iterator[SheetSpot]:
    """CEL-08; a sheet whose needed column is missing is CEL-02 instead."""
    lacking = {index for index, _, _ in delivery.missing_columns}
    for index, sheet in enumerate(delivery.inputs):
        if not sheet.ledgers and not sheet.error and index not in lacking:
            yield sheet, "", "", {"说明": sheet.doubt or "没有像的台账"}


def _unreadable(delivery: Delivery) -> Iterator[SheetSpot]:
    """CEL-10."""
    for sheet in (item for item in delivery.inputs if item.error):
        yield sheet, "", "", {"说明": sheet.error}


_SHEET_CHECKS = {
    "CEL-02": _missing_columns,
    "CEL-07": _unknown_columns,
    "CEL-08": _unknown_sheets,
    "CEL-10": _unreadable,
}
BUILT_IN = tuple(_SHEET_CHECKS)
