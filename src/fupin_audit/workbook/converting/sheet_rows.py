"""What one sheet gives one ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from fupin_audit.delivery import Source
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.converting.conversion import Bools, Cells, Ints
from fupin_audit.writing.column_files import Keep


class CountsAs(IntEnum):
    """What rows of a sheet are to the ledger they are read as; where several say something, the first speaks."""

    OWN = 0
    """Each is a row of the ledger."""
    ON_MEMBERS = 1
    """Its columns repeat on rows of a finer grain: those of a household on its members' rows."""
    COMPLETING = 2
    """Yearly or monitoring records, whose household columns only complete the household."""
    LISTED = 3
    """Households of a list of some, which says nothing else of them: rows beside those of other sheets, no ledger alone."""
    STAND_IN = 4
    """Used only where no other sheet says anything, and never in contradiction."""


@dataclass(frozen=True)
class SheetRows:
    """Rows of one sheet, read as one ledger.

    Attributes:
        ledger: the model.
        source: the sheet.
        excel_rows: position → row as Excel counts it.
        cells: field → its converted column.
        years: position → year the row speaks of, 0 where unknown.
        heads: position → the row is a household head's; None where the rows are no persons.
        counts_as: what the rows are to the ledger.
    """

    ledger: type[Ledger]
    source: Source
    excel_rows: Ints
    cells: Mapping[str, Cells]
    years: Ints
    heads: Bools | None = None
    counts_as: CountsAs = CountsAs.OWN

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.excel_rows)

    def kept(self, keep: Keep) -> SheetRows:
        """The same rows, their cells wherever they are kept."""
        columns = iter(keep([column for cells in self.cells.values() for column in cells.columns()]))
        return replace(self, cells={name: cells.of(columns) for name, cells in self.cells.items()})

    def only(self, rows: Ints) -> SheetRows:
        """The rows at these ascending positions."""
        return replace(
            self,
            excel_rows=self.excel_rows[rows],
            cells={name: cells.only(rows) for name, cells in self.cells.items()},
            years=self.years[rows],
            heads=None if self.heads is None else self.heads[rows],
        )
