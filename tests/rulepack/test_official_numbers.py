"""A rule is found by the number that a province's system gives the same doubt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from books import catalogue
from fupin_audit.cli import main
from fupin_audit.reports.registry import REPORTS, write_report
from fupin_audit.rulepack.showing.describe import details
from fupin_audit.rulepack.showing.official_numbers import official_numbers, rules_known_as
from samples_audited import SampleAudits

NUMBERS = official_numbers()


def test_every_number_leads_to_rules_there_are() -> None:
    assert len(NUMBERS) > 100
    assert {rule for number in NUMBERS.values() for rule in number.rules} - set(catalogue().rules) == set()


def test_every_rule_says_its_numbers() -> None:
    told: dict[str, Any] = {}
    for number, meant in NUMBERS.items():
        for rule_id in rules_known_as(number):
            if rule_id not in told:
                told[rule_id] = details(catalogue(), rule_id)
            assert told[rule_id]["also_known_as"][number] == meant.looks_at


@pytest.mark.parametrize(("number", "ids"), [("5_15_021", ["ID-05"]), ("1_01_002", ["ID-02", "ID-15"])])
def test_a_number_is_shown_as_its_rules(number: str, ids: list[str]) -> None:
    shown = json.loads(CliRunner().invoke(main, ["rules", "show", number, "--format", "json"]).output)
    assert [rule["id"] for rule in (shown if isinstance(shown, list) else [shown])] == ids
    assert f"贵州省2023年系统疑点 {number}：" in CliRunner().invoke(main, ["rules", "show", number]).output


def test_an_unknown_number_is_refused_with_the_nearest() -> None:
    refused = CliRunner().invoke(main, ["rules", "show", "5_15_02"])
    assert refused.exit_code == 2
    assert "没有规则“5_15_02”，最接近的是“5_15_02" in refused.output


@pytest.mark.parametrize("name", ["json", "html", "sarif"])
def test_a_report_tells_the_numbers_of_its_rules(name: str, audits: SampleAudits, tmp_path: Path) -> None:
    result = audits.of("清河县")
    found = {finding.rule for finding in result.records}
    known = {run.id: run.also_known_as for run in result.rules_run if run.id in found and run.also_known_as}
    assert set(known["ID-01"]) == {number for number, meant in NUMBERS.items() if "ID-01" in meant.rules}
    write_report(result, REPORTS[name], tmp_path / name)
    told = (tmp_path / name).read_text(encoding="utf-8")
    assert [number for numbers in known.values() for number in numbers if number not in told] == []
