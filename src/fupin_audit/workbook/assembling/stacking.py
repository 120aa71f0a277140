"""All rows of one ledger, sheet under sheet, as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import ARROW, CellRows
from fupin_audit.ledgers.base import Ledger
from fupin_audit.memory import stacked
from fupin_audit.workbook.converting.conversion import Bools, Fault, Ints
from fupin_audit.workbook.converting.fragments import Fragment


@dataclass(frozen=True)
class Stack:
    """The fragments of one ledger, one under the other; a row's number in the stack is its position.

    Attributes:
        ledger: the model.
        fragments: in the order of the files.
    """

    ledger: type[Ledger]
    fragments: Sequence[Fragment]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Fields any sheet has, in the model's order."""
        delivered = {name for fragment in self.fragments for name in fragment.cells}
        return tuple(name for name in self.ledger.columns() if name in delivered)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Position of each fragment's first row."""
        return tuple(int(at) for at in np.cumsum([0, *(fragment.height for fragment in self.fragments)])[:-1])

    @cached_property
    def height(self) -> int:
        """Number of rows."""
        return sum(fragment.height for fragment in self.fragments)

    @cached_property
    def fragment_of(self) -> Ints:
        """Position → number of its fragment."""
        return np.repeat(np.arange(len(self.fragments)), [fragment.height for fragment in self.fragments])

    @cached_property
    def years(self) -> Ints:
        """Position → year the row speaks of, 0 where unknown."""
        return np.concatenate([fragment.years for fragment in self.fragments])

    @cached_property
    def heads(self) -> Bools:
        """Position → the row is a household head's, or is no person's."""
        return np.concatenate(
            [
                np.ones(part.height, dtype=bool) if part.heads is None else part.heads
                for part in self.fragments
            ]
        )

    def flags(self, name: str) -> Bools:
        """Position → an attribute of its fragment: `repeated`, `completing`, `stand_in`."""
        return self._by_fragment([getattr(fragment, name) for fragment in self.fragments])

    def delivered(self, name: str) -> Bools:
        """Position → the sheet has this column."""
        return self._by_fragment([name in fragment.cells for fragment in self.fragments])

    def values(self, name: str) -> pa.Array:
        """A field's values; null where the sheet lacks the column."""
        kind = ARROW[self.ledger.columns()[name].type.sql]
        parts = [
            (part.cells[name].values if name in part.cells else pa.nulls(part.height, kind))
            for part in self.fragments
        ]
        return stacked(parts)

    def texts(self, name: str) -> pa.Array | None:
        """A field's original texts where they are not the shown value; None where they always are."""
        parts = [part.cells[name].texts if name in part.cells else None for part in self.fragments]
        if all(part is None for part in parts):
            return None
        heights = [fragment.height for fragment in self.fragments]
        return stacked(
            [
                pa.nulls(height, pa.string()) if part is None else part
                for part, height in zip(parts, heights, strict=True)
            ]
        )

    def faults(self, name: str) -> Iterator[Fault]:
        """What could not be taken, by position in the stack."""
        for start, fragment in zip(self.starts, self.fragments, strict=True):
            for fault in fragment.cells[name].faults if name in fragment.cells else ():
                yield Fault(fault.rule, fault.rows + start, fault.message, fault.hint)

    def cell_rows(self) -> CellRows:
        """Addresses and texts."""
        texts = {name: found for name in self.fields if (found := self.texts(name)) is not None}
        return CellRows(
            tuple(fragment.source for fragment in self.fragments),
            self.fragment_of.astype(np.int16),
            np.concatenate([fragment.excel_rows for fragment in self.fragments]).astype(np.int32),
            texts,
        )

    def _by_fragment(self, flags: Sequence[bool]) -> Bools:
        return np.array(flags, dtype=bool)[self.fragment_of]
