"""What one sheet gives one ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from fupin_audit.delivery import Source
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.converting.conversion import Bools, Cells, Ints

HEAD_FIELDS = {"户主姓名": "姓名", "户主证件号码": "证件号码"}


@dataclass(frozen=True)
class Fragment:
    """Rows of one sheet, read as one ledger.

    Attributes:
        ledger: the model.
        source: the sheet.
        excel_rows: position → row as Excel counts it.
        cells: field → its converted column.
        years: position → year the row speaks of, 0 where unknown.
        heads: position → the row is a household head's; None where the rows are no persons.
        repeated: the ledger's columns repeat on rows of a finer grain (户 on its members' rows).
        stand_in: used only where no other sheet says anything.
    """

    ledger: type[Ledger]
    source: Source
    excel_rows: Ints
    cells: Mapping[str, Cells]
    years: Ints
    heads: Bools | None = None
    repeated: bool = False
    stand_in: bool = False

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.excel_rows)

    @property
    def completing(self) -> bool:
        """The rows are yearly or monitoring records, whose household columns only complete the household."""
        return self.repeated and self.heads is None and not self.stand_in

    def only(self, rows: Ints) -> Fragment:
        """The rows at these ascending positions."""
        return replace(
            self,
            excel_rows=self.excel_rows[rows],
            cells={name: cells.only(rows) for name, cells in self.cells.items()},
            years=self.years[rows],
            heads=None if self.heads is None else self.heads[rows],
        )


def head_members(persons: Fragment, households: Fragment) -> Fragment | None:
    """The head's name and number from the member marked 户主, where a household has no columns for them.

    Args:
        persons: the sheet read as its members.
        households: the same sheet read as a ledger of households.
    """
    fields = households.ledger.columns()
    own = {
        name: member
        for name, member in HEAD_FIELDS.items()
        if name in fields and name not in households.cells and member in persons.cells
    }
    if not own or persons.heads is None:
        return None
    names = {name: name for name in households.ledger.key if name in persons.cells} | own
    letters = {name: persons.source.letters[member] for name, member in names.items()}
    cells = {name: replace(persons.cells[member], faults=()) for name, member in names.items()}
    source = replace(persons.source, letters=letters)
    all_members = replace(persons, ledger=households.ledger, source=source, cells=cells)
    return replace(all_members.only(np.flatnonzero(persons.heads)), heads=None, repeated=True, stand_in=True)
