"""The comparison other programs read: UTF-8 JSON described by `schema/compare.schema.json`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fupin_audit.results.comparison import (
    ColumnPair,
    ComparedRecord,
    ComparedSheet,
    Comparison,
    Difference,
    Key,
    KeyFit,
    OneSided,
    Repeated,
)
from fupin_audit.results.place import Location
from fupin_audit.writing.json_text import dump_object
from fupin_audit.writing.marks import json_mark

SCHEMA = Path(__file__).parents[1] / "schema" / "compare.schema.json"
MARK = json_mark("version", "same")


def write(found: Comparison, sink: BinaryIO) -> None:
    """Writes the report, one column, difference or row a line."""
    dump_object(_parts(found), sink)


def document(found: Comparison) -> dict[str, object]:
    """The same as a value."""
    return {name: [*part] if isinstance(part, Iterator) else part for name, part in _parts(found).items()}


def _parts(found: Comparison) -> dict[str, object]:
    head: dict[str, object] = {
        "version": found.version,
        "same": found.same,
        "settings": found.settings,
        "revealed": found.revealed,
        "left": _sheet(found.left),
        "right": _sheet(found.right),
        "key": _key(found.key),
        "summary": _summary(found),
    }
    arrays: dict[str, object] = {
        "columns": map(_column, found.columns),
        "differences": map(_difference, found.differences),
        "unread": map(_difference, found.unread),
        "only_left": map(_one_sided, found.only_left),
        "only_right": map(_one_sided, found.only_right),
        "repeated": map(_repeated, found.repeated),
    }
    return head | arrays


def _sheet(sheet: ComparedSheet) -> dict[str, object]:
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "ledgers": sheet.ledgers,
        "header_row": sheet.header_row,
        "rows": sheet.rows,
        "repeated": sheet.repeated,
        "keyless": sheet.keyless,
        "headless": sheet.headless,
        "unpaired": sheet.unpaired,
        "notes": sheet.notes,
    }


def _key(key: Key) -> dict[str, object]:
    return {"columns": key.columns, "given": key.given, "left": _fit(key.left), "right": _fit(key.right)}


def _fit(fit: KeyFit) -> dict[str, object]:
    return {"filled": round(fit.filled, 4), "unique": round(fit.unique, 4), "found": round(fit.found, 4)}


def _summary(found: Comparison) -> dict[str, object]:
    return {
        "paired": found.paired,
        "differing_rows": found.differing,
        "differences": len(found.differences),
        "only_left": len(found.only_left),
        "only_right": len(found.only_right),
        "repeated_keys": len(found.repeated),
        "unread": len(found.unread),
    }


def _column(column: ColumnPair) -> dict[str, object]:
    return {
        "name": column.name,
        "left": {"header": column.left, "column": column.left_letter},
        "right": {"header": column.right, "column": column.right_letter},
        "pairing": column.pairing,
        "kind": column.kind,
        "role": column.role,
        "tolerance": column.tolerance,
        "differing": column.differing,
        "blank_left": column.blank_left,
        "blank_right": column.blank_right,
    }


def _difference(item: Difference) -> dict[str, object]:
    return {
        **_record(item.record),
        "column": item.column,
        "left": _cell(item.left),
        "right": _cell(item.right),
        "cause": {"kind": item.cause.kind, "evidence": item.cause.evidence} if item.cause else None,
        "apart": item.apart,
    }


def _one_sided(row: OneSided) -> dict[str, object]:
    return {**_record(row.record), "cell": row.at.cell}


def _repeated(item: Repeated) -> dict[str, object]:
    return {
        **_record(item.record),
        "left": [at.cell for at in item.left],
        "right": [at.cell for at in item.right],
    }


def _record(record: ComparedRecord) -> dict[str, object]:
    return {
        "key": record.key,
        "name": record.name,
        "village": record.village,
        "household": record.household,
    }


def _cell(at: Location) -> dict[str, object]:
    return {"cell": at.cell, "value": at.value}
