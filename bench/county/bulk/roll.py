"""One ledger of a large county, written row by row over as many files as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from county.answers.answer_key import Answer
from county.sheets.book import new_workbook, put
from county.sheets.column import Column, SheetRow

ROWS_A_FILE = 500_000  # well below what a sheet holds
SHEET = "Sheet1"


@dataclass
class Roll:
    """One ledger, over as many files as it takes.

    Attributes:
        folder: where the files go.
        ledger: the ledger that names them.
        wanted: its columns.
    """

    folder: Path
    ledger: str
    wanted: Sequence[Column]
    unknown: list[Answer] = field(default_factory=list)
    _files: int = 0
    _row: int = ROWS_A_FILE + 1
    _book: Workbook | None = None
    _sheet: Worksheet | None = None

    def add(self, row: SheetRow) -> tuple[str, int]:
        """Write a row; returns its file and row from 0."""
        if self._row > ROWS_A_FILE:
            self._next_file()
        at = self._row
        for place, column in enumerate(self.wanted):
            put(self._sheet, (at, place), column.cell(row, at - 1))
        self._row += 1
        return self._name, at

    def close(self) -> None:
        """Finish the last file."""
        if self._book:
            self._book.close()

    @property
    def _name(self) -> str:
        return f"{self.ledger}_{self._files}.xlsx"

    def _next_file(self) -> None:
        self.close()
        self._files += 1
        self._book = new_workbook(self.folder / self._name, streaming=True)
        self._sheet = self._book.add_worksheet(SHEET)
        for place, column in enumerate(self.wanted):
            put(self._sheet, (0, place), column.header)
            if column.unknown:
                address = (self._name, SHEET, xl_rowcol_to_cell(0, place))
                self.unknown.append(Answer("CEL-07", address))
        self._row = 1
