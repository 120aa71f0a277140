"""Whose village the rows of the sheets are: what may be handed to a village, and what to nobody but the county."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from fupin_audit.delivery import Delivery, LedgerTable
from fupin_audit.engine.loaded.session import Session
from fupin_audit.engine.loaded.subjects import Subjects
from fupin_audit.results.place import Place
from fupin_audit.writing.column_files import Keep, kept_numbers

_NOBODYS, _UNKNOWN = -1, 0


@dataclass(frozen=True)
class PlacedRows:
    """The places of the rows of every ledger.

    Attributes:
        places: the places there are, as findings name them; the first is 未定位.
        numbers: ledger title → the number of the place of each row.
    """

    places: Sequence[Place] = (Place(),)
    numbers: Mapping[str, np.ndarray] = field(default_factory=dict)

    def kept(self, keep: Keep) -> PlacedRows:
        """The same, wherever the numbers are kept."""
        numbers = {title: kept_numbers(keep, of_rows) for title, of_rows in self.numbers.items()}
        return replace(self, numbers=numbers)

    def by_sheet(self, delivery: Delivery) -> Mapping[tuple[str, str], Mapping[int, Place]]:
        """File and sheet → Excel row → its place; a row that several places claim, or none, is left out."""
        found: dict[tuple[str, str], dict[int, int]] = {}
        for title, numbers in self.numbers.items():
            if title not in delivery.tables:  # made of other ledgers: no sheet has its rows
                continue
            table = delivery.tables[title]
            for at, source in enumerate(table.cells.sources):
                rows = found.setdefault((source.file, source.sheet), {})
                for row, number in _claims(table, at, numbers):
                    known = rows.get(row, number)
                    rows[row] = (
                        number if known in (number, _UNKNOWN) else known if number == _UNKNOWN else _NOBODYS
                    )
        return {
            sheet: {row: self.places[number] for row, number in rows.items() if number > _UNKNOWN}
            for sheet, rows in found.items()
        }


def placed_rows(session: Session, subjects: Subjects) -> PlacedRows:
    """Where the rows of all ledgers belong."""
    numbers = {title: session.place_numbers(title) for title in session.delivery.tables}
    return PlacedRows([subjects.place(number) for number in range(len(session.places))], numbers)


def _claims(table: LedgerTable, source: int, numbers: np.ndarray) -> Iterator[tuple[int, int]]:
    """Excel row of a sheet, and the place a ledger says it is of."""
    cells = table.cells
    if not table.origins:
        of_sheet = cells.source == source
        yield from zip(cells.excel_row[of_sheet].tolist(), numbers[of_sheet].tolist(), strict=True)
        return
    for origin in table.origins.values():
        stands = np.flatnonzero(origin >= 0)
        stands = stands[cells.source[origin[stands]] == source]
        yield from zip(cells.excel_row[origin[stands]].tolist(), numbers[stands].tolist(), strict=True)
