"""Third: one value a field and group of rows, where it stands, what could not be taken, who disagrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import OtherCell, Problem
from fupin_audit.workbook.assembling.grouping import Groups
from fupin_audit.workbook.assembling.stacking import Stack
from fupin_audit.workbook.converting.conversion import Bools, Fault, Ints
from fupin_audit.workbook.converting.sheet_rows import CountsAs

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
        origin = self._choice[0].copy()
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
        against = self._by_group(self._dissenting)
        for fault in self._faults:
            for number, cells in self._by_group(fault.rows).items():
                if self._is_contradicted(fault, number, cells):
                    against[number].extend(cells)
                else:
                    yield self._problem(fault, number, cells)
        for number, cells in against.items():
            others = self._cells(sorted(set(cells)))
            yield Problem("KEY-12", number, self.name, f"另有{len(others)}处与此不同", others=others)

    def _problem(self, fault: Fault, number: int, cells: Sequence[int]) -> Problem:
        """What is wrong with a group's cells, told of the one its value stands in; of another column, of the first."""
        if fault.part:
            own, *others = (self.stack.cell_of(fault, at, self.name) for at in cells)
            repeats = tuple(cell for cell in others if cell)
            return Problem(fault.rule, number, self.name, fault.message, fault.hint, repeats, own)
        repeats = self._cells(at for at in cells if at != self.origin[number])
        return Problem(fault.rule, number, self.name, fault.message, fault.hint, repeats)

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
    def _choice(self) -> tuple[Ints, Ints]:
        stands_in = self.stack.counts_as[self.groups.order] == CountsAs.STAND_IN
        return _choose(self._found, self.groups, self._takes_part, ~self.groups.older & ~stands_in)

    @cached_property
    def _dissenting(self) -> Ints:
        """Positions that say something else; of yearly fields only where both name the year, or both don't."""
        origin, dissenting = self._choice
        if not self.yearly:
            return dissenting
        named = self.stack.years > 0
        alike: Bools = named[dissenting] == named[origin[self.groups.group_of[dissenting]]]
        return dissenting[alike]

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

    def _by_group(self, rows: Ints) -> defaultdict[int, list[int]]:
        found = defaultdict[int, list[int]](list)
        for at, number in zip(rows.tolist(), self.groups.group_of[rows].tolist(), strict=True):
            found[number].append(at)
        return found

    def _is_contradicted(self, fault: Fault, number: int, cells: Sequence[int]) -> bool:
        """Whether cells that can't be read repeat one that can."""
        readable = self.values[number].is_valid and self.origin[number] not in cells
        return fault.rule != _NORMALISED and readable

    def _cells(self, positions: Iterable[int]) -> tuple[OtherCell, ...]:
        return tuple(self._cell(at) for at in positions)

    def _cell(self, at: int) -> OtherCell:
        text = None if self._texts is None else self._texts[at].as_py()
        value = self._found[at].as_py()
        if text is None and value is not None:
            text = self.stack.ledger.columns()[self.name].type.show(value)
        return OtherCell(int(self.stack.part_of[at]), int(self.stack.excel_rows[at]), self.name, text)


def _choose(values: pa.Array, groups: Groups, taking_part: Bools, opposable: Bools) -> tuple[Ints, Ints]:
    """For each group the best-ranked value; among equally good rows the most frequent, then the smallest.

    Args:
        values: by position.
        groups: the rows.
        taking_part: rows of `groups.order` that may give the value.
        opposable: those whose difference is a disagreement.

    Returns:
        Group → position of the row whose value it takes, -1 where no row has one; positions of those who disagree.
    """
    has_value = values.is_valid().to_numpy(zero_copy_only=False)[groups.order]
    rows = np.flatnonzero(has_value & taking_part)
    group, positions = groups.group[rows], groups.order[rows]
    first = np.append(True, group[1:] != group[:-1])[: len(group)]
    origin = np.full(groups.count, -1, dtype=np.int64)
    origin[group[first]] = positions[first]
    found = values if _ascending(positions, len(values)) else values.take(pa.array(positions))
    part = np.flatnonzero(np.isin(group, _divided(found, group, first)))
    if not len(part):
        return origin, positions[:0]
    codes = _sorted_codes(found.take(pa.array(part)))
    winners = _most_frequent(group[part], groups.rank[rows][part], codes)
    origin[group[part][winners]] = positions[part][winners]
    chosen = np.full(groups.count, -1, dtype=np.int64)
    chosen[group[part][winners]] = codes[winners]
    against = (codes != chosen[group[part]]) & opposable[rows][part]
    return origin, positions[part][against]


def _ascending(positions: Ints, height: int) -> bool:
    return len(positions) == height and bool((positions == np.arange(height)).all())


def _divided(values: pa.Array, group: Ints, first: Bools) -> Ints:
    """Groups whose rows, of which `first` are the first, do not all say the same."""
    if not len(values):
        return group
    changes = pc.not_equal(values.slice(1), values.slice(0, len(values) - 1)).to_numpy(zero_copy_only=False)
    divided: Ints = np.unique(group[1:][changes & ~first[1:]])
    return divided


def _sorted_codes(values: pa.Array) -> Ints:
    """Numbers in the order of the values."""
    encoded = pc.dictionary_encode(values)
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    codes: Ints = place[encoded.indices.to_numpy()]
    return codes


def _most_frequent(group: Ints, rank: Ints, codes: Ints) -> Ints:
    """For each group the first row with the winning value of its best rank."""
    first = np.append(True, group[1:] != group[:-1])
    best = rank == rank[first][np.cumsum(first) - 1]
    rows = np.flatnonzero(best)
    pairs, at, counts = np.unique(
        group[rows] * (codes.max() + 1) + codes[rows], return_index=True, return_counts=True
    )
    owner = pairs // (codes.max() + 1)
    order = np.lexsort((pairs, -counts, owner))
    leading = np.append(True, owner[order][1:] != owner[order][:-1])
    winning: Ints = rows[at[order][leading]]
    return winning
