"""Findings as a Parquet file, for whoever loads many drops and counts over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as parquet

from fupin_audit.results.audit_result import FINDING_COLUMNS, AuditResult, as_row
from fupin_audit.results.finding import Finding
from fupin_audit.writing.one_line import visible

_NAME = "fupin-audit"
MARK = re.compile(rf"\APAR1.*{_NAME}", re.DOTALL)
_TEXT = pa.string()


def _record(*names: str, **more: pa.DataType) -> pa.DataType:
    return pa.struct({**dict.fromkeys(names, _TEXT), **more})


_TYPES: dict[str, Any] = {
    "fields": pa.map_(_TEXT, _TEXT),
    "locations": pa.list_(_record("file", "sheet", "cell", "value")),
    "basis": pa.list_(_TEXT),
    "cause": _record("kind", "evidence"),
    "likely_wrong": pa.list_(_record("ledger", "field", "file", "sheet", "cell", "value")),
    "responsible": pa.list_(_record("office", "name", "unit", "phone", first=pa.bool_())),
}
SCHEMA = pa.schema([(name, _TYPES.get(name, _TEXT)) for name in FINDING_COLUMNS])


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes the frame of the Python interface: lists and records stay what they are, `fields` is a map."""
    table = table_of(result.listed).replace_schema_metadata({_NAME: result.version})
    parquet.write_table(table, sink)


def table_of(findings: Sequence[Finding]) -> pa.Table:
    """Findings as columns, one row each."""
    return pa.Table.from_pylist([_stored(as_row(finding)) for finding in findings], SCHEMA)


def _stored(value: Any) -> Any:
    """A value as Arrow takes it: texts that can be encoded, maps as pairs, records and lists as they are."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list | tuple):
        return list(map(_stored, value))
    if isinstance(value, dict):
        stored = {name: _stored(item) for name, item in value.items()}
        return {**stored, "fields": list(stored["fields"].items())} if "fields" in stored else stored
    return value
