"""An earlier 整改台账 written anew: what people typed into it stays, on the findings it was typed beside (D18)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from fupin_audit.errors import InputError, OutputError, UsageError
from fupin_audit.reports.findings import workbook
from fupin_audit.reports.findings.sheets.findings_sheet import FINGERPRINT
from fupin_audit.reports.findings.sheets.gone_sheet import WHY
from fupin_audit.reports.findings.three_books import BOOKS, BOOKS_TYPED, FIELD, lines
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.carried import Carried, Written
from fupin_audit.tasks.earlier_ledger import OURS, Earlier, read_book, typed
from fupin_audit.tasks.returned_copies import NOTHING_SENT_BACK, SentBack, put_together
from fupin_audit.writing.whole_files import write_file

_OUTSIDE, _NOT_CHECKED, _NOT_FOUND = "在筛选之外", "规则这次没有检查", "没有再发现"


def write_ledger(
    result: AuditResult, path: Path, whole: AuditResult, returned: SentBack = NOTHING_SENT_BACK
) -> None:
    """Write the 整改台账; with what people typed into an earlier one, and into copies of it.

    Args:
        result: what is shown of the audit.
        path: the workbook.
        whole: all that the audit found.
        returned: copies that came back.

    Raises:
        UsageError: the earlier workbook has sheets of somebody's own.
        OutputError: it can't be read, or the new one can't be written.
    """
    there = path.exists() and path.stat().st_size
    earlier, unlike = put_together(read_earlier(path) if there else Earlier(), returned)
    carried = replace(carried_over(earlier, result, whole), unlike=unlike)
    beside = {file: os.path.relpath(copy, path.parent) for file, copy in result.copies.items()}
    linked = replace(result, copies=beside)
    write_file(path, lambda sink: workbook.write(linked, sink, carried))


def read_earlier(path: Path) -> Earlier:
    """What an earlier 整改台账 says.

    Raises:
        UsageError: it has sheets of somebody's own, which would be lost.
        OutputError: it can't be read.
    """
    try:
        earlier = read_book(path)
    except InputError as error:
        raise OutputError(f"不能写到 {path}：已有的整改台账读不了，填写的内容带不过来（{error}）") from error
    for sheet in earlier.strange:
        raise UsageError(
            f"{path} 里的工作表“{sheet}”不是本程序写的，重写会丢掉它。请写到新文件，或先把它移到别的工作簿"
        )
    return earlier


def carried_over(earlier: Earlier, result: AuditResult, whole: AuditResult) -> Carried:
    """What of it concerns the findings that are shown, and what has no place among them any more."""
    shown = {finding.fingerprint for finding in result.records}
    books = {(line.household, line.name) for line in lines(result.records)}
    gone = [row for key, row in earlier.rows.items() if key not in shown]
    gone += [_as_row(line) for key, line in earlier.books.items() if key not in books]
    return Carried(
        findings={key: typed(row) for key, row in earlier.rows.items() if key in shown},
        headings=tuple(earlier.headings),
        gone=tuple(_why_gone(gone, whole)),
        books={key: line for key, line in earlier.books.items() if key in books},
    )


def _as_row(line: Written) -> Written:
    """A line of 三本账 among the rows of findings."""
    result, checker = (line.get(title, "") for title in BOOKS_TYPED)
    known = {title: text for title, text in line.items() if title in OURS}
    said = "，".join(f"{book} {line.get(book, '')}" for book in BOOKS)
    return {
        **known,
        "问题": f"三本账：{line.get(FIELD, '')}（{said}）",
        "整改说明": result,
        "核实人": checker,
    }


def _why_gone(rows: Sequence[Written], whole: AuditResult) -> Iterator[Written]:
    """The rows, each telling why it is shown no more."""
    found = {finding.fingerprint for finding in whole.records}
    stopped = {run.id for run in whole.rules_run if run.status != "ran"}
    for row in rows:
        outside, stood = row.get(FINGERPRINT) in found, row.get("规则") in stopped
        yield {**row, WHY: _OUTSIDE if outside else _NOT_CHECKED if stood else _NOT_FOUND}
