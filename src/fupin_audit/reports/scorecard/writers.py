"""The formats a scorecard can be written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from fupin_audit.reports.scorecard import json_file as score_document
from fupin_audit.reports.scorecard import terminal as score_terminal
from fupin_audit.reports.scorecard import workbook as score_workbook
from fupin_audit.reports.writing.files import write_file
from fupin_audit.results.scorecard import Scorecard

SCORE_REPORTS: Mapping[str, Callable[[Scorecard, Path], None]] = {
    "text": score_terminal.write,
    "json": score_document.write,
    "xlsx": score_workbook.write,
}


def write_scorecard(card: Scorecard, name: str, path: Path) -> None:
    """Writes a scorecard to a file in the format of that name.

    Raises:
        UsageError: the file can't be written.
    """
    write_file(path, lambda unfinished: SCORE_REPORTS[name](card, unfinished))
