"""The column lists of real exports and rolls in `offices_lists.yaml`: how each is read, as a table for the guide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import yaml

from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.rulepack.checks.dependencies import Dependencies
from fupin_audit.rulepack.declared.rule import CellRule, ScreenRule
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.reading import Reader

Rows = Sequence[Sequence[str | None]]
Range = tuple[int, int, int, int]
_FILE = Path(__file__).with_suffix(".yaml")
_NO_NAME = re.compile(r"[\\/:*?\"<>|\s]")


@dataclass(frozen=True)
class OfficeList:
    """One column list.

    Attributes:
        id: its short name.
        table: what the office calls it.
        recent: an export of the second generation, with the time of the export above it.
        ledgers: the ledgers it belongs to, the main one first.
        header: its headers, levels joined by ›.
    """

    id: str
    table: str
    recent: bool
    ledgers: tuple[str, ...]
    header: tuple[str, ...]

    @property
    def title(self) -> str:
        """What stands above its columns."""
        return re.sub(r"[（(].*", "", self.table)

    @property
    def file(self) -> str:
        """What its file is called."""
        return f"{_NO_NAME.sub('', self.title)[:30] or '表'}.xlsx"

    @property
    def levels(self) -> list[list[str]]:
        """The levels of each header."""
        return [header.split("›") for header in self.header]


@cache
def lists() -> tuple[OfficeList, ...]:
    """All of them."""
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        OfficeList(e["id"], e["table"], e["recent"], tuple(e["ledgers"]), tuple(e["header"])) for e in entries
    )


def sheet(each: OfficeList, body: Rows) -> tuple[list[list[str | None]], list[Range]]:
    """A list as a sheet with its title, and its merged ranges (first row, first column, last row, last column)."""
    levels = each.levels
    depth = max(map(len, levels))
    above = _above(each, depth)
    top = len(above)
    header = [[words[down] if down < len(words) else None for words in levels] for down in range(depth)]
    merged = [
        (top + len(words) - 1, at, top + depth - 1, at)
        for at, words in enumerate(levels)
        if len(words) < depth
    ]
    merged += [
        (top + down, first, top + down, last)
        for down in range(depth - 1)
        for first, last in _groups(levels, down)
    ]
    width = len(levels)
    titles: list[list[str | None]] = [[line, *[None] * (width - 1)] for line in above]
    return [*titles, *header, *(list(row) for row in body)], merged


def _above(each: OfficeList, depth: int) -> list[str]:
    if depth > 1:
        return [each.title]
    return [each.title, "导出时间：2023-12-18"] if each.recent else []


def _groups(levels: Sequence[Sequence[str]], down: int) -> Iterator[tuple[int, int]]:
    """First and last column of each run of headers that share their upper levels."""
    start = 0
    while start < len(levels):
        end = start
        while end + 1 < len(levels) and _share(levels[start], levels[end + 1], down):
            end += 1
        if end > start:
            yield start, end
        start = end + 1


def _share(one: Sequence[str], other: Sequence[str], down: int) -> bool:
    return min(len(one), len(other)) > down + 1 and one[: down + 1] == other[: down + 1]


def read(each: OfficeList) -> InputSheet:
    """How it is understood, without any row."""
    rows, merged = sheet(each, [[None] * len(each.header)])
    columns = tuple(pa.array(column, pa.string()) for column in zip(*rows, strict=True))
    found = Reader(LEDGERS).tables(each.file, Grid("Sheet1", columns, merged=tuple(merged)))
    return found[0].described


def table(catalogue: Catalogue) -> str:
    """The Markdown table of all lists, with how many of the catalogue's rules each lets run."""
    asked = list(_asked(catalogue))
    understood: Mapping[OfficeList, InputSheet] = {each: read(each) for each in lists()}
    taken = sum(bool(found.ledgers) for found in understood.values())
    lines = [
        f"{len(understood)} 份真实的列名（2018 到 2026 年的系统导出、部门名册），{taken} 份认得出。",
        "",
        "“能查的规则”：要看这本台账、而它的列够用的有几条；这些规则还要看的户、人口和别的台账，另外交。",
        "",
        "| 名册 | 认作 | 认得的列 | 能查的规则 |",
        "|---|---|---:|---:|",
    ]
    for each, found in understood.items():
        taken_for = "、".join(found.ledgers) or "没有把握，不读"
        known = len(each.header) - len(found.unrecognised) if found.ledgers else 0
        rules = sum(_lets_run(found, fields) for fields in asked)
        name = each.table.replace("|", "/")
        lines.append(f"| {name} | {taken_for} | {known}/{len(each.header)} | {rules} |")
    return "\n".join(lines)


Asked = Mapping[str, frozenset[str]]
"""Ledger → the fields a rule cannot do without."""


def _asked(catalogue: Catalogue) -> Iterator[Asked]:
    dependencies = Dependencies.of(catalogue.vocabulary)
    for entry in (entry for entries in catalogue.rules.values() for entry in entries):
        spared = () if isinstance(entry, CellRule | ScreenRule) else entry.optional
        fields = dependencies.fields(entry)
        yield {ledger: frozenset(names).difference(spared) for ledger, names in fields.items()}


def _lets_run(found: InputSheet, asked: Asked) -> bool:
    """Whether a rule looks at the list, and finds there what it needs."""
    read = set(found.columns.values()) | {"年度"}  # the name of a list may say its year
    return any(ledger in asked for ledger in found.ledgers) and all(
        asked.get(ledger, frozenset()) <= read for ledger in found.ledgers
    )
