"""Every report by its format: the module that writes it, imported when it is asked for.

Such a module has `write(result, sink)`: what it writes to the sink depends on the result alone; and `MARK`, by which
a file is known to be such a report and may be written again. Without a mark no file that exists is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, TypeVar

from fupin_audit.errors import OutputError
from fupin_audit.writing.marks import Mark, bears
from fupin_audit.writing.system_errors import reason
from fupin_audit.writing.whole_files import write_file

Result = TypeVar("Result")
Formats = Mapping[str, str]

REPORTS: Formats = {
    "text": "findings.terminal",
    "json": "findings.json_file",
    "xlsx": "findings.workbook",
    "html": "page.html_page",
    "docx": "bulletin.word_file",
    "csv": "listings.csv_table",
    "jsonl": "listings.json_lines",
    "parquet": "listings.parquet_table",
    "sarif": "listings.sarif",
    "github": "listings.github",
    "gitlab": "listings.gitlab",
    "junit": "findings.junit",
}
BESIDE_FILES = frozenset({"sarif", "github", "gitlab"})  # shown beside the files, which must be found
BULLETIN = "docx"  # of an audit: tells of its indicators too
PAGE = "html"  # of an audit: shows the books of households
LEDGER = "xlsx"  # of an audit: the 整改台账, into which people write
COMPARISON_REPORTS: Formats = {
    "text": "comparison.terminal",
    "json": "comparison.json_file",
    "xlsx": "comparison.workbook",
}
FOLDER_REPORTS: Formats = {
    "text": "comparison.folder_terminal",
    "json": "comparison.folder_json",
}
VIEW_REPORTS: Formats = {
    "text": "household.terminal",
    "json": "household.json_file",
}
SCORE_REPORTS: Formats = {
    "text": "scorecard.terminal",
    "json": "scorecard.json_file",
    "xlsx": "scorecard.workbook",
    "html": "page.score_page",
}
SCREEN_REPORTS: Formats = {
    "text": "screening.terminal",
    "json": "findings.json_file",
    "xlsx": "screening.workbook",
    "html": "page.screen_page",
}
TRACK_REPORTS: Formats = {
    "text": "tracking.terminal",
    "json": "tracking.json_file",
    "xlsx": "tracking.workbook",
    "html": "page.track_page",
    "docx": "bulletin.word_file",
}
ESTIMATE_REPORTS: Formats = {"html": "page.estimate_page"}


def writer(module: str) -> Callable[[object, BinaryIO], None]:
    """What writes the reports of a module."""
    found: Callable[[object, BinaryIO], None] = import_module(f"fupin_audit.reports.{module}").write
    return found


def mark_of(module: str) -> Mark | None:
    """What the module's reports are known by; None where it says nothing of it."""
    mark: Mark | None = getattr(import_module(f"fupin_audit.reports.{module}"), "MARK", None)
    return mark


def is_own(path: Path, module: str) -> bool:
    """Whether a file is a report that the module has written.

    Raises:
        OutputError: it can't be told.
    """
    mark = mark_of(module)
    try:
        return mark is not None and bears(path, mark)
    except OSError as error:
        raise OutputError(f"不能写到 {path}：已有的文件打不开（{reason(error)}）") from error


def write_report(result: object, module: str, path: Path) -> None:
    """Writes a report to a file that appears complete or not at all, readable by its owner alone.

    Raises:
        OutputError: the file can't be written.
    """
    write = writer(module)
    write_file(path, lambda sink: write(result, sink))
