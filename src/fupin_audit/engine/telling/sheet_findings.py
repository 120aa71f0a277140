"""Findings of the checks that follow from models and reading: cell by cell, and sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fupin_audit.delivery import Delivery
from fupin_audit.engine.judging.cell_checks import HINT, SAID
from fupin_audit.engine.judging.failures import CitedCell, Failure
from fupin_audit.engine.judging.verdicts import Verdicts
from fupin_audit.engine.loaded.subjects import NOBODY, Subjects, fingerprint
from fupin_audit.engine.telling.as_findings import BLANK, finding_about, with_apart
from fupin_audit.engine.telling.basis import Citations, RestedOn
from fupin_audit.ledgers.types.codes import national_profile
from fupin_audit.masking import told_apart
from fupin_audit.results.finding import Finding
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.place import Location
from fupin_audit.rulepack.declared.rule import CellRule

# Between the levels of a header of several rows; the lowest stands in the cell that is cited.
_LEVELS = "›"
_TEXT = "原文"


def cell_findings(
    rule: CellRule, verdicts: Verdicts, subjects: Subjects, citations: Citations
) -> Iterator[Finding]:
    """One finding a wrong cell."""
    for failure in verdicts.failures:
        cell = failure.cells[0]
        ledger, row, field = cell.at
        subject, other = subjects.of(ledger, row), failure.instead
        here = subjects.foreign(ledger, other) if other else subjects.location(ledger, row, field)
        suggested = _SUGGESTIONS.get(rule.id, _suggestion)(failure.values[HINT])
        said = {_TEXT: here.value or BLANK, SAID: failure.values[SAID], HINT: suggested}
        apart = told_apart(_masks(cell, failure, subjects))
        rested = citations.of(subject.place.county)
        yield finding_about(rule, ledger, subject)(
            fields={field: here.value},
            locations=_locations(here, failure, subjects),
            message=with_apart(_say(rule, {"台账": ledger, "字段": field, **said}), apart),
            basis=rested.basis,
            basis_kind=rested.kind,
            fingerprint=fingerprint(rule.id, ledger, subject.key, field),
            apart=apart,
            responsible=subjects.responsible.of(rule.owner, subject.home, rested.basis),
        )


def _masks(cell: CitedCell, failure: Failure, subjects: Subjects) -> Iterator[tuple[str, str]]:
    """What is shown of a cell and of its repeats, with what they say."""
    repeats = [other.text for other in failure.repeats if other.text]
    own = (failure.instead and failure.instead.text) or subjects.whole(cell.at, cell.value)
    for text in (own, *repeats) if repeats else ():
        yield subjects.hidden(cell.at.ledger, cell.at.field, text), text


def _locations(here: Location, failure: Failure, subjects: Subjects) -> tuple[Location, ...]:
    there = [subjects.foreign(here.ledger, other) for other in failure.repeats]
    there += [subjects.location(*other.at) for other in failure.cells[1:]]
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


def sheet_findings(rule: CellRule, delivery: Delivery, rested: RestedOn) -> Iterator[Finding]:
    """Findings of a check that looks at sheets and files rather than cells."""
    for at, said in _SHEET_CHECKS[rule.id](delivery):
        key = said.get(_TEXT, ""), said.get(SAID, "")
        yield finding_about(rule, at.ledger, NOBODY)(
            fields={at.field: said.get(_TEXT)} if at.field else {},
            locations=(at,),
            message=_say(rule, {"台账": at.ledger, "字段": at.field, **said}),
            basis=rested.basis,
            basis_kind=rested.kind,
            fingerprint=fingerprint(rule.id, at.ledger, key, at.field),
        )


_Told = tuple[Location, Mapping[str, str]]
"""The sheet, or the cell of it, that is wrong, and what the sentence says besides its ledger and field."""


def _missing_columns(delivery: Delivery) -> Iterator[_Told]:
    """CEL-02."""
    for index, ledger, field in delivery.missing_columns:
        sheet = delivery.inputs[index]
        header = f"A{sheet.header_row}" if sheet.header_row else ""
        yield Location(sheet.file, sheet.sheet, header, None, ledger, field), {}


def _unknown_columns(delivery: Delivery) -> Iterator[_Told]:
    """CEL-07."""
    for sheet in (item for item in delivery.inputs if item.ledgers):
        for unknown in sheet.unrecognised:
            cell, lowest = f"{unknown.letter}{sheet.header_row}", unknown.header.rpartition(_LEVELS)[2]
            at = Location(sheet.file, sheet.sheet, cell, lowest, sheet.ledgers[0])
            yield at, {_TEXT: unknown.header, HINT: _suggestion(unknown.nearest)}


def _unknown_sheets(delivery: Delivery) -> Iterator[_Told]:
    """CEL-08; a sheet whose needed column is missing is CEL-02 instead."""
    lacking = {index for index, _, _ in delivery.missing_columns}
    for index, sheet in enumerate(delivery.inputs):
        if not sheet.ledgers and not sheet.error and index not in lacking:
            yield _whole(sheet), {SAID: sheet.doubt or "没有像的台账"}


def _unreadable(delivery: Delivery) -> Iterator[_Told]:
    """CEL-10."""
    for sheet in (item for item in delivery.inputs if item.error):
        yield _whole(sheet), {SAID: sheet.error}


def _whole(sheet: InputSheet) -> Location:
    return Location(sheet.file, sheet.sheet, "", None)


_SHEET_CHECKS = {
    "CEL-02": _missing_columns,
    "CEL-07": _unknown_columns,
    "CEL-08": _unknown_sheets,
    "CEL-10": _unreadable,
}
BUILT_IN = tuple(_SHEET_CHECKS)
