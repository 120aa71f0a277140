"""Rows that two sheets of one ledger both have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fupin_audit.delivery import Source
from fupin_audit.ledgers.base import Ledger
from fupin_audit.workbook.assembling.grouping import identities, key_numbers
from fupin_audit.workbook.assembling.stacking import Stack
from fupin_audit.workbook.converting.sheet_rows import CountsAs, SheetRows


def overlaps(ledger: type[Ledger], parts: Sequence[SheetRows]) -> Iterator[tuple[Source, str]]:
    """For each sheet whose rows an earlier one also has, a remark in Chinese.

    Rows are the same if their keys are; in a ledger without a key, if all columns both sheets have are.
    """
    own = [part for part in parts if part.counts_as is CountsAs.OWN]
    if len(own) < 2:  # noqa: PLR2004  - it takes two to overlap
        return
    stack = Stack(ledger, own)
    common = [name for name in stack.fields if all(name in part.cells for part in own)]
    numbers = identities(stack) if ledger.key else key_numbers(stack, common, blank_counts=True)
    for later in range(1, len(own)):
        mine = numbers[(stack.part_of == later) & (numbers >= 0)]
        for earlier in range(later):
            theirs = numbers[(stack.part_of == earlier) & (numbers >= 0)]
            if same := int(np.isin(mine, theirs).sum()):
                yield own[later].source, _remark(ledger, own[earlier].source, same)


def _remark(ledger: type[Ledger], other: Source, rows: int) -> str:
    place = " › ".join(filter(None, (other.file, other.sheet)))
    done = "已合并" if ledger.merge else "两处都已读入，请确认是否重复报送"
    return f"“{ledger.title}”有{rows}行与 {place} 重复，{done}"
