"""One household for programs: UTF-8 JSON described by `schema/show.schema.json`."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from fupin_audit.reports.findings.json_file import finding_object
from fupin_audit.results.household import HouseholdView, Line, MemberView, RecordView, Said
from fupin_audit.results.place import Location
from fupin_audit.writing.json_text import dump_object
from fupin_audit.writing.marks import json_mark

SCHEMA = Path(__file__).parents[1] / "schema" / "show.schema.json"
MARK = json_mark("version", "as_of", "revealed", "household")


def write(view: HouseholdView, sink: BinaryIO) -> None:
    """Writes the view, one line, member, record or finding a line."""
    head: dict[str, object] = {
        "version": view.version,
        "as_of": view.as_of.isoformat(),
        "revealed": view.revealed,
        "household": view.code,
        "head": view.head,
        "county": view.place.county,
        "town": view.place.town,
        "village": view.place.village,
        "missing": view.missing,
        "undelivered": view.undelivered,
        "unreadable": [sheet.file for sheet in view.unreadable],
    }
    arrays: dict[str, object] = {
        "books": map(_line, view.books),
        "lines": map(_line, view.lines),
        "members": map(_member, view.members),
        "records": map(_record, view.records),
        "findings": map(finding_object, view.findings),
    }
    dump_object(head | arrays, sink)


def _line(line: Line) -> dict[str, object]:
    said = list(map(_said, line.said))
    return {"field": line.name, "agrees": line.agrees, "apart": line.apart, "said": said}


def _said(said: Said) -> dict[str, object]:
    return {"book": said.book, "value": said.value, "location": _location(said.at)}


def _location(at: Location) -> dict[str, object]:
    return {"file": at.file, "sheet": at.sheet, "cell": at.cell, "value": at.value}


def _member(member: MemberView) -> dict[str, object]:
    return {
        "person": member.name,
        "relation": member.relation,
        "number": member.number,
        "state": member.state,
        "lines": list(map(_line, member.lines)),
    }


def _record(record: RecordView) -> dict[str, object]:
    fields = {said.at.field: said.value for said in record.cells}
    return {"book": record.book, "person": record.person, "location": _location(record.at), "fields": fields}
