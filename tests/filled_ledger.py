"""A 整改台账 as people fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEADER = 3
ALL = "全部发现"


def columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): number for number, cell in enumerate(sheet[HEADER], start=1)}


def rows(sheet: Worksheet) -> dict[str, dict[str, Any]]:
    """The rows by fingerprint."""
    found = list(sheet.iter_rows(min_row=HEADER, values_only=True))
    told = [dict(zip(map(str, found[0]), row, strict=True)) for row in found[1:]]
    return {str(row["指纹"]): row for row in told}


def fill(path: Path, sheet: str, row: int, typed: Mapping[str, Any]) -> str:
    """Types into a row of a sheet, counted from its first finding; its fingerprint."""
    book = openpyxl.load_workbook(path)
    there = columns(book[sheet])
    for heading, text in typed.items():
        if heading not in there:
            there[heading] = max(there.values()) + 1
            book[sheet].cell(HEADER, there[heading], heading or None)
        book[sheet].cell(HEADER + row, there[heading]).value = text
    book.save(path)
    return str(book[sheet].cell(HEADER + row, there["指纹"]).value)


def row_of(path: Path, sheet: str, key: str) -> int:
    """Where a finding stands in a sheet, counted from its first; every sheet has an order of its own."""
    return 1 + list(rows(openpyxl.load_workbook(path)[sheet])).index(key)
