"""The code quality report of GitLab: a finding is shown in the merge request, beside the file it names."""

from __future__ import annotations

import re
from typing import BinaryIO

from fupin_audit.reports.listings.cell_line import line_of
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.writing.json_text import as_json
from fupin_audit.writing.one_line import one_line

_GRAVITY = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}
MARK = re.compile(r'\A\[\s*(?:\{"description": "[^\n]*"check_name": "|\]\s*\Z)')


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes one array, an item a line."""
    lines = ",\n".join(as_json(_issue(finding, result)) for finding in result.listed)
    sink.write(f"[\n{lines}\n]\n".encode())


def _issue(finding: Finding, result: AuditResult) -> dict[str, object]:
    first = next(iter(finding.locations), None)
    path, line = (result.path(first.file), int(line_of(first.cell) or 1)) if first else ("", 1)
    where = "；".join(map(str, finding.locations))
    return {
        "description": one_line(f"{finding.place}：{finding.message}（{where}）"),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _GRAVITY[finding.severity],
        "location": {"path": path, "lines": {"begin": line}},
    }
