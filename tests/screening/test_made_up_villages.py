"""Ten villages, four of them made up: those stand out, for what was made up in them, and the honest ones do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fupin_audit import Options, audit
from fupin_audit.cli import main
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Severity
from fupin_audit.screening import chance
from fupin_audit.tasks.numbers_screened import screen
from screened_county import HONEST, MADE_UP, partly_made_up, write


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(partly_made_up(), tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def result(county: Path) -> AuditResult:
    return audit(county)


def test_each_made_up_village_stands_out_for_what_was_made_up(result: AuditResult) -> None:
    found = {(item.village, item.rule) for item in result.records if item.rule.startswith("SCR")}
    wanted = {("7村", "SCR-01"), ("8村", "SCR-03"), ("9村", "SCR-04"), ("10村", "SCR-05"), ("10村", "SCR-10")}
    assert wanted <= found
    assert {village for village, _ in found} == set(MADE_UP)
    assert not set(HONEST) & {village for village, _ in found}


def test_what_is_told_is_never_an_error_and_says_what_to_rule_out(result: AuditResult) -> None:
    told = [item for item in result.records if item.rule.startswith("SCR")]
    assert {item.severity for item in told} == {Severity.WARNING}
    for item in told:
        assert all(
            part in item.message for part in ("检验", "凭巧合", "项检验一并校正后", "这不是结论，先排除：")
        )
        assert item.locations
        assert {"检验", "样本", "效应", "凭巧合", "校正后p"} == item.fields.keys()
        assert item.basis_kind == "惯例"


def test_the_cells_named_are_those_of_the_copied_vector(result: AuditResult) -> None:
    (copied,) = (item for item in result.records if item.rule == "SCR-03")
    assert {float(at.value or 0) for at in copied.locations} == {8640.0}
    assert len(copied.locations) == 12


@pytest.mark.parametrize(
    ("rule", "field", "unit"), [("SCR-05", "日期", {"次", "户"}), ("SCR-10", "内容", {"条"})]
)
def test_visits_are_shown_by_what_is_alike_in_them(
    rule: str, field: str, unit: set[str], result: AuditResult
) -> None:
    found = [item for item in result.records if item.rule == rule]
    assert {at.field for item in found for at in item.locations} == {field}
    assert {str(item.fields["样本"])[-1] for item in found} <= unit


def test_a_rule_counts_the_villages_it_tested(result: AuditResult) -> None:
    run = next(run for run in result.rules_run if run.id == "SCR-03")
    assert (run.counts.passed, run.counts.failed) == (9, 1)


def test_screen_alone_finds_the_same(county: Path, result: AuditResult) -> None:
    said = CliRunner().invoke(main, ["screen", str(county), "--format", "json", "--quiet"])
    told = json.loads(said.stdout)
    assert said.exit_code == 0
    assert {item["fingerprint"] for item in told["findings"]} == {
        item.fingerprint for item in result.records if item.rule.startswith("SCR")
    }
    assert {run["id"] for run in told["rules"]} == {f"SCR-{number:02}" for number in range(1, 11)}


def test_the_screen_says_how_many_tests_and_what_was_not_tested(county: Path) -> None:
    said = CliRunner().invoke(main, ["screen", str(county)]).stdout
    assert "项检验" in said
    assert "SCR-08" in said
    assert "未交付台账“明细账”" in said.replace("\n  ", "")


def test_without_scipy_the_screens_say_so(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chance, "find_spec", lambda name: None)
    said = CliRunner().invoke(main, ["screen", str(county), "--format", "json", "--quiet"])
    runs = json.loads(said.stdout)["rules"]
    assert {(run["status"], run["reason"]) for run in runs} == {("not_checked", chance.MISSING)}
    assert "pip install 'fupin-audit[screen]'" in chance.MISSING


def test_a_level_may_be_set(county: Path) -> None:
    words = [
        "screen",
        str(county),
        "--format",
        "json",
        "--quiet",
        "--set",
        "筛查水平=0",
        "--set",
        "筛查提示水平=0",
    ]
    told = json.loads(CliRunner().invoke(main, words).stdout)["findings"]
    assert told == []


def test_a_screen_may_be_switched_off_or_weighed_otherwise(county: Path) -> None:
    options = Options(disabled=("SCR-04",), severities={"SCR-03": Severity.INFO})
    result = screen(county, options=options)
    told = {item.rule: item.severity for item in result.records}
    assert (told.get("SCR-03"), told.get("SCR-04"), told["SCR-05"]) == (Severity.INFO, None, Severity.WARNING)
    assert next(run.reason for run in result.rules_run if run.id == "SCR-04") == "本次停用"
    assert "SCR-04" not in {test.rule for test in result.screens.tests}
