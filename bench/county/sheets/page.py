"""From records to a page of cells, remembering where every value went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from county.records.record import Record
from county.sheets.column import Column, SheetRow
from county.sheets.forms import Cell

Spot: TypeAlias = tuple[int, int]  # row and column from 0
REPORTED = "填表人：        审核人：        填报日期：2021年1月4日"


@dataclass(frozen=True, slots=True)
class Mess:
    """What offices do to a table without changing its data.

    Attributes:
        titles: rows above the header, each merged over the table.
        origin: the first row and column used, from 0.
        header_every: repeat the header after so many rows; 0: never.
        blank_every: leave a row blank after so many rows; 0: never.
        merged: sources whose equal neighbours are one merged cell.
        total: a 合计 row; the sources summed in it.
        footer: the last row.
        hidden: sources whose columns are hidden in Excel.
    """

    titles: tuple[str, ...] = ()
    origin: Spot = (0, 0)
    header_every: int = 0
    blank_every: int = 0
    merged: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    footer: str = ""
    hidden: tuple[str, ...] = ()


@dataclass(slots=True)
class Page:
    """A sheet to write.

    Attributes:
        name: its name.
        cells: contents.
        merges: merged ranges: first row, first column, last row, last column.
        where: (record, field) → its cells, and (row's own record, `台账.字段`) for repeated columns.
        unknown: header → cell, of columns no ledger knows.
        hidden: hidden in Excel.
        hidden_columns: columns hidden in Excel.
    """

    name: str
    cells: dict[Spot, Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    where: dict[tuple[Record, str], list[Spot]] = field(default_factory=dict)
    unknown: dict[str, Spot] = field(default_factory=dict)
    hidden: bool = False
    hidden_columns: tuple[int, ...] = ()

    @property
    def height(self) -> int:
        """Rows used."""
        return max((row for row, _ in self.cells), default=-1) + 1


def page(name: str, columns: Sequence[Column], rows: Sequence[SheetRow], mess: Mess | None = None) -> Page:
    """Lay out a table."""
    mess = mess or Mess()
    top, left = mess.origin
    out_of_sight = (left + offset for offset, column in enumerate(columns) if column.source in mess.hidden)
    sheet = Page(name, hidden_columns=tuple(out_of_sight))
    for title in mess.titles:
        _span(sheet, (top, left, top, left + len(columns) - 1), title)
        top += 1
    body = top + _write_header(sheet, columns, (top, left))
    _write_body(sheet, columns, rows, mess, body)
    _merge_equal(sheet, columns, mess)
    _write_end(sheet, columns, rows, mess)
    return sheet


def notes(name: str, lines: Sequence[Sequence[Cell]], *, hidden: bool = False) -> Page:
    """A sheet that is no ledger."""
    cells = {(r, c): cell for r, line in enumerate(lines) for c, cell in enumerate(line)}
    return Page(name, cells, hidden=hidden)


def register(sheet: Page, columns: Sequence[Column], row: SheetRow, at: Spot) -> None:
    """Remember where the values of a row, whose first cell is `at`, stand."""
    own = next(iter(row.values()))
    for offset, column in enumerate(columns):
        if column.source:
            spot = (at[0], at[1] + offset)
            sheet.where.setdefault((row[column.ledger], column.field), []).append(spot)
            if row[column.ledger] is not own:
                sheet.where.setdefault((own, column.source), []).append(spot)


def _span(sheet: Page, area: tuple[int, int, int, int], text: str) -> None:
    sheet.cells[area[0], area[1]] = text
    if area[:2] != area[2:]:
        sheet.merges.append(area)


def _write_header(sheet: Page, columns: Sequence[Column], at: Spot) -> int:
    """Write the header; returns its number of rows."""
    top, left = at
    deep = any("›" in column.header for column in columns)
    for offset, column in enumerate(columns):
        upper, _, lower = column.header.partition("›")
        spot = (top + 1 if lower else top, left + offset)
        sheet.cells[spot] = lower or upper
        if column.unknown:
            sheet.unknown[column.header] = spot
        if deep and not lower:
            sheet.merges.append((top, spot[1], top + 1, spot[1]))
    for upper, group in groupby(enumerate(columns), key=lambda item: item[1].header.partition("›")[0]):
        reach = [left + offset for offset, _ in group]
        if len(reach) > 1:
            _span(sheet, (top, reach[0], top, reach[-1]), upper)
    return 2 if deep else 1


def _write_body(
    sheet: Page, columns: Sequence[Column], rows: Sequence[SheetRow], mess: Mess, top: int
) -> None:
    at = top
    for order, row in enumerate(rows):
        if order and mess.header_every and order % mess.header_every == 0:
            _write_header(sheet, columns, (at, mess.origin[1]))
            at += 1
        if order and mess.blank_every and order % mess.blank_every == 0:
            at += 1
        for offset, column in enumerate(columns):
            sheet.cells[at, mess.origin[1] + offset] = column.cell(row, order)
        register(sheet, columns, row, (at, mess.origin[1]))
        at += 1


def _merge_equal(sheet: Page, columns: Sequence[Column], mess: Mess) -> None:
    """Merge runs of equal cells, keeping the first."""
    for offset, column in enumerate(columns):
        if column.source not in mess.merged:
            continue
        place = mess.origin[1] + offset
        spots = sorted(row for spots in sheet.where.values() for row, col in spots if col == place)
        for _, run in groupby(dict.fromkeys(spots), key=lambda row: sheet.cells[row, place]):
            reach = list(run)
            if len(reach) > 1:
                sheet.merges.append((reach[0], place, reach[-1], place))
                sheet.cells |= {(row, place): None for row in reach[1:]}


def _write_end(sheet: Page, columns: Sequence[Column], rows: Sequence[SheetRow], mess: Mess) -> None:
    left = mess.origin[1]
    if mess.total:
        at = sheet.height
        sheet.cells[at, left] = "合计"
        for offset, column in enumerate(columns):
            if column.source in mess.total:
                values = [column.value(row) for row in rows]
                sheet.cells[at, left + offset] = round(
                    sum(v for v in values if isinstance(v, int | float)), 2
                )
    if mess.footer:
        sheet.cells[sheet.height + 1, left] = mess.footer
