"""An earlier 整改台账 written anew: what people typed into it stays, on the findings it was typed beside (D18)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fupin_audit.errors import InputError, OutputError, UsageError
from fupin_audit.reports.findings import workbook
from fupin_audit.reports.findings.findings_sheet import (
    COLUMNS,
    DUE,
    FINGERPRINT,
    LINK,
    NUMBER,
    STATE,
    STATES,
    TYPED,
)
from fupin_audit.reports.findings.gone_sheet import WHY
from fupin_audit.reports.findings.three_books import BOOKS, BOOKS_TYPED, FIELD, lines
from fupin_audit.results.audit_result import AuditResult
from fupin_audit.results.carried import NOTHING, Carried, Written
from fupin_audit.workbook.formats.grid import Grid, letter
from fupin_audit.workbook.formats.open_grids import open_grids
from fupin_audit.writing.whole_files import write_file

_OURS = {NUMBER, WHY, DUE, LINK, *(column.title for column in COLUMNS)}
_FIXED = _OURS - set(TYPED)
_HEADER_WITHIN = 10  # rows
_MIDNIGHT = " 00:00:00"
_OUTSIDE, _NOT_CHECKED, _NOT_FOUND = "在筛选之外", "规则这次没有检查", "没有再发现"


@dataclass
class Earlier:
    """An earlier 整改台账, as it is being read.

    Attributes:
        rows: fingerprint → the row it had, merged from the sheets it stands in; rows without one by their place.
        books: household and field of 三本账 → what was typed beside them, and whose they are.
        headings: columns people have added.
    """

    rows: dict[str, Written] = field(default_factory=dict)
    books: dict[tuple[str, str], Written] = field(default_factory=dict)
    headings: dict[str, None] = field(default_factory=dict)


def write_ledger(result: AuditResult, path: Path, whole: AuditResult) -> None:
    """Write the 整改台账; where there is an earlier one, with what people typed into it.

    Args:
        result: what is shown of the audit.
        path: the workbook.
        whole: all that the audit found.

    Raises:
        UsageError: the earlier workbook has sheets of somebody's own.
        OutputError: it can't be read, or the new one can't be written.
    """
    there = path.exists() and path.stat().st_size
    carried = carried_over(read_earlier(path), result, whole) if there else NOTHING
    beside = {file: os.path.relpath(copy, path.parent) for file, copy in result.copies.items()}
    linked = replace(result, copies=beside)
    write_file(path, lambda sink: workbook.write(linked, sink, carried))


def read_earlier(path: Path) -> Earlier:
    """What an earlier 整改台账 says.

    Raises:
        UsageError: it has sheets of somebody's own, which would be lost.
        OutputError: it can't be read.
    """
    earlier = Earlier()
    try:
        for grid in open_grids(path):
            _read_sheet(earlier, grid, path)
    except InputError as error:
        raise OutputError(f"不能写到 {path}：已有的整改台账读不了，填写的内容带不过来（{error}）") from error
    return earlier


def carried_over(earlier: Earlier, result: AuditResult, whole: AuditResult) -> Carried:
    """What of it concerns the findings that are shown, and what has no place among them any more."""
    shown = {finding.fingerprint for finding in result.records}
    books = {(line.household, line.name) for line in lines(result.records)}
    gone = [row for key, row in earlier.rows.items() if key not in shown]
    gone += [_as_row(line) for key, line in earlier.books.items() if key not in books]
    return Carried(
        findings={key: _typed(row) for key, row in earlier.rows.items() if key in shown},
        headings=tuple(earlier.headings),
        gone=tuple(_why_gone(gone, whole)),
        books={key: line for key, line in earlier.books.items() if key in books},
    )


def _read_sheet(earlier: Earlier, grid: Grid, path: Path) -> None:
    """Takes over the rows of a sheet we know.

    Raises:
        UsageError: we don't.
    """
    at, header = _header(grid)
    if {FINGERPRINT, STATE} <= set(header):
        for number, row in _rows(grid, at, header):
            _add_row(earlier, row, f"{grid.sheet}:{number}")
    elif {FIELD, *BOOKS_TYPED} <= set(header):
        for _, row in _rows(grid, at, header):
            if any(row.get(title) for title in BOOKS_TYPED):
                earlier.books[row.get("户编号", ""), row.get(FIELD, "")] = row
    elif grid.sheet != workbook.SUMMARY and any(column.null_count < len(column) for column in grid.columns):
        raise UsageError(
            f"{path} 里的工作表“{grid.sheet}”不是本程序写的，重写会丢掉它。请写到新文件，或先把它移到别的工作簿"
        )


def _header(grid: Grid) -> tuple[int, list[str]]:
    """The row of headings, and the headings; none where the sheet is not one of ours."""
    for at in range(min(_HEADER_WITHIN, grid.height)):
        texts = [text or "" for text in grid.row(at)]
        if FINGERPRINT in texts or FIELD in texts:
            return at, _distinct(texts)
    return 0, []


def _distinct(texts: Sequence[str]) -> list[str]:
    """Headings, each once; a column without one is known by its letter."""
    headings: list[str] = []
    for column, text in enumerate(texts):
        taken = not text or text in headings
        headings.append(f"{text}（{letter(column)}列）" if taken else text)
    return headings


def _rows(grid: Grid, at: int, header: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the headings, those that say anything: number and texts by heading."""
    columns = [column.slice(at + 1).to_pylist() for column in grid.columns]
    for number, cells in enumerate(zip(*columns, strict=True), start=at + 2):
        row = {title: text.removesuffix(_MIDNIGHT) for title, text in zip(header, cells, strict=True) if text}
        if row:
            yield number, row


def _add_row(earlier: Earlier, row: Mapping[str, str], place: str) -> None:
    """Takes over a row; a finding stands in two sheets, and people fill in either."""
    key = row.get(FINGERPRINT, place)
    earlier.headings.update(dict.fromkeys(title for title in row if title not in _OURS))
    other = earlier.rows.get(key, {})
    typed = {title: _merged(title, other.get(title, ""), text) for title, text in _typed(row).items()}
    earlier.rows[key] = {**other, **row, **typed}


def _typed(row: Written) -> Written:
    """What people wrote of a row: in the columns meant for it, and in their own."""
    return {title: text for title, text in row.items() if title not in _FIXED}


def _merged(title: str, one: str, other: str) -> str:
    """What two sheets say in one cell; of two states the further one, of two texts both."""
    if title == STATE and {one, other} <= {"", *STATES}:
        return max(one, other, key=lambda state: STATES.index(state) if state else -1)
    said = dict.fromkeys(filter(None, (one, other)))
    return "；".join(said)


def _as_row(line: Written) -> Written:
    """A line of 三本账 among the rows of findings."""
    result, checker = (line.get(title, "") for title in BOOKS_TYPED)
    known = {title: text for title, text in line.items() if title in _OURS}
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
