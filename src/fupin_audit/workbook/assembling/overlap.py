"""Rows that two sheets of one ledger both have, and sheets that are copies of one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fupin_audit.delivery import Source
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.assembling.grouping import identities, key_numbers
from fupin_audit.workbook.assembling.stacking import Stack
from fupin_audit.workbook.converting.conversion import Bools, Ints
from fupin_audit.workbook.converting.sheet_rows import CountsAs, SheetRows

_TOLD = 5  # sheets named of those that have the same rows, and rows of those that differ
_NEARLY_ALL = 0.9  # part of the rows, and of the columns, that a copy shares
_FEWEST = 3  # rows of a copy


@dataclass(frozen=True)
class Overlap:
    """What two sheets of one ledger share.

    Attributes:
        later, earlier: the sheets, in the order of their files.
        remark: what is to be said of it, in Chinese.
        is_copy: the later is a copy of the earlier one.
        unused: positions of the later one's rows that are left out as the earlier one has them.
    """

    later: SheetRows
    earlier: Source
    remark: str
    is_copy: bool
    unused: Ints


def overlaps(ledger: type[Ledger], parts: Sequence[SheetRows]) -> Iterator[Overlap]:
    """What each sheet shares with the first few of the earlier ones.

    Rows are the same if their keys are; in a ledger without a key, if all columns both sheets have are. Of copies
    of a list that is not merged the earlier speaks: rows would count twice.
    """
    own = [part for part in parts if part.counts_as is CountsAs.OWN]
    if not own[1:]:  # it takes two to overlap
        return
    stack = Stack(ledger, own)
    numbers = identities(stack) if ledger.key else _whole_rows(stack)
    for later, earlier in _sharing(numbers, stack.part_of):
        if own[later].source.place != own[earlier].source.place:
            yield _Pair(stack, later, earlier, numbers).overlap()


def _whole_rows(stack: Stack) -> Ints:
    """A number for each row, equal where all columns that all sheets have are."""
    common = [name for name in stack.fields if all(name in part.cells for part in stack.parts)]
    return key_numbers(stack, common, blank_counts=True)


@dataclass(frozen=True)
class _Pair:
    """Two sheets in the stack, whose rows are the same if their numbers are."""

    stack: Stack
    later: int
    earlier: int
    numbers: Ints

    def overlap(self) -> Overlap:
        """What they share."""
        later, earlier = self.stack.parts[self.later], self.stack.parts[self.earlier]
        mine, theirs = (self.numbers[self.stack.part_of == part] for part in (self.later, self.earlier))
        shared = np.isin(mine, theirs[theirs >= 0])
        is_copy = self._is_copy(shared)
        unused = (
            np.flatnonzero(shared) if is_copy and not self.stack.ledger.merge else np.zeros(0, dtype=np.int64)
        )
        return Overlap(later, earlier.source, self._remark(shared, earlier.source, is_copy), is_copy, unused)

    def _is_copy(self, shared: Bools) -> bool:
        later, earlier = self.stack.parts[self.later], self.stack.parts[self.earlier]
        fields = set(later.cells), set(earlier.cells)
        alike = len(fields[0] & fields[1]) >= _NEARLY_ALL * len(fields[0] | fields[1])
        rows = shared.sum() >= max(_FEWEST, _NEARLY_ALL * min(later.height, earlier.height))
        return bool(alike and rows and set(later.years.tolist()) & set(earlier.years.tolist()))

    def _remark(self, shared: Bools, other: Source, is_copy: bool) -> str:
        merged = self.stack.ledger.merge
        done = "已合并" if merged else "两处都已读入，请确认是否重复报送"
        if is_copy:
            done = f"像是同一份表的两个副本，{self._differing(shared)}以 {other.place} 为准"
        return f"“{self.stack.ledger.title}”有{int(shared.sum())}行与 {other.place} 重复，{done}"

    def _differing(self, shared: Bools) -> str:
        later, earlier = self.stack.parts[self.later], self.stack.parts[self.earlier]
        whole = _whole_rows(Stack(self.stack.ledger, [earlier, later]))
        differ = shared & ~np.isin(whole[earlier.height :], whole[: earlier.height])
        rows = later.excel_rows[differ].tolist()
        if not rows:
            return "内容相同，"
        told = "、".join(map(str, rows[:_TOLD])) + (" 等" if len(rows) > _TOLD else "")
        return f"其中{len(rows)}行内容不同（第{told}行），"


def _sharing(numbers: Ints, part_of: Ints) -> Iterator[tuple[int, int]]:
    """Each part with the first few before it that have a row of its own; rows are the same if their numbers are."""
    rows = np.unique(np.stack([numbers, part_of], axis=1)[numbers >= 0], axis=0)
    number, part = rows[:, 0], rows[:, 1]
    first = np.searchsorted(number, number)
    pairs = [
        np.stack([part[is_later], part[first[is_later] + place]], axis=1)
        for place in range(_TOLD)
        if (is_later := np.arange(len(rows)) > first + place).any()
    ]
    told = Counter[int]()
    for later, earlier in np.unique(np.concatenate(pairs), axis=0).tolist() if pairs else ():
        told[later] += 1
        if told[later] <= _TOLD:
            yield later, earlier
