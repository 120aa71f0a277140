"""What fails a check: rules with a rate they may not exceed; and how many findings are listed, which changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from books import household, person, write_books
from fupin_audit import Options, audit
from fupin_audit.cli import main
from fupin_audit.errors import UsageError
from fupin_audit.reports.findings import json_file, junit
from fupin_audit.reports.findings.json_file import SCHEMA
from fupin_audit.reports.findings.verdict import verdict
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.results.rule_run import Counts
from fupin_audit.results.tolerance import Tolerance, tolerances
from saved import saved
from standin import Auditor, readable, stand_in

Run = Callable[..., Result]
ERRORS = ("CEL-10", "KEY-05", "INC-02", "CRD-01")


@pytest.fixture
def auditor(county: AuditResult, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Auditor:
    monkeypatch.chdir(tmp_path)
    return stand_in(monkeypatch, readable(county))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "清河县", *arguments], prog_name="fupin-audit")


def allowing(result: AuditResult, **rates: float) -> AuditResult:
    named = {rule.replace("_", "-"): rate for rule, rate in rates.items()}
    return replace(result, tolerances=tuple(tolerances(named, result.rules_run)))


@pytest.mark.parametrize(
    ("failed", "passed", "most", "kept"),
    [(2, 98, 0.02, True), (3, 97, 0.02, False), (0, 5, 0, True), (1, 10**6, 0, False), (0, 0, 1, False)],
)
def test_a_rate_is_kept_up_to_itself_and_never_where_nothing_was_judged(
    failed: int, passed: int, most: float, kept: bool
) -> None:
    assert Tolerance("KEY-05", most, Counts(passed, failed, 7)).kept is kept


# KEY-05 fails in 21 of 87 rows, INC-02 and CRD-01 in 6 of 90, CEL-10 in 1 of 13.
@pytest.mark.parametrize(
    ("rates", "code"),
    [
        ({"KEY_05": 0.25}, 1),
        ({"KEY_05": 0.25, "INC_02": 0.07, "CRD_01": 0.07, "CEL_10": 0.1}, 0),
        ({"KEY_05": 0.24, "INC_02": 0.07, "CRD_01": 0.07, "CEL_10": 0.1}, 1),
    ],
)
def test_only_rules_that_fail_more_often_than_they_may_fail_the_run(
    auditor: Auditor, rates: dict[str, float], code: int
) -> None:
    auditor.result = allowing(auditor.result, **rates)
    done = run("--fail-on", "error")
    assert done.exit_code == code
    opening = re.sub(r"\s", "", done.stdout.split("\n一、")[0])
    assert opening.startswith("不通过：" if code else "错误都在容许的不符率以内")
    assert f"KEY-05不超过{rates['KEY_05'] * 100:g}%，实际24.14%（21/87）" in opening


def test_what_is_tolerated_is_counted_and_listed_all_the_same(auditor: Auditor) -> None:
    plain = json.loads(run("--format", "json").stdout)
    auditor.result = allowing(auditor.result, KEY_05=0.25)
    told = json.loads(run("--format", "json").stdout)
    assert list(Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).iter_errors(told)) == []
    assert told.pop("rates") == [
        {"rule": "KEY-05", "max_rate": 0.25, "failed": 21, "judged": 87, "kept": True}
    ]
    assert told == plain


def test_a_tolerated_rule_is_no_failure_in_junit(county: AuditResult, tmp_path: Path) -> None:
    text = saved(junit.write, allowing(county, KEY_05=0.25), tmp_path / "a.xml").read_text("utf-8")
    failing = re.findall(r'<testcase name="(\S+)[^>]*>\s*<failure', text)
    assert set(failing) == {*ERRORS} - {"KEY-05"}


def test_the_share_is_that_of_the_whole_run_whatever_is_shown(auditor: Auditor) -> None:
    rates = {"KEY_05": 0.25, "INC_02": 0.07, "CRD_01": 0.07, "CEL_10": 0.1}
    auditor.result = allowing(auditor.result, **rates)
    assert run("--village", "东关村").exit_code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("KEY-05 = {max_rate = 2}", "rules.KEY-05.max_rate：应是 0 到 1 之间的数"),
        ('KEY-05 = {max_rate = "2%"}', "rules.KEY-05.max_rate：应是数"),
        ("KEY-05 = {max_rat = 0.02}", "没有这一项，最接近的是“max_rate”"),
        ('KEY-05 = {severity = "fatal"}', "rules.KEY-05.severity：不在允许的值里"),
        ("KEY-05 = 0.02", "rules.KEY-05：不在允许的值里"),
    ],
)
def test_a_wrong_rate_is_refused(auditor: Auditor, text: str, says: str) -> None:
    Path("fupin-audit.toml").write_text(f"[rules]\n{text}", encoding="utf-8")
    done = run()
    assert (done.exit_code, auditor.paths) == (2, ())
    assert "fupin-audit.toml:2：" in done.stderr
    assert says in done.stderr


def test_rates_and_severities_stand_in_one_place(auditor: Auditor) -> None:
    Path("fupin-audit.toml").write_text(
        '[rules]\nKEY-08 = "info"\nKEY-06 = {severity = "off"}\n[rules.KEY-05]\nseverity = "warning"\nmax_rate = 0.02\n',
        encoding="utf-8",
    )
    run()
    assert auditor.options == Options(
        disabled=("KEY-06",),
        severities={"KEY-08": Severity.INFO, "KEY-05": Severity.WARNING},
        max_rates={"KEY-05": 0.02},
    )


def test_an_audit_measures_the_rates_and_knows_the_rules(tmp_path: Path) -> None:
    write_books(tmp_path, {"户": [household("1"), household("2")], "人口": [person("1", 0), person("2", 0)]})
    with pytest.raises(UsageError, match="没有规则“KEY-005”"):
        audit(tmp_path, options=Options(max_rates={"KEY-005": 0.1}))
    result = audit(tmp_path, as_of=date(2020, 12, 31), options=Options(max_rates={"KEY-05": 0.1}))
    counts = next(item.counts for item in result.rules_run if item.id == "KEY-05")
    assert result.tolerances == (Tolerance("KEY-05", 0.1, counts),)
    assert "KEY-05 的不符率容许到 10%" in result.settings


# How many are listed.


def test_a_limit_changes_neither_numbers_nor_the_exit_code(auditor: Auditor) -> None:
    whole = json.loads(run("--format", "json").stdout)
    done = run("--format", "json", "--max-findings", "3")
    told = json.loads(done.stdout)
    assert list(Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).iter_errors(told)) == []
    assert done.exit_code == 1
    assert told["summary"] == whole["summary"]
    assert told.pop("left_out") == len(whole["findings"]) - 3
    assert told["findings"] == [item for item in whole["findings"] if item["severity"] == "error"][:3]
    assert "另有" in done.stderr


def test_the_head_says_what_is_not_listed(auditor: Auditor) -> None:
    text = run("--max-findings", "3", "--full").stdout.replace("\n", "")
    assert "只列出最重的 3 条" in text
    assert verdict(auditor.result) in text
    assert text.count("KEY-05 家庭人口为5") < 4


def test_what_people_fill_in_is_never_cut(auditor: Auditor) -> None:
    run("--max-findings", "0", "--output", "xlsx=整改台账.xlsx")
    sheet = openpyxl.load_workbook("整改台账.xlsx")["汇总"]
    assert "只列出" not in "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    rows = openpyxl.load_workbook("整改台账.xlsx")["全部发现"].max_row
    assert rows > len(auditor.result.records) / 2


def test_a_report_that_leaves_out_is_no_baseline(auditor: Auditor) -> None:
    run("--max-findings", "3", "--output", "json=上月.json")
    done = run("--baseline", "上月.json")
    assert (done.exit_code, "没有列出，会当成新增" in done.stderr) == (2, True)
    saved(json_file.write, auditor.result, Path("全部.json"))
    assert run("--baseline", "全部.json").exit_code == 0
