"""Workflow commands of GitHub Actions: printed in a job, each is a remark beside the file it names."""

from __future__ import annotations

import re
from typing import BinaryIO

from fupin_audit.reports.findings.verdict import left_out
from fupin_audit.reports.listings.cell_line import line_of
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.writing.one_line import one_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
MARK = re.compile(r"\A::(?:error|warning|notice) ")
_TEXT = str.maketrans({"%": "%25"})
_PROPERTY = str.maketrans({"%": "%25", ":": "%3A", ",": "%2C"})


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes a command a finding, and one a file that can't be read."""
    for sheet in result.unreadable:
        sink.write(_command("error", sheet.error, file=result.path(sheet.file), title="没有读取"))
    for finding in result.listed:
        sink.write(_remark(finding, result))
    if result.left_out:
        sink.write(_command("notice", left_out(result), title="没有列出"))


def _remark(finding: Finding, result: AuditResult) -> bytes:
    first = next(iter(finding.locations), None)
    place = {"file": result.path(first.file), "line": line_of(first.cell)} if first else {}
    title = f"{finding.rule} {finding.title}"
    where = "；".join(map(str, finding.locations))
    return _command(
        _COMMANDS[finding.severity], f"{finding.place}：{finding.message}（{where}）", **place, title=title
    )


def _command(name: str, message: str, **properties: str) -> bytes:
    told = ",".join(
        f"{key}={one_line(value).translate(_PROPERTY)}" for key, value in properties.items() if value
    )
    return f"::{name} {told}::{one_line(message).translate(_TEXT)}\n".encode()
