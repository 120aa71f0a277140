"""Rows that two sheets of one ledger both have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from fupin_audit.delivery import Source
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.assembling.grouping import identities, key_numbers
from fupin_audit.workbook.assembling.stacking import Stack
from fupin_audit.workbook.converting.conversion import Ints
from fupin_audit.workbook.converting.sheet_rows import CountsAs, SheetRows

_TOLD = 5  # sheets named of those that have the same rows


def overlaps(ledger: type[Ledger], parts: Sequence[SheetRows]) -> Iterator[tuple[Source, str]]:
    """For each sheet whose rows earlier ones also have, a remark in Chinese for each of the first few of these.

    Rows are the same if their keys are; in a ledger without a key, if all columns both sheets have are.
    """
    own = [part for part in parts if part.counts_as is CountsAs.OWN]
    if len(own) < 2:  # noqa: PLR2004  - it takes two to overlap
        return
    stack = Stack(ledger, own)
    common = [name for name in stack.fields if all(name in part.cells for part in own)]
    numbers = identities(stack) if ledger.key else key_numbers(stack, common, blank_counts=True)
    for later, earlier in _sharing(numbers, stack.part_of):
        mine, theirs = (numbers[(stack.part_of == part) & (numbers >= 0)] for part in (later, earlier))
        yield own[later].source, _remark(ledger, own[earlier].source, int(np.isin(mine, theirs).sum()))


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


def _remark(ledger: type[Ledger], other: Source, rows: int) -> str:
    place = " › ".join(filter(None, (other.file, other.sheet)))
    done = "已合并" if ledger.merge else "两处都已读入，请确认是否重复报送"
    return f"“{ledger.title}”有{rows}行与 {place} 重复，{done}"
