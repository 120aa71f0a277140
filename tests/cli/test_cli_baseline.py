"""`check --baseline`: what an earlier report knows is not listed and does not count."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fupin_audit.cli import main
from fupin_audit.reports.findings import json_file
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from saved import saved
from standin import Auditor, readable, stand_in

Run = Callable[..., Result]


@pytest.fixture
def auditor(county: AuditResult, monkeypatch: pytest.MonkeyPatch) -> Auditor:
    return stand_in(monkeypatch, readable(county))


@pytest.fixture
def run(auditor: Auditor, tmp_path: Path) -> Run:
    saved(json_file.write, auditor.result, tmp_path / "上月.json")

    def invoke(*arguments: str, baseline: str = "上月.json") -> Result:
        given = ("check", "清河县", *arguments, "--baseline", str(tmp_path / baseline))
        return CliRunner().invoke(main, given, prog_name="fupin-audit")

    return invoke


def added(result: AuditResult, severity: Severity) -> AuditResult:
    """A finding more that nobody has seen before."""
    new = replace(result.records[1], severity=severity, fingerprint="0" * 16, message="这是新的")
    return replace(result, records=(*result.records, new))


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        (Severity.ERROR, "error", 1),
        (Severity.WARNING, "error", 0),
        (Severity.WARNING, "warning", 1),
        (Severity.ERROR, "never", 0),
    ],
)
def test_the_exit_code_is_that_of_what_is_new(
    run: Run, auditor: Auditor, severity: Severity, fail_on: str, code: int
) -> None:
    assert run("--fail-on", fail_on).exit_code == 0
    auditor.result = added(auditor.result, severity)
    assert run("--fail-on", fail_on).exit_code == code


def test_only_what_is_new_is_listed_and_the_report_says_so(run: Run, auditor: Auditor) -> None:
    known = len(auditor.result.records)
    auditor.result = added(auditor.result, Severity.ERROR)
    shown = json.loads(run("--format", "json").stdout)
    assert [finding["message"] for finding in shown["findings"]] == ["这是新的"]
    assert shown["filtered"] == f"只列新增的，上月.json（截止 2020-12-31）里有的 {known} 处不列"
    both = json.loads(run("--format", "json", "--severity", "error").stdout)["filtered"]
    assert both.endswith("；级别=错误")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "打不开"),
        ("", "不是 check 写出的 JSON 报告"),
        ("[1, 2]", "不是 check 写出的 JSON 报告"),
        ('{"findings": []}', "不是 check 写出的 JSON 报告"),
        ('{"version": "1",\n"as_of": "2020-12-31",\n"as_of_source": "x",\n"findings": [', "JSON 报告不完整"),
        (
            '{"version": "1",\n"as_of": "2020-12-31",\n"as_of_source": "x", "a": ' + "[" * 100_000,
            "JSON 报告不完整",
        ),
        ('{"version": "1",\n"as_of": "2020-12-31",\n"as_of_source": "x"}', "JSON 报告不完整"),
    ],
    ids=["missing", "empty", "array", "foreign", "cut off", "endless", "without findings"],
)
def test_what_is_no_report_is_refused_before_anything_is_done(
    run: Run, auditor: Auditor, text: str | None, message: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / "坏.json").write_text(text, encoding="utf-8")
    refused = run(baseline="坏.json")
    assert (refused.exit_code, auditor.paths) == (2, ())
    assert message in refused.stderr


def test_a_report_of_chosen_findings_is_refused(run: Run, auditor: Auditor, tmp_path: Path) -> None:
    saved(json_file.write, replace(auditor.result, filtered="村=东关村"), tmp_path / "一村.json")
    refused = run(baseline="一村.json")
    assert refused.exit_code == 2
    assert "筛选过的（村=东关村）" in refused.stderr


def test_the_baseline_is_not_written_over(run: Run, tmp_path: Path) -> None:
    refused = run("--output", f"json={tmp_path / '上月.json'}")
    assert refused.exit_code == 2
    assert "这次要读的文件" in refused.stderr
