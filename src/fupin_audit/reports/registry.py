"""The formats a report can be written in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from fupin_audit.errors import UsageError
from fupin_audit.finding import AuditResult
from fupin_audit.reports import json_report, junit, terminal, workbook

REPORTS: Mapping[str, Callable[[AuditResult, Path], None]] = {
    "text": terminal.write,
    "json": json_report.write,
    "xlsx": workbook.write,
    "junit": junit.write,
}


def write_report(result: AuditResult, name: str, path: Path) -> None:
    """Writes a report to a file that appears complete or not at all, readable by its owner alone.

    Raises:
        UsageError: the file can't be written.
    """
    if path.exists() and not path.is_file():
        raise UsageError(f"不能写到 {path}：它不是普通文件。请给出文件名，例如 {name}=报告")
    try:
        _write_whole(result, REPORTS[name], path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"不能写到 {path}：{reason}。请换一个文件夹，或关闭正在打开它的程序") from error


def _write_whole(result: AuditResult, write: Callable[[AuditResult, Path], None], path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        write(result, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
