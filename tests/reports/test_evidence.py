"""What stands under a finding: which cell is probably wrong, and which rules that explains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from fupin_audit.reports.findings.household_blocks import UNCAPPED, finding_lines
from fupin_audit.reports.findings.json_file import finding_object
from fupin_audit.reports.findings.sheets.findings_sheet import COLUMNS, row
from fupin_audit.reports.findings.shown_values import hints, suspicions
from fupin_audit.results.audit_result import as_row
from fupin_audit.results.finding import Finding, Severity
from fupin_audit.results.place import Location, Place

PLATE = Location("牌.xlsx", "住房", "C60", "二级", "住房标识牌", "住房安全等级")
SYSTEM = Location("户.xlsx", "2020", "AS61", "A", "户年度", "住房安全等级")


def finding(rule: str, *likely_wrong: Location) -> Finding:
    return Finding(
        rule, "标识牌应一致", Severity.ERROR, "户", Place("清河县", "白石乡", "上营村"), "11", "张三", "", "", {}, (PLATE, SYSTEM),
        "标识牌为“B”，系统为“A”", "为什么", "怎样改", "帮扶干部", ("依据",), fingerprint=rule, likely_wrong=likely_wrong,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        ([finding("CRD-05"), finding("HOU-06")], []),
        (
            [finding("HOU-06", PLATE), finding("CRD-05", PLATE), finding("CRD-06")],
            ["最可能有误：住房标识牌.住房安全等级“二级”（牌.xlsx › 住房 › C60）；CRD-05、HOU-06都与它有关"],
        ),
        (
            [finding("CRD-05", PLATE, SYSTEM), finding("HOU-06", PLATE, SYSTEM)],
            [
                "最可能有误：住房标识牌.住房安全等级“二级”（牌.xlsx › 住房 › C60），"
                "或户年度.住房安全等级“A”（户.xlsx › 2020 › AS61），二者之一；CRD-05、HOU-06都与它有关"
            ],
        ),
    ],
)
def test_a_household_says_once_what_is_probably_wrong(findings: Sequence[Finding], told: list[str]) -> None:
    assert list(suspicions(findings)) == told
    screen = "".join(line.plain.strip() for line in finding_lines(findings, UNCAPPED, 400))
    assert screen.count("最可能有误") == len(told)


def test_the_workbook_says_it_at_every_finding() -> None:
    said = "最可能有误：住房标识牌.住房安全等级“二级”（牌.xlsx › 住房 › C60）"
    assert list(hints(finding("CRD-05", PLATE))) == [said]
    assert any(said in text for text in row(finding("CRD-05", PLATE), COLUMNS, {}).texts)


def test_programs_read_it_with_its_ledger_and_field() -> None:
    told: Any = finding_object(finding("CRD-05", PLATE))["likely_wrong"]
    assert told == as_row(finding("CRD-05", PLATE))["likely_wrong"]
    assert told == [
        {"file": "牌.xlsx", "sheet": "住房", "cell": "C60", "value": "二级", "ledger": "住房标识牌", "field": "住房安全等级"}
    ]  # fmt: skip
