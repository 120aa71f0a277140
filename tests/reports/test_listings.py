"""Findings for other programs, read back by other programs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from jsonschema import Draft4Validator

from fupin_audit.reports.findings.json_file import finding_object
from fupin_audit.reports.listings import csv_table, github, gitlab, json_lines, parquet_table, sarif
from fupin_audit.reports.registry import REPORTS, write_report
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Responsible, Severity
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.place import Location
from fupin_audit.writing.one_line import one_line, visible
from saved import saved

SCHEMAS = Path(__file__).parent / "schemas"


def read_csv(result: AuditResult, path: Path) -> list[Mapping[str, str]]:
    saved(csv_table.write, result, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def shown(text: str) -> str:
    """As the table writes it; what would be a formula begins with an apostrophe."""
    told = one_line(text) if text else ""
    return f"'{told}" if told.startswith(("=", "+", "-", "@")) else told


def one(result: AuditResult, **changed: Any) -> AuditResult:
    """The first finding alone, and something of it changed."""
    return replace(result, records=(replace(result.records[1], **changed),))


def test_json_lines_are_the_findings_of_the_json_report(county: AuditResult, tmp_path: Path) -> None:
    saved(json_lines.write, county, tmp_path / "发现.jsonl")
    lines = (tmp_path / "发现.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [json.loads(json.dumps(finding_object(finding))) for finding in county.records]
    assert [json.loads(line) for line in lines] == expected


def test_the_table_has_a_line_a_finding_and_its_first_cell(county: AuditResult, tmp_path: Path) -> None:
    rows = read_csv(county, tmp_path / "发现.csv")
    assert len(rows) == len(county.records) > 20
    for row, finding in zip(rows, county.records, strict=True):
        first = finding.locations[0]
        assert (row["规则"], row["指纹"], row["级别"]) == (
            finding.rule,
            finding.fingerprint,
            finding.severity.label,
        )
        assert (row["文件"], row["工作表"], row["单元格"]) == tuple(
            map(shown, (first.file, first.sheet, first.cell))
        )


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1+1", "\r\n=cmd|' /C calc'!A0"])
def test_no_text_is_a_formula(county: AuditResult, text: str, tmp_path: Path) -> None:
    cell = Location("户.xlsx", "户", "B2", text)
    (row,) = read_csv(one(county, person=text, message=text, locations=(cell,)), tmp_path / "发现.csv")
    assert not re.match(r"[=+\-@\t\r\n]", row["姓名"] or row["值"])
    assert all(not re.match(r"[=+\-@\t\r\n]", row[name]) for name in ("姓名", "问题", "值"))


def test_pandas_reads_the_frame_back(county: AuditResult, tmp_path: Path) -> None:
    named = replace(
        county.records[0], responsible=(Responsible("第一书记", "王芳", "县财政局", "139****0000"),)
    )
    result = replace(county, records=(named, *county.records[1:]))
    saved(parquet_table.write, result, tmp_path / "发现.parquet")
    back = pd.read_parquet(tmp_path / "发现.parquet")
    frame = result.findings
    assert list(back.columns) == list(frame.columns)
    for name in ("rule", "severity", "household", "message", "fingerprint"):
        assert list(back[name]) == list(map(visible, frame[name]))
    assert any("?坏名" in message for message in frame["message"])  # a half of a character, from a file name
    fields = [{name: value and visible(value) for name, value in held.items()} for held in frame["fields"]]
    assert list(map(dict, back["fields"])) == fields
    assert list(map(len, back["locations"])) == list(map(len, frame["locations"]))
    assert back["responsible"][0][0] == frame["responsible"][0][0]
    assert [cause["kind"] for cause in back["cause"] if cause] == [
        cause["kind"] for cause in frame["cause"] if cause
    ]


def commands(result: AuditResult, path: Path) -> list[tuple[str, dict[str, str], str]]:
    """Name, properties and message of each workflow command, as the runner takes them apart."""
    saved(github.write, result, path)
    return [_taken_apart(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _taken_apart(line: str) -> tuple[str, dict[str, str], str]:
    found = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
    assert found, line
    told = dict(part.split("=", 1) for part in found[2].split(","))
    plain = {
        name: value.replace("%2C", ",").replace("%3A", ":").replace("%25", "%")
        for name, value in told.items()
    }
    return found[1], plain, found[3].replace("%25", "%")


def test_remarks_stand_beside_file_and_row(county: AuditResult, tmp_path: Path) -> None:
    told = commands(replace(county, inputs=()), tmp_path / "remarks")
    assert len(told) == len(county.records)
    for (name, properties, message), finding in zip(told, county.records, strict=True):
        assert name == {"error": "error", "warning": "warning", "info": "notice"}[finding.severity]
        assert properties["file"] == one_line(finding.locations[0].file)
        assert finding.locations[0].cell.endswith(properties.get("line", ""))
        assert properties["title"] == f"{finding.rule} {finding.title}"
        assert one_line(finding.message) in message


def test_what_has_a_meaning_in_a_remark_is_kept(county: AuditResult, tmp_path: Path) -> None:
    cell = Location("甲,乙::丙%.xlsx", "户", "B2", "5")
    result = replace(one(county, locations=(cell,), message="占100%\n::error::假的"), inputs=())
    ((_, properties, message),) = commands(result, tmp_path / "remarks")
    assert properties["file"] == "甲,乙::丙%.xlsx"
    assert "占100%" in message


def test_a_file_not_read_is_a_remark_too(county: AuditResult, tmp_path: Path) -> None:
    result = replace(county, records=(), inputs=(InputSheet("坏.xlsx", "", error="打不开"),))
    assert commands(result, tmp_path / "remarks") == [
        ("error", {"file": "坏.xlsx", "title": "没有读取"}, "打不开")
    ]


def test_the_code_quality_report_has_what_gitlab_asks_for(county: AuditResult, tmp_path: Path) -> None:
    saved(gitlab.write, county, tmp_path / "质量.json")
    issues = json.loads((tmp_path / "质量.json").read_text(encoding="utf-8"))
    assert [issue["fingerprint"] for issue in issues] == [finding.fingerprint for finding in county.records]
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    for issue, finding in zip(issues, county.records, strict=True):
        assert issue["location"]["path"] == finding.locations[0].file
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["check_name"] == finding.rule


def test_no_finding_is_an_empty_array(county: AuditResult, tmp_path: Path) -> None:
    saved(gitlab.write, replace(county, records=()), tmp_path / "质量.json")
    assert json.loads((tmp_path / "质量.json").read_text(encoding="utf-8")) == []


def run_of(result: AuditResult, path: Path) -> dict[str, Any]:
    """The run of a SARIF log that fits the schema of the standard."""
    saved(sarif.write, result, path)
    log: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    validator = Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)] == []
    (run,) = log["runs"]
    return dict(run)


def test_the_log_has_a_result_a_finding_at_its_row(county: AuditResult, tmp_path: Path) -> None:
    run = run_of(county, tmp_path / "发现.sarif")
    assert len(run["results"]) == len(county.records)
    for told, finding in zip(run["results"], county.records, strict=True):
        (at,) = told["locations"]
        first, uri = finding.locations[0], at["physicalLocation"]["artifactLocation"]["uri"]
        assert (told["ruleId"], told["partialFingerprints"]) == (
            finding.rule,
            {"businessKey/v1": finding.fingerprint},
        )
        assert told["level"] == {"error": "error", "warning": "warning", "info": "note"}[finding.severity]
        assert unquote(uri) == first.file.encode("utf-8", "replace").decode()
        assert uri.isascii()
        row = re.sub(r"\D", "", first.cell)
        assert at["physicalLocation"].get("region") == ({"startLine": int(row)} if row else None)
        assert at["properties"].get("cell", "") == first.cell
        assert len(told["relatedLocations"]) == len(finding.locations) - 1
        assert run["tool"]["driver"]["rules"][told["ruleIndex"]]["id"] == finding.rule


def test_every_rule_that_ran_is_explained_and_every_other_told_of(
    county: AuditResult, tmp_path: Path
) -> None:
    run = run_of(county, tmp_path / "发现.sarif")
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert list(rules) == [run.id for run in county.rules_run if run.status == "ran"]
    assert all(f"fupin-audit rules show {name}" in rule["help"]["text"] for name, rule in rules.items())
    assert "入户核对成员" in rules["KEY-05"]["help"]["text"]
    (call,) = run["invocations"]
    unchecked = [told["associatedRule"]["id"] for told in call["toolConfigurationNotifications"]]
    assert unchecked == [run.id for run in county.rules_run if run.status == "not_checked"]


def test_the_log_says_how_the_run_ended(county: AuditResult, tmp_path: Path) -> None:
    bad = InputSheet("坏 1.xlsx", "", error="打不开")
    result = replace(county, inputs=(bad,), exit_code=3, max_findings=2)
    (call,) = run_of(result, tmp_path / "发现.sarif")["invocations"]
    assert (call["executionSuccessful"], call["exitCode"]) == (False, 3)
    unread, cut = call["toolExecutionNotifications"]
    at = unread["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert (unread["level"], unread["message"]["text"], at) == (
        "error", "没有读取：打不开", "%E5%9D%8F%201.xlsx",
    )  # fmt: skip
    assert f"另有 {len(county.records) - 2} 条没有列出" in cut["message"]["text"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("见[这里](http://a.example)", "见[这里] (http://a.example)"), ("{0}与{张三}", "{{0}}与{{张三}}")],
)
def test_nothing_in_a_ledger_is_a_link_or_to_be_filled_in(
    county: AuditResult, text: str, shown: str, tmp_path: Path
) -> None:
    (told,) = run_of(one(county, message=text), tmp_path / "发现.sarif")["results"]
    assert told["message"]["text"].endswith(f"：{shown}")


NAMES = ("csv", "jsonl", "parquet", "sarif", "github", "gitlab")


@pytest.mark.parametrize("name", NAMES)
def test_no_more_is_listed_than_asked_for_and_the_gravest_first(
    county: AuditResult, name: str, tmp_path: Path
) -> None:
    number = county.count(Severity.ERROR) + 1
    path, result = tmp_path / "发现", replace(county, inputs=(), max_findings=number)
    write_report(result, REPORTS[name], path)
    assert listed(name, path) == number
    assert [item.severity for item in result.listed].count(Severity.ERROR) == county.count(Severity.ERROR)
    assert [item for item in county.records if item in result.listed] == list(result.listed)


def listed(name: str, path: Path) -> int:
    """How many findings another program reads of a file."""
    if name == "parquet":
        return len(pd.read_parquet(path))
    text = path.read_text(encoding="utf-8")
    counts = {
        "csv": lambda: len(list(csv.DictReader(text.splitlines()))),
        "jsonl": lambda: len(text.splitlines()),
        "sarif": lambda: len(json.loads(text)["runs"][0]["results"]),
        "github": lambda: sum("没有列出" not in line for line in text.splitlines()),
        "gitlab": lambda: len(json.loads(text)),
    }
    return counts[name]()
