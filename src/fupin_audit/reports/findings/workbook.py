"""整改台账: the workbook a county sends to its villages, with what is wrong, who mends it and how it stands."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import BinaryIO, TypeVar

from fupin_audit.reports.findings.sheets.findings_sheet import (
    Heading,
    Row,
    finding_rows,
    row,
    with_added,
    write_findings,
)
from fupin_audit.reports.findings.sheets.gone_sheet import GONE, NOTE, write_gone
from fupin_audit.reports.findings.sheets.summary_sheet import TITLE, write_summary
from fupin_audit.reports.findings.sheets.unlike_sheet import UNLIKE, write_unlike
from fupin_audit.reports.findings.three_books import SHEET, lines, write_books
from fupin_audit.reports.findings.village_tally import UNPLACED, tallies
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.carried import NOTHING, Carried
from fupin_audit.results.finding import ABOUT_READING, Finding, Severity
from fupin_audit.results.place import Place
from fupin_audit.writing.excel import new_workbook
from fupin_audit.writing.marks import LEDGER_BOOK, workbook_mark
from fupin_audit.writing.row_filling import Rows, fill_rows
from fupin_audit.writing.sheet_names import SheetNames
from fupin_audit.writing.workbook_style import Style

Part = TypeVar("Part")
_, SUMMARY, ALL_FINDINGS = LEDGER_BOOK
MARK = workbook_mark(*LEDGER_BOOK)
_BOOKS_TITLE = "三本账：系统、明白卡、扶贫手册"
_BOOKS_NOTE = "只列不一致的项目；空格是没有核对或没有填写，红底是与另两本都不同的"
FOR_READING = (SUMMARY, UNLIKE)
"""Sheets nobody fills in."""
TIPS = "列名提示"
_TIPS_NOTE = "列名、隐藏字符等读表时的提示，不是数据的错误"
_MOST_ROWS = 1_000_000  # Excel ends at 1,048,576
_MOST_SHEETS = 400  # more are of no use to anyone: such a workbook gets one sheet a town


def write(result: AuditResult, sink: BinaryIO, carried: Carried = NOTHING) -> None:
    """Writes a summary, all findings, one sheet a village, where three books or copies differ, what is gone."""
    names = SheetNames()
    for name in (SUMMARY, UNLIKE, GONE, TIPS):
        names.new(name)
    everything = Heading(names.new(ALL_FINDINGS), TITLE, _note(result, [f.severity for f in result.records]))
    columns = with_added(carried.headings, result)
    result = replace(result, records=tuple(sorted(result.records, key=_urgency)))
    written = [row(item, columns, carried.findings.get(item.fingerprint, {})) for item in result.records]
    rows, tips = _apart(result.records, written)
    counted = tallies(result)
    areas = _areas(result.records)
    by_area = _by_area(result, written, areas)
    headings = {area: _heading(area, names, result, found) for area, found in by_area.items()}
    links = {place: headings[area].sheet for place, area in areas.items()}
    frame = io.BytesIO()
    filled: dict[int, Rows] = {}
    with new_workbook(frame, TITLE, result.as_of, {"constant_memory": True}) as book:
        style = Style(book)
        write_summary(book.add_worksheet(SUMMARY), result, counted, style, links)
        if carried.unlike:
            write_unlike(book.add_worksheet(UNLIKE), carried.unlike, style)
        sheets = [(everything, rows), *((headings[area], by_area[area]) for area in by_area)]
        if tips:
            sheets.append((_about_reading(result, tips), tips))
        for heading, found in sheets:
            for part, portion in _parts(heading, found, names):
                write_findings(book.add_worksheet(part.sheet), part, portion, columns, style)
                filled[len(book.worksheets())] = partial(finding_rows, portion, columns)
        if unlike := lines(result.records)[:_MOST_ROWS]:
            heading = Heading(names.new(SHEET), _BOOKS_TITLE, f"{_BOOKS_NOTE}；{everything.note}")
            write_books(book.add_worksheet(heading.sheet), heading, unlike, carried.books, style)
        for part, gone in _parts(Heading(GONE, GONE, NOTE), carried.gone, names) if carried.gone else ():
            write_gone(book.add_worksheet(part.sheet), part, gone, columns, style)
    fill_rows(frame, sink, filled)


def _urgency(finding: Finding) -> tuple[object, ...]:
    """The gravest first; those of one severity by place and household, as they are mended there."""
    place = finding.place
    return (finding.severity.rank, place.county, place.town, place.village, finding.household, finding.rule)


def _apart(findings: Sequence[Finding], written: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of what is wrong in the data, and of how columns and sheets were read."""
    found: tuple[list[Row], list[Row]] = [], []
    for finding, each in zip(findings, written, strict=True):
        found[finding.rule in ABOUT_READING].append(each)
    return found


def _areas(findings: Sequence[Finding]) -> dict[Place, Place]:
    """Village → the area it shares a sheet with: itself, or its town or county where there are too many.

    The worst village comes first.
    """
    counted = Counter((item.place, item.severity) for item in findings if item.rule not in ABOUT_READING)
    places = sorted({place for place, _ in counted}, key=lambda place: _badness(counted, place))
    for widen in (_village, _town, _county):
        areas = {place: widen(place) for place in places}
        if len(set(areas.values())) <= _MOST_SHEETS:
            return areas
    return {}


def _badness(counted: Mapping[tuple[Place, Severity], int], place: Place) -> tuple[object, ...]:
    return (place == UNPLACED, *(-counted.get((place, severity), 0) for severity in Severity), str(place))


def _village(place: Place) -> Place:
    return place


def _town(place: Place) -> Place:
    return replace(place, village="")


def _county(place: Place) -> Place:
    return replace(place, town="", village="")


def _by_area(
    result: AuditResult, rows: Sequence[Row], areas: Mapping[Place, Place]
) -> dict[Place, list[Row]]:
    """Rows by sheet, the worst village's sheet first; nothing where even counties are too many."""
    found: dict[Place, list[Row]] = {area: [] for area in areas.values()}
    for finding, written in zip(result.records, rows, strict=True):
        if finding.place in areas and finding.rule not in ABOUT_READING:
            found[areas[finding.place]].append(written)
    return found


def _heading(area: Place, names: SheetNames, result: AuditResult, found: Sequence[Row]) -> Heading:
    own = area.village or area.town or area.county or str(area)
    namesakes = {place.town for place in result.households if place.village == area.village}
    name = f"{area.town}{own}" if area.village and len(namesakes) > 1 else own
    return Heading(names.new(name), f"{area}整改台账", _note(result, [written.severity for written in found]))


def _about_reading(result: AuditResult, tips: Sequence[Row]) -> Heading:
    return Heading(TIPS, TIPS, f"{_TIPS_NOTE}；{_note(result, [written.severity for written in tips])}")


def _note(result: AuditResult, found: Sequence[Severity]) -> str:
    counts = "、".join(f"{severity.label} {found.count(severity)}" for severity in Severity)
    filtered = f"；筛选：{result.filtered}" if result.filtered else ""
    revealed = "；含完整个人信息，请妥善保管" if result.revealed else ""
    return f"{counts}；截止日期 {result.as_of.isoformat()}{filtered}{revealed}"


def _parts(
    heading: Heading, found: Sequence[Part], names: SheetNames
) -> Iterator[tuple[Heading, Sequence[Part]]]:
    """The findings in portions a sheet can hold."""
    yield heading, found[:_MOST_ROWS]
    for start in range(_MOST_ROWS, len(found), _MOST_ROWS):
        yield (
            replace(heading, sheet=names.new(heading.sheet), title=f"{heading.title}（续）"),
            found[start : start + _MOST_ROWS],
        )
