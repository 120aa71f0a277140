"""Every report by its format: the module that writes it, imported when it is asked for.

Such a module has `write(result, sink)`: what it writes to the sink depends on the result alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, TypeVar

from fupin_audit.writing.whole_files import write_file

Result = TypeVar("Result")
Formats = Mapping[str, str]

REPORTS: Formats = {
    "text": "findings.terminal",
    "json": "findings.json_file",
    "xlsx": "findings.workbook",
    "junit": "findings.junit",
}
COMPARISON_REPORTS: Formats = {
    "text": "comparison.terminal",
    "json": "comparison.json_file",
    "xlsx": "comparison.workbook",
}
VIEW_REPORTS: Formats = {
    "text": "household.terminal",
    "json": "household.json_file",
}
SCORE_REPORTS: Formats = {
    "text": "scorecard.terminal",
    "json": "scorecard.json_file",
    "xlsx": "scorecard.workbook",
}


def writer(module: str) -> Callable[[object, BinaryIO], None]:
    """What writes the reports of a module."""
    found: Callable[[object, BinaryIO], None] = import_module(f"fupin_audit.reports.{module}").write
    return found


def write_report(result: object, module: str, path: Path) -> None:
    """Writes a report to a file that appears complete or not at all, readable by its owner alone.

    Raises:
        UsageError: the file can't be written.
    """
    write = writer(module)
    write_file(path, lambda sink: write(result, sink))
