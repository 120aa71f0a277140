"""Lists of waivers, in YAML or in a sheet; and what a report says of a finding somebody points at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fupin_audit.errors import InputError, UsageError
from fupin_audit.followup.waivers.waiver import Waiver, Waivers
from fupin_audit.followup.waivers.waiver_file import HEADERS, from_row, read_yaml
from fupin_audit.reports.findings.findings_sheet import FINGERPRINT
from fupin_audit.reports.findings.workbook import ALL_FINDINGS
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import open_grids
from fupin_audit.writing.one_line import one_line

_YAML = frozenset({".yaml", ".yml"})
_HEADER_WITHIN = 10  # rows
_NEEDED = {"理由", "批准人", "有效期"}
_LONGEST_NUMBER = 9  # digits; a fingerprint has sixteen


def read_waivers(paths: Sequence[Path]) -> Waivers:
    """All waivers of these files.

    Raises:
        UsageError: a file can't be read, or is no list of waivers.
        RuleError: an entry does not say what it must.
    """
    return Waivers(tuple(waiver for path in paths for waiver in _of_file(path)))


def _of_file(path: Path) -> Sequence[Waiver]:
    if path.suffix.lower() in _YAML:
        return read_yaml(path)
    try:
        grids = list(open_grids(path))
    except (InputError, OSError) as error:
        raise UsageError(f"--waivers {path}：读不了（{error}）") from error
    found = [waiver for grid in grids for waiver in _of_sheet(grid, path.name)]
    if not any(map(_header, grids)):
        raise UsageError(f"--waivers {path}：没有豁免清单的表头（{'、'.join(HEADERS)}）")
    return found


def _of_sheet(grid: Grid, file: str) -> Iterator[Waiver]:
    found = _header(grid)
    if found is None:
        return
    at, header = found
    for number in range(at + 1, grid.height):
        row = {title: text or "" for title, text in zip(header, grid.row(number), strict=True)}
        if any(row.get(name) for name in HEADERS):
            yield from_row(row, file, number + 1)


def _header(grid: Grid) -> tuple[int, list[str]] | None:
    """The row of headings; None where the sheet has none of a list of waivers."""
    for at in range(min(_HEADER_WITHIN, grid.height)):
        texts = [(text or "").strip() for text in grid.row(at)]
        if set(texts) >= _NEEDED:
            return at, texts
    return None


@dataclass(frozen=True, slots=True)
class PointedAt:
    """A finding of a report: what tells it from others, what stands in its cell, what it says."""

    fingerprint: str
    household: str
    rule: str
    value: str
    told: str


def point_at(report: Path, number: str) -> PointedAt:
    """The finding of this number (序号, counted from 1), or with this fingerprint, in a 整改台账 or a JSON report.

    Raises:
        UsageError: the file is neither, or there is no such finding.
    """
    found = list(_of_json(report) if report.suffix.lower() == ".json" else _of_ledger(report))
    by_name = {item.fingerprint: item for item in found} | dict(enumerate(found, 1))
    chosen = by_name.get(int(number) if number.isdecimal() and len(number) < _LONGEST_NUMBER else number)
    if chosen is None:
        raise UsageError(f"{report} 里没有第 {number} 条，也没有这个指纹；共 {len(found)} 条")
    return chosen


def _of_json(path: Path) -> Iterator[PointedAt]:
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["findings"]
        for item in listed:
            value = one_line(item["locations"][0]["value"]) if item["locations"] else ""
            yield PointedAt(item["fingerprint"], item["household"], item["rule"], value, item["message"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{path}：不是 check 写出的 JSON 报告（--output json=文件）") from error


def _of_ledger(path: Path) -> Iterator[PointedAt]:
    try:
        grids = {grid.sheet: grid for grid in open_grids(path)}
    except (InputError, OSError) as error:
        raise UsageError(f"{path}：读不了（{error}）") from error
    grid = grids.get(ALL_FINDINGS)
    at = (
        next((at for at in range(min(_HEADER_WITHIN, grid.height)) if FINGERPRINT in grid.row(at)), None)
        if grid
        else None
    )
    if grid is None or at is None:
        raise UsageError(f"{path}：不是整改台账（check --output xlsx=文件）")
    header = [text or "" for text in grid.row(at)]
    for number in range(at + 1, grid.height):
        row = {title: text or "" for title, text in zip(header, grid.row(number), strict=True)}
        first = row["字段与值"].split("\n")[0].partition("：")[2]
        yield PointedAt(row[FINGERPRINT], row["户编号"], row["规则"], first, row["问题"].split("\n")[0])
