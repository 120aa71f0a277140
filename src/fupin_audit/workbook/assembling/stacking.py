"""First: all rows of one ledger, sheet under sheet, as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import ARROW, CellRows, OtherCell
from fupin_audit.ledgers.base import Ledger
from fupin_audit.memory import stacked
from fupin_audit.workbook.converting.conversion import Bools, Fault, Ints
from fupin_audit.workbook.converting.sheet_rows import SheetRows
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.writing.column_files import Keep, in_memory, kept_numbers


@dataclass(frozen=True)
class Stack:
    """What all sheets give one ledger, one under the other; a row's number in the stack is its position.

    Attributes:
        ledger: the model.
        parts: sheet by sheet, in the order of the files.
        keep: where the columns made of them are kept.
    """

    ledger: type[Ledger]
    parts: Sequence[SheetRows]
    keep: Keep = in_memory

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Fields any sheet has, in the model's order."""
        delivered = {name for part in self.parts for name in part.cells}
        return tuple(name for name in self.ledger.columns() if name in delivered)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Position of each part's first row."""
        return tuple(int(at) for at in np.cumsum([0, *(part.height for part in self.parts)])[:-1])

    @cached_property
    def height(self) -> int:
        """Number of rows."""
        return sum(part.height for part in self.parts)

    @cached_property
    def part_of(self) -> Ints:
        """Position → number of its part."""
        return np.repeat(np.arange(len(self.parts)), [part.height for part in self.parts])

    @cached_property
    def excel_rows(self) -> Ints:
        """Position → row as Excel counts it."""
        return np.concatenate([part.excel_rows for part in self.parts])

    @cached_property
    def years(self) -> Ints:
        """Position → year the row speaks of, 0 where unknown."""
        return np.concatenate([part.years for part in self.parts])

    @cached_property
    def heads(self) -> Bools:
        """Position → the row is a household head's, or is no person's."""
        return np.concatenate(
            [np.ones(part.height, dtype=bool) if part.heads is None else part.heads for part in self.parts]
        )

    @cached_property
    def counts_as(self) -> Ints:
        """Position → what the row is to the ledger."""
        return np.array([part.counts_as for part in self.parts], dtype=np.int64)[self.part_of]

    def delivered(self, name: str) -> Bools:
        """Position → the sheet has a column of this field."""
        has = [name in part.cells and name not in part.source.implied for part in self.parts]
        return np.array(has, dtype=bool)[self.part_of]

    def values(self, name: str) -> pa.Array:
        """A field's values; null where the sheet lacks the column."""
        kind = ARROW[self.ledger.columns()[name].type.sql]
        return stacked(
            [
                part.cells[name].values if name in part.cells else pa.nulls(part.height, kind)
                for part in self.parts
            ]
        )

    def texts(self, name: str) -> pa.Array | None:
        """A field's original texts where they are not the shown value; None where they always are."""
        texts = [part.cells[name].texts if name in part.cells else None for part in self.parts]
        if all(text is None for text in texts):
            return None
        return stacked(
            [
                pa.nulls(part.height, pa.string()) if text is None else text
                for part, text in zip(self.parts, texts, strict=True)
            ]
        )

    def faults(self, name: str) -> Iterator[Fault]:
        """What could not be taken, by position in the stack."""
        for start, part in zip(self.starts, self.parts, strict=True):
            for fault in part.cells[name].faults if name in part.cells else ():
                yield replace(fault, rows=fault.rows + start)

    def cell_of(self, fault: Fault, at: int, name: str) -> OtherCell | None:
        """The cell a fault stands in, where it is not the field's own of that row."""
        if fault.part is None:
            return None
        place, text = fault.part
        return OtherCell(int(self.part_of[at]), int(self.excel_rows[at]), name, text, letter(place))

    def cell_rows(self) -> CellRows:
        """Addresses and texts."""
        texts = {name: self.kept(found) for name in self.fields if (found := self.texts(name)) is not None}
        return CellRows(
            tuple(part.source for part in self.parts),
            self.numbers(self.part_of.astype(np.int16)),
            self.numbers(self.excel_rows.astype(np.int32)),
            texts,
            self.numbers(self.years.astype(np.int16)) if self.years.any() else np.zeros(0, dtype=np.int16),
        )

    def kept(self, column: pa.Array) -> pa.Array:
        """A column that was made, wherever it is kept."""
        return self.keep([column])[0]

    def numbers(self, numbers: np.ndarray) -> np.ndarray:
        """Numbers that were made, wherever they are kept."""
        return kept_numbers(self.keep, numbers)
