"""SARIF 2.1.0: what code-scanning services and editors take; a row of a sheet stands for a line of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from fupin_audit.reports.findings.verdict import left_out, verdict
from fupin_audit.reports.findings.village_tally import ran, stopped
from fupin_audit.reports.listings.cell_line import line_of
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Location
from fupin_audit.results.rule_run import RuleRun
from fupin_audit.writing.json_text import dump_object
from fupin_audit.writing.one_line import one_line

_VERSION = "2.1.0"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PRINT = "businessKey/v1"  # of what a fingerprint is made, and by which edition of the recipe
_HEAD = f'{{"version": "{_VERSION}", "$schema": "{_SCHEMA}", "runs": [\n'
MARK = re.compile(rf'\A{re.escape(_HEAD)}\{{\s*"tool": \{{"driver": \{{"name": "fupin-audit"')


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes one run, a finding a line."""
    told = {finding.rule: finding for finding in reversed(result.records)}
    runs = [run for run in result.rules_run if ran(run) or run.id in told]
    numbers = {run.id: number for number, run in enumerate(runs)}
    driver = {
        "name": "fupin-audit",
        "version": result.version,
        "rules": [_rule(run, told.get(run.id)) for run in runs],
    }
    sink.write(_HEAD.encode())
    dump_object(
        {
            "tool": {"driver": driver},
            "language": "zh-CN",
            "invocations": [_invocation(result)],
            "results": (_result(finding, numbers, result) for finding in result.listed),
        },
        sink,
    )
    sink.write(b"]}\n")


def _rule(run: RuleRun, finding: Finding | None) -> dict[str, object]:
    """A rule, explained by a finding of it where there is one."""
    more = f"fupin-audit rules show {run.id}"
    told = (
        [
            ("为什么", finding.why),
            ("整改", finding.fix),
            ("责任人", finding.owner),
            ("依据", "；".join(finding.basis)),
        ]
        if finding
        else []
    )
    lines = [f"{name}：{text}" for name, text in told if text]
    return {
        "id": run.id,
        "shortDescription": _message(run.title),
        "fullDescription": _message(finding.why if finding and finding.why else run.title),
        "help": _message("。".join([*lines, f"详见 {more}"])),
        "defaultConfiguration": {"level": _LEVELS[run.severity]},
        "properties": {
            "tags": [*([run.group] if run.group else []), *run.also_known_as],
            "passed": run.counts.passed,
            "failed": run.counts.failed,
            "undecided": run.counts.undecided,
        },
    }


def _invocation(result: AuditResult) -> dict[str, object]:
    """How the run went: what could not be read, what was not checked, what is not listed."""
    remarks = [*_unreadable(result), *([_remark("note", left_out(result))] if result.left_out else [])]
    unchecked = [
        {**_remark("note", f"没有检查：{run.reason or '原因不明'}"), "associatedRule": {"id": run.id}}
        for run in result.rules_run
        if stopped(run)
    ]
    code = {} if result.exit_code is None else {"exitCode": result.exit_code}
    return {
        "executionSuccessful": not result.unreadable,
        **code,
        "toolExecutionNotifications": remarks,
        "toolConfigurationNotifications": unchecked,
        "properties": {
            "verdict": verdict(result),
            "asOf": result.as_of.isoformat(),
            "packs": list(result.packs),
            "settings": list(result.settings),
            "filtered": result.filtered,
        },
    }


def _unreadable(result: AuditResult) -> Iterator[dict[str, object]]:
    for sheet in result.unreadable:
        at = Location(sheet.file, sheet.sheet, "", None)
        yield {**_remark("error", f"没有读取：{sheet.error}"), "locations": [_location(at, result)]}


def _remark(level: str, text: str) -> dict[str, object]:
    return {"level": level, "message": _message(text)}


def _result(finding: Finding, numbers: Mapping[str, int], result: AuditResult) -> dict[str, object]:
    who = " ".join(filter(None, (str(finding.place), finding.household, finding.head)))
    number = {"ruleIndex": numbers[finding.rule]} if finding.rule in numbers else {}
    return {
        "ruleId": finding.rule,
        **number,
        "level": _LEVELS[finding.severity],
        "message": _message(f"{who}：{finding.message}"),
        "locations": [_location(at, result) for at in finding.locations[:1]],
        "relatedLocations": [
            {"id": at, **_location(location, result)}
            for at, location in enumerate(finding.locations[1:], start=1)
        ],
        "partialFingerprints": {_PRINT: finding.fingerprint},
        "properties": {
            "place": str(finding.place),
            "household": finding.household,
            "person": finding.person,
            "fix": finding.fix,
            "responsible": list(map(str, finding.responsible)) or [finding.owner],
            "basis": list(finding.basis),
        },
    }


def _location(at: Location, result: AuditResult) -> dict[str, object]:
    """The file and row, with the sheet and cell programs for code know nothing of."""
    place: dict[str, object] = {
        "artifactLocation": {"uri": _uri(result.path(at.file))},
    }
    if line := line_of(at.cell):
        place["region"] = {"startLine": int(line)}
    told = {"sheet": at.sheet, "cell": at.cell, "value": at.value, "field": at.field}
    return {
        "physicalLocation": place,
        **({"message": _message(f"{at.field}：{one_line(at.value)}")} if at.field else {}),
        "properties": {name: value for name, value in told.items() if value},
    }


def _uri(path: str) -> str:
    """Relative to the working directory, which is the root of a repository in a pipeline."""
    quoted = quote(path.encode("utf-8", "replace"), safe="/:")
    return Path(path).as_uri() if Path(path).is_absolute() else quoted.replace(":", "%3A")


def _message(text: str) -> dict[str, str]:
    """A text in which nothing is a link or a place to fill in, as `[…](…)` and `{0}` would be."""
    plain = one_line(text).replace("](", "] (")
    return {"text": plain.replace("{", "{{").replace("}", "}}")}
