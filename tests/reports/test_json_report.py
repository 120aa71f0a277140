"""The report for programs."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from fupin_audit.reports.findings.json_file import SCHEMA, write
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from invented import clean_result

# What outside programs rely on.
FINDING_NAMES = [
    "rule",
    "severity",
    "ledger",
    "county",
    "town",
    "village",
    "household",
    "person",
    "person_id",
    "fields",
    "locations",
    "message",
    "owner",
    "basis",
    "fix",
    "fingerprint",
]


def dumped(result: AuditResult) -> bytes:
    sink = io.BytesIO()
    write(result, sink)
    return sink.getvalue()


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return loaded


def test_schema_is_itself_valid(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("which", ["county", "clean", "empty"])
def test_report_fits_the_schema(county: AuditResult, schema: dict[str, Any], which: str) -> None:
    nothing = replace(county, inputs=(), rules_run=(), records=(), households={}, packs=(), settings=())
    result = {"county": county, "clean": clean_result(), "empty": nothing}[which]
    jsonschema.validate(json.loads(dumped(result)), schema, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("section", ["inputs", "rules", "findings", "summary"])
def test_schema_notices_a_missing_name(county: AuditResult, schema: dict[str, Any], section: str) -> None:
    report = json.loads(dumped(county))
    victim = report[section] if section == "summary" else report[section][0]
    del victim[next(iter(victim))]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, schema)


def test_same_result_same_bytes(county: AuditResult) -> None:
    assert dumped(county) == dumped(replace(county))


def test_report_is_utf8_and_readable(county: AuditResult) -> None:
    text = dumped(county).decode("utf-8")
    assert "家庭人口为5，在册成员4人" in text
    assert "\\u5bb6" not in text


def test_a_file_name_in_a_foreign_encoding_survives(county: AuditResult) -> None:
    files = {at["file"] for finding in json.loads(dumped(county))["findings"] for at in finding["locations"]}
    assert "\udcb4坏名.xlsx" in files


def test_findings_carry_all_they_should(county: AuditResult) -> None:
    findings = json.loads(dumped(county))["findings"]
    assert len(findings) == len(county.records)
    assert all(name in finding for finding in findings for name in FINDING_NAMES)
    card = next(finding for finding in findings if finding["rule"] == "CRD-01")
    assert card["fields"] == {"户.家庭人口": "5", "明白卡.家庭人口": None}
    assert card["locations"] == [
        {
            "file": "1.清河县户信息.xlsx",
            "sheet": "户",
            "cell": "J4",
            "value": "5",
            "ledger": "户",
            "field": "家庭人口",
        },
        {
            "file": "明白卡（东关村）.csv",
            "sheet": "",
            "cell": "D2",
            "value": None,
            "ledger": "明白卡",
            "field": "家庭人口",
        },
    ]


def test_inputs_rules_and_summary(county: AuditResult) -> None:
    report = json.loads(dumped(county))
    first = report["inputs"][0]
    assert (first["ledger"], first["ledgers"], first["header_row"], first["rows"]) == (
        "户",
        ["户", "人口"],
        3,
        90,
    )
    assert first["unrecognised"][1] == {"column": "L", "header": "人均收人", "nearest": "人均纯收入"}
    assert report["inputs"][2]["ledger"] is None
    assert report["inputs"][3]["error"].startswith("文件已加密")
    rules = {rule["id"]: rule for rule in report["rules"]}
    assert rules["MED-02"] | {"places": []} == rules["MED-02"]
    assert (rules["MED-02"]["status"], rules["MED-02"]["reason"]) == ("not_checked", "没有交付台账“医保参保”")
    verdicts = [rules["KEY-05"][name] for name in ("passed", "failed", "undecided")]
    assert verdicts == [66, 21, 3]
    assert len(rules["KEY-05"]["places"]) == 6
    summary = report["summary"]
    assert [summary[severity] for severity in Severity] == [34, 7, 24]
    assert (summary["rules_ran"], summary["rules_not_checked"], summary["unreadable"]) == (6, 3, 1)
    assert summary["villages"][0]["village"] == "东关村"
    assert summary["villages"][-1]["village"] == ""
    assert report["as_of"] == "2020-12-31"


def test_a_rule_leads_to_its_page(county: AuditResult) -> None:
    first, *others = county.rules_run
    told = replace(county, rules_run=(replace(first, doc="docs/rules/KEY.md#key-05"), *others))
    assert [rule["doc"] for rule in json.loads(dumped(told))["rules"]] == [
        "docs/rules/KEY.md#key-05",
        *[None] * len(others),
    ]
