"""A finding a line, as JSON: for `jq`, log stores and loaders that read as they go."""

from __future__ import annotations

import re
from typing import BinaryIO

from fupin_audit.reports.findings.json_file import finding_object
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.writing.json_text import as_json

MARK = re.compile(r'\A\{"rule": "[^"]+", "title": "')


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes the objects of the JSON report's `findings`, each on a line of its own."""
    for finding in result.listed:
        sink.write(f"{as_json(finding_object(finding))}\n".encode())
