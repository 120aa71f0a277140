"""The screens as one self-contained HTML file: what stands out, pictures, every test."""

from __future__ import annotations

import re
from typing import BinaryIO

from fupin_audit.reports.page.charts import chart
from fupin_audit.reports.page.rendering import write_page
from fupin_audit.reports.screening.screen_words import CAUTION, HEADERS, listed, not_tested, row, verdict
from fupin_audit.results.audit_result import AuditResult

TITLE = "统计筛查"
_MARK = "fupin-audit screen"
MARK = re.compile(rf'\A<!doctype html>\n<html lang="zh-CN">\n<!-- {_MARK} -->')
_MOST = 300  # tests listed


def write(result: AuditResult, sink: BinaryIO) -> None:
    """Writes the page."""
    tests = result.screens.tests
    values = {
        "mark": _MARK,
        "title": TITLE,
        "verdict": verdict(result),
        "circumstances": [CAUTION, f"截止日期：{result.as_of.isoformat()}（{result.as_of_source}）"],
        "revealed": result.revealed,
        "findings": listed(result),
        "charts": [(shown.rule, chart(shown.picture)) for shown in result.screens.drawings],
        "headers": HEADERS,
        "tests": [(row(test), test.severity) for test in tests[:_MOST]],
        "left_out": max(len(tests) - _MOST, 0),
        "not_tested": list(not_tested(result)),
        "version": result.version,
    }
    write_page(sink, "screen.html", values)
