"""What a report says of a finding somebody points at: by its number, or by its fingerprint."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fupin_audit.errors import InputError, UsageError
from fupin_audit.reports.findings.sheets.findings_sheet import COMPUTED, FINGERPRINT, NUMBER
from fupin_audit.reports.findings.workbook import ALL_FINDINGS
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids
from fupin_audit.writing.one_line import one_line

_HEADER_WITHIN = 10  # rows
_LONGEST_NUMBER = 9  # digits; a fingerprint has sixteen


@dataclass(frozen=True, slots=True)
class PointedAt:
    """A finding of a report.

    Attributes:
        number: its number there, as it is written.
        fingerprint: what tells it from others.
        household, rule: whose, and of which rule.
        value: what stands in its cell; empty where it has none.
        told: what it says.
    """

    number: str
    fingerprint: str
    household: str
    rule: str
    value: str
    told: str


def point_at(report: Path, number: str) -> PointedAt:
    """The finding of this number (序号), or with this fingerprint, in a 整改台账 or a JSON report.

    Raises:
        UsageError: the file is neither, or there is no such finding, or several.
    """
    found = list(_of_json(report) if report.suffix.lower() == ".json" else _of_ledger(report))
    is_number = number.isdecimal() and len(number) < _LONGEST_NUMBER
    wanted = str(int(number)) if is_number else number
    meant = [item for item in found if wanted == (item.number if is_number else item.fingerprint)]
    if len({item.fingerprint for item in meant}) > 1:
        raise UsageError(f"{report} 里有 {len(meant)} 行的{NUMBER}都是 {number}，请写{FINGERPRINT}")
    if not meant:
        raise UsageError(f"{report} 里没有第 {number} 条，也没有这个指纹；共 {len(found)} 条")
    return meant[0]


def _of_json(path: Path) -> Iterator[PointedAt]:
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["findings"]
        for number, item in enumerate(listed, 1):
            value = one_line(item["locations"][0]["value"]) if item["locations"] else ""
            yield PointedAt(
                str(number), item["fingerprint"], item["household"], item["rule"], value, item["message"]
            )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{path}：不是 check 写出的 JSON 报告（--output json=文件）") from error


def _of_ledger(path: Path) -> Iterator[PointedAt]:
    """The rows as they stand, sorted or moved, columns of somebody's own among them."""
    header, rows = _all_findings(path)
    if missing := [name for name in (NUMBER, FINGERPRINT) if name not in header]:
        raise UsageError(f"{path}：“{ALL_FINDINGS}”里没有{'、'.join(missing)}这一列，认不出是哪一条")
    for texts in rows:
        row = {title: text or "" for title, text in zip(header, texts, strict=True)}
        if row[FINGERPRINT]:
            yield PointedAt(
                row[NUMBER],
                row[FINGERPRINT],
                row.get("户编号", ""),
                row.get("规则", ""),
                _value(row.get("字段与值", ""), row.get("单元格地址", "")),
                row.get("问题", "").split("\n")[0],
            )


def _value(values: str, addresses: str) -> str:
    """What stands in the first cell; nothing where the first value stands in none."""
    in_no_cell = addresses.split("\n")[0].endswith(COMPUTED)
    return "" if in_no_cell else values.split("\n")[0].partition("：")[2]


def _all_findings(path: Path) -> tuple[Sequence[str], Iterator[Sequence[str | None]]]:
    """The headings of the sheet of all findings, and the rows below them."""
    try:
        grids = {grid.sheet: grid for grid in open_grids(path)}
    except (InputError, OSError) as error:
        raise UsageError(f"{path}：读不了（{error}）") from error
    grid = grids.get(ALL_FINDINGS)
    at = _header(grid) if grid else None
    if grid is None or at is None:
        raise UsageError(f"{path}：不是整改台账（check --output xlsx=文件）")
    header = [(text or "").strip() for text in grid.row(at)]
    return header, (grid.row(number) for number in range(at + 1, grid.height))


def _header(grid: Grid) -> int | None:
    rows = range(min(_HEADER_WITHIN, grid.height))
    return next((at for at in rows if {FINGERPRINT, NUMBER} & {*grid.row(at)}), None)
