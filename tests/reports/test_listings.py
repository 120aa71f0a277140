"""Findings for other programs, read back by other programs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from fupin_audit.reports.findings.json_file import finding_object
from fupin_audit.reports.listings import csv_table, github, gitlab, json_lines, parquet_table
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Responsible
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.results.place import Location
from fupin_audit.writing.one_line import one_line, visible
from saved import saved


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
