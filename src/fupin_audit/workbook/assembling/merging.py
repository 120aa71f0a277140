"""One field of a ledger whose rows come together from several: its values, where they stand, what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import Problem
from fupin_audit.workbook.assembling.choosing import Choice, choose
from fupin_audit.workbook.assembling.grouping import Groups
from fupin_audit.workbook.assembling.stacking import Stack
from fupin_audit.workbook.converting.conversion import Bools, Fault, Ints

OtherCell = tuple[int, int, str, str | None]

_NORMALISED = "CEL-06"


@dataclass(frozen=True)
class MergedColumn:
    """A field of grouped rows.

    Attributes:
        stack: the rows.
        groups: which of them are one.
        name: the field.
        yearly: it changes from year to year, so that only the latest year speaks.
    """

    stack: Stack
    groups: Groups
    name: str
    yearly: bool

    @cached_property
    def values(self) -> pa.Array:
        """One value a group."""
        return self._found.take(pa.array(self.origin, mask=self.origin < 0))

    @cached_property
    def origin(self) -> Ints:
        """Group → position of the cell its value stands in, or would stand in; -1 where no row has the column.

        A group without a value points at the cell that can't be read, else at the first blank one. Of cells
        that say the same, the value stands in the one that CEL-06 speaks of.
        """
        origin = self._choice.origin.copy()
        empty = np.flatnonzero(self._has_cell & (origin[self.groups.group] < 0))
        unread = np.concatenate([np.zeros(0, dtype=np.int64), *(fault.rows for fault in self._unread)])
        unread = unread[origin[self.groups.group_of[unread]] < 0]
        origin[self.groups.group[empty][::-1]] = self.groups.order[empty][::-1]
        origin[self.groups.group_of[unread][::-1]] = unread[::-1]
        for at in self._normalised:
            number = self.groups.group_of[at]
            if self._found[at].equals(self._found[int(origin[number])]):
                origin[number] = at
        return origin

    def problems(self) -> Iterator[Problem]:
        """What could not be taken, and who disagrees: one problem a group and reason."""
        against = defaultdict[int, list[int]](list)
        dissent = self._dissent
        for at, number in zip(dissent.dissenting.tolist(), dissent.dissenting_group.tolist(), strict=True):
            against[number].append(at)
        for fault in self._faults:
            for number, cells in self._by_group(fault).items():
                if self._is_contradicted(fault, number, cells):
                    against[number].extend(cells)
                else:
                    others = [at for at in cells if at != self.origin[number]]
                    yield Problem(
                        fault.rule, number, self.name, fault.message, fault.hint, self._cells(others)
                    )
        for number, cells in against.items():
            others = sorted(set(cells))
            message = f"另有{len(others)}处与此不同"
            yield Problem("KEY-12", number, self.name, message, others=self._cells(others))

    @cached_property
    def _found(self) -> pa.Array:
        """Values by position."""
        return self.stack.values(self.name)

    @cached_property
    def _texts(self) -> pa.Array | None:
        return self.stack.texts(self.name)

    @cached_property
    def _takes_part(self) -> Bools:
        return ~self.groups.older if self.yearly else np.ones(len(self.groups.order), dtype=bool)

    @cached_property
    def _has_cell(self) -> Bools:
        return self.stack.delivered(self.name)[self.groups.order] & self._takes_part

    @cached_property
    def _choice(self) -> Choice:
        opposable = ~self.groups.older & ~self.stack.flags("stand_in")[self.groups.order]
        return choose(self._found, self.groups, self._takes_part, opposable)

    @cached_property
    def _dissent(self) -> Choice:
        """The choice; of yearly fields only rows disagree that both name the year, or both don't."""
        choice, years = self._choice, self.stack.years
        if not self.yearly:
            return choice
        stands = choice.origin[choice.dissenting_group]
        alike = (years[choice.dissenting] > 0) == (years[stands] > 0)
        return Choice(choice.origin, choice.dissenting[alike], choice.dissenting_group[alike])

    @cached_property
    def _faults(self) -> Sequence[Fault]:
        """Faults of the rows taken."""
        taken = [
            replace(fault, rows=fault.rows[self.groups.group_of[fault.rows] >= 0])
            for fault in self.stack.faults(self.name)
        ]
        return [fault for fault in taken if len(fault.rows)]

    @property
    def _unread(self) -> Iterator[Fault]:
        return (fault for fault in self._faults if fault.rule != _NORMALISED)

    @property
    def _normalised(self) -> Iterator[int]:
        return (int(at) for fault in self._faults if fault.rule == _NORMALISED for at in fault.rows)

    def _by_group(self, fault: Fault) -> dict[int, list[int]]:
        found = defaultdict[int, list[int]](list)
        for at in fault.rows.tolist():
            found[int(self.groups.group_of[at])].append(at)
        return found

    def _is_contradicted(self, fault: Fault, number: int, cells: Sequence[int]) -> bool:
        """Whether cells that can't be read repeat one that can."""
        readable = self.values[number].is_valid and self.origin[number] not in cells
        return fault.rule != _NORMALISED and readable

    def _cells(self, positions: Iterable[int]) -> tuple[OtherCell, ...]:
        return tuple(self._cell(at) for at in positions)

    def _cell(self, at: int) -> OtherCell:
        number = int(self.stack.fragment_of[at])
        row = int(self.stack.fragments[number].excel_rows[at - self.stack.starts[number]])
        text = None if self._texts is None else self._texts[at].as_py()
        value = self._found[at].as_py()
        if text is None and value is not None:
            text = self.stack.ledger.columns()[self.name].type.show(value)
        return number, row, self.name, text
