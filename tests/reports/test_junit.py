"""The report for CI."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite
from lxml import etree

from fupin_audit.reports.findings import junit
from fupin_audit.results.audit_result import AuditResult
from invented import clean_result
from saved import saved


@pytest.fixture
def report(county: AuditResult, tmp_path: Path) -> JUnitXml:
    saved(junit.write, county, tmp_path / "junit.xml")
    return JUnitXml.fromfile(str(tmp_path / "junit.xml"))


def cases(report: JUnitXml) -> dict[str, TestCase]:
    return {case.name.split()[0]: case for suite in report for case in suite}


def test_a_suite_a_group_and_a_case_a_rule(report: JUnitXml, county: AuditResult) -> None:
    suites: list[TestSuite] = list(report)
    assert [suite.name for suite in suites] == [
        "输入文件",
        "CEL",
        "ID",
        "KEY",
        "INC",
        "EDU",
        "CRD",
        "MED",
        "HOU",
    ]
    assert sum(suite.tests for suite in suites[1:]) == len(county.rules_run)
    assert (report.tests, report.failures, report.errors, report.skipped) == (13, 4, 1, 3)


def test_what_the_verdict_depends_on_is_told(county: AuditResult, tmp_path: Path) -> None:
    saved(junit.write, replace(county, revealed=True), tmp_path / "junit.xml")
    inputs = next(iter(JUnitXml.fromfile(str(tmp_path / "junit.xml"))))
    told = {part.name: part.value for part in inputs.properties()}
    assert told["截止日期"] == "2020-12-31（取自户年度最晚的年度）"
    assert told["注意"] == "本报告含完整个人信息，请妥善保管"


def test_failures_list_their_findings(report: JUnitXml) -> None:
    (failure,) = cases(report)["KEY-05"].result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message) == ("error", "错误 21 处")
    lines = str(failure.text).splitlines()
    assert len(lines) == 21
    assert (
        lines[0]
        == "清河县石桥镇东关村 990101000000 赵一：家庭人口为5，在册成员4人（1.清河县户信息.xlsx › 户 › J4）"
    )


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [
        ("error", {"CEL-10", "CRD-01", "INC-02", "KEY-05"}),
        ("warning", {"CEL-10", "CRD-01", "INC-02", "KEY-05", "ID-09"}),
        ("info", {"CEL-10", "CRD-01", "INC-02", "KEY-05", "ID-09", "EDU-05"}),
        ("never", set()),
    ],
)
def test_what_fails_the_run_fails_here_and_the_rest_is_told(
    county: AuditResult, tmp_path: Path, fail_on: str, failing: set[str]
) -> None:
    saved(junit.write, replace(county, fail_on=fail_on), tmp_path / "gated.xml")
    report = JUnitXml.fromfile(str(tmp_path / "gated.xml"))
    failed = {
        name for name, case in cases(report).items() if any(isinstance(r, Failure) for r in case.result)
    }
    assert failed == failing
    root = etree.parse(str(tmp_path / "gated.xml")).getroot()
    told = {str(item.get("name")): item.get("value") for item in root.iter("property")}
    assert (told["ID-09"], told["EDU-05"]) == ("疑点 7 处", "提示 24 处")
    if "EDU-05" not in failing:
        assert len(str(cases(report)["EDU-05"].system_out).splitlines()) == 24


def test_what_was_not_checked_is_skipped_with_its_reason(report: JUnitXml) -> None:
    (skipped,) = cases(report)["MED-02"].result
    assert isinstance(skipped, Skipped)
    assert skipped.message == "没有交付台账“医保参保”"


def test_an_unreadable_file_is_an_error(report: JUnitXml) -> None:
    (error,) = cases(report)["残疾人名册.xlsx"].result
    assert isinstance(error, Error)
    assert str(error.message).startswith("文件已加密")


def test_no_text_is_too_long_for_a_reader(county: AuditResult, tmp_path: Path) -> None:
    (finding,) = [item for item in county.records if item.rule == "CRD-01"][:1]
    (remark,) = [item for item in county.records if item.rule == "EDU-05"][:1]
    many = [replace(item, message="长" * 5000) for item in (finding, remark) for _ in range(800)]
    path = saved(junit.write, replace(county, records=tuple(many)), tmp_path / "junit.xml")
    texts = [str(text) for text in etree.parse(path).getroot().itertext() if str(text).strip()]
    assert len(texts) == 2
    for text in texts:
        assert 4_000_000 < len(text.encode("utf-8")) < 10_000_000
        shown, told = text.strip().rsplit("\n", 1)
        assert told == f"……还有 {800 - len(shown.splitlines())} 处没有列出，全部见 --output json=文件"


def test_clean_result_passes(tmp_path: Path) -> None:
    saved(junit.write, clean_result(), tmp_path / "junit.xml")
    report = JUnitXml.fromfile(str(tmp_path / "junit.xml"))
    assert (report.tests, report.failures, report.errors, report.skipped) == (2, 0, 0, 0)


def test_no_clock_is_read(county: AuditResult, tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        saved(junit.write, county, tmp_path / name)
    text = (tmp_path / "a.xml").read_text(encoding="utf-8")
    assert text == (tmp_path / "b.xml").read_text(encoding="utf-8")
    assert "timestamp" not in text
