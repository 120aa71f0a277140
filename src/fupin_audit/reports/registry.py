"""The formats a report can be written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from fupin_audit.reports.comparison import json_file as comparison_json
from fupin_audit.reports.comparison import terminal as comparison_text
from fupin_audit.reports.comparison import workbook as comparison_workbook
from fupin_audit.reports.findings import json_file as json_report
from fupin_audit.reports.findings import junit, terminal, workbook
from fupin_audit.reports.household import json_file as view_json
from fupin_audit.reports.household import terminal as view_text
from fupin_audit.reports.writing.files import write_file
from fupin_audit.results.comparison import Comparison
from fupin_audit.results.finding import AuditResult
from fupin_audit.results.household import HouseholdView

REPORTS: Mapping[str, Callable[[AuditResult, Path], None]] = {
    "text": terminal.write,
    "json": json_report.write,
    "xlsx": workbook.write,
    "junit": junit.write,
}


COMPARISON_REPORTS: Mapping[str, Callable[[Comparison, Path], None]] = {
    "text": comparison_text.write,
    "json": comparison_json.write,
    "xlsx": comparison_workbook.write,
}


VIEW_REPORTS: Mapping[str, Callable[[HouseholdView, Path], None]] = {
    "text": view_text.write,
    "json": view_json.write,
}


def write_report(result: AuditResult, name: str, path: Path) -> None:
    """Writes a report to a file that appears complete or not at all, readable by its owner alone.

    Raises:
        UsageError: the file can't be written.
    """
    write_file(path, lambda unfinished: REPORTS[name](result, unfinished))


def write_comparison(found: Comparison, name: str, path: Path) -> None:
    """Like `write_report`, for a comparison."""
    write_file(path, lambda unfinished: COMPARISON_REPORTS[name](found, unfinished))


def write_view(view: HouseholdView, name: str, path: Path) -> None:
    """Like `write_report`, for a household."""
    write_file(path, lambda unfinished: VIEW_REPORTS[name](view, unfinished))
