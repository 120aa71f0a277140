"""The evidence for two rows' being one person's, in every report that shows findings one by one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from fupin_audit.reports.findings import json_file, workbook
from fupin_audit.reports.findings.household_blocks import UNCAPPED, finding_lines
from fupin_audit.reports.page import html_page
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.finding import Finding
from fupin_audit.results.pair_evidence import EvidenceLine, PairEvidence

PAIR = PairEvidence(
    "系统",
    "低保",
    (
        EvidenceLine("姓名", "张小芳", "张小方", "同音、近音或形近", 5.77),
        EvidenceLine("出生", "1970-**-**", "1970-**-**", "相同", 14.5),
        EvidenceLine("性别", "男", "", "有一边空白，不计", 0.0),
        EvidenceLine("村", "白石乡东沟村", "白石乡上营村", "同乡镇", -0.61),
    ),
    start=-13.29,
    odds=82.7,
)
WORDS = "这样相合的，约84对里有1对只是巧合，不是同一人"


@pytest.fixture
def told(county: AuditResult) -> AuditResult:
    """A county in which one finding has the evidence."""
    first, *others = county.records
    return replace(county, records=(replace(first, pair=PAIR), *others))


def with_pair(result: AuditResult) -> Finding:
    (finding,) = (finding for finding in result.records if finding.pair is PAIR)
    return finding


def test_the_total_is_the_sum_and_is_said_in_words() -> None:
    assert PAIR.table[-2:] == (("起点", "", "", "两册里随便取两行", "−13.3"), ("合计", "", "", "", "+6.4"))
    assert [row[-1] for row in PAIR.table[:4]] == ["+5.8", "+14.5", "0", "−0.6"]
    assert PAIR.words == WORDS


@pytest.mark.parametrize("width", [100, 40])
def test_on_the_screen(told: AuditResult, width: int) -> None:
    lines = [text.plain for text in finding_lines([with_pair(told)], UNCAPPED, width)]
    assert all(len(part) <= width for line in lines for part in line.split("\n"))
    flat = re.sub(r"\s+", "", "".join(lines))
    assert "是不是同一人系统低保相合分量姓名张小芳张小方同音、近音或形近+5.8" in flat
    assert "合计+6.4" + WORDS in flat


def test_in_the_workbook(told: AuditResult) -> None:
    sink = BytesIO()
    workbook.write(told, sink)
    texts = [
        cell
        for sheet in load_workbook(BytesIO(sink.getvalue()))
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str) and WORDS in cell
    ]
    assert texts
    for text in texts:
        assert "是不是同一人（系统｜低保｜相合｜分量）：" in text
        assert "姓名｜张小芳｜张小方｜同音、近音或形近｜+5.8" in text
        assert "性别｜男｜空白｜有一边空白，不计｜0" in text
        assert "合计｜+6.4" in text


def test_in_json(told: AuditResult) -> None:
    sink = BytesIO()
    json_file.write(told, sink)
    pairs = [finding["pair"] for finding in json.loads(sink.getvalue())["findings"]]
    (pair,) = filter(None, pairs)
    assert (pair["books"], pair["total"], pair["words"]) == (["系统", "低保"], 6.37, WORDS)
    assert [line["bits"] for line in pair["lines"]] == [5.77, 14.5, 0.0, -0.61]


def test_on_the_page(told: AuditResult) -> None:
    sink = BytesIO()
    html_page.write(told, sink)
    (data,) = re.findall(r'id="data">(.*?)</script>', sink.getvalue().decode(), re.DOTALL)
    (pair,) = filter(None, (row[-2] for row in json.loads(data)["findings"]))
    words, headings, rows = pair
    assert (words, headings) == (WORDS, ["比什么", "系统", "低保", "相合", "分量"])
    assert rows == [list(row) for row in PAIR.table]
