"""Second: which rows are the same household, person or year, and which of them speaks first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from fupin_audit.workbook.assembling.stacking import Stack
from fupin_audit.workbook.converting.conversion import Bools, Ints
from fupin_audit.workbook.converting.sheet_rows import CountsAs

_NONE = -1
# A row's rank: an older year comes after all others; then what the row is to the ledger; a member after the head.
_OLDER, _STANDING, _MEMBER = 16, 2, 1


@dataclass(frozen=True)
class Groups:
    """Rows that make one row of the ledger.

    Attributes:
        count: number of groups, numbered in the order of their first rows.
        order: positions of the rows taken, by group, then rank, then position.
        group: group of each of them, ascending.
        rank: rank of each of them, 0 first; rows of equal rank are equally good.
        older: each of them speaks of an earlier year than another row of its group.
        group_of: position → group; -1 for rows left out.
    """

    count: int
    order: Ints
    group: Ints
    rank: Ints
    older: Bools
    group_of: Ints


def group(stack: Stack) -> Groups | None:
    """The rows that are one, by the ledger's key; None where every row stands for itself.

    A key that a single sheet has twice is a fault to be seen: rows of such a key stay apart, and columns
    repeated on finer rows (on a household's members) don't complete them.
    """
    if _cannot_meet(stack):
        return None
    repeated = stack.counts_as != CountsAs.OWN
    keys = identities(stack)
    twice = _repeated_within_sheet(stack, keys, ~repeated)
    alone = ((keys == _NONE) | twice) & ~repeated
    keys[alone] = keys.max(initial=0) + 1 + np.flatnonzero(alone)
    taken = np.flatnonzero((keys != _NONE) & ~(twice & repeated))
    numbers = _in_order_of_appearance(keys[taken])
    count = int(numbers.max(initial=-1)) + 1
    if count == stack.height:
        return None
    return _ranked(stack, taken, numbers, count)


def _cannot_meet(stack: Stack) -> bool:
    """Whether no two rows can be one: rows of one sheet, or of a ledger that is not merged."""
    if any(part.counts_as is not CountsAs.OWN for part in stack.parts):
        return stack.height == 0
    return not stack.ledger.merge or (len(stack.parts) == 1 and not stack.years.any())


def _ranked(stack: Stack, taken: Ints, numbers: Ints, count: int) -> Groups:
    years = stack.years[taken]
    latest = np.zeros(count, dtype=np.int64)
    np.maximum.at(latest, numbers, years)
    older = (years > 0) & (years < latest[numbers])
    rank = _OLDER * older + _STANDING * stack.counts_as[taken] + _MEMBER * ~stack.heads[taken]
    order = np.lexsort((taken, rank, numbers))
    group_of = np.full(stack.height, _NONE, dtype=np.int64)
    group_of[taken] = numbers
    return Groups(count, taken[order], numbers[order], rank[order], older[order], group_of)


def identities(stack: Stack) -> Ints:
    """A number for each row, equal for equal keys; -1 where the key is blank.

    A row without the key proper (人编号) is known by the alternative one (证件号码), and takes the number of
    the rows that have both, unless they contradict each other.
    """
    keys = key_numbers(stack, stack.ledger.key)
    if (keys != _NONE).all():
        return keys
    others = key_numbers(stack, stack.ledger.alternative_key)
    if not (others != _NONE).any():
        return keys
    proper = np.full(others.max() + 1, _NONE)
    both = (keys != _NONE) & (others != _NONE)
    proper[others[both]] = keys[both]
    contradicted = np.unique(others[both][proper[others[both]] != keys[both]])
    proper[contradicted] = _NONE
    own = keys.max(initial=0) + 1 + others
    found = np.where(proper[others] == _NONE, own, proper[others])
    return np.where((keys == _NONE) & (others != _NONE), found, keys)


def key_numbers(stack: Stack, names: Sequence[str], *, blank_counts: bool = False) -> Ints:
    """A number for each row, equal where all these fields are equal.

    Args:
        stack: the rows.
        names: the fields.
        blank_counts: a blank is a value like others; otherwise a row with a blank among them gets -1.
    """
    if not names or any(name not in stack.fields for name in names):
        return np.full(stack.height, _NONE, dtype=np.int64)
    numbers = np.zeros(stack.height, dtype=np.int64)
    blank = np.zeros(stack.height, dtype=bool)
    for name in names:
        encoded = pc.dictionary_encode(stack.values(name))
        codes = encoded.indices.fill_null(_NONE).to_numpy().astype(np.int64)
        blank |= codes == _NONE
        numbers = numbers * (len(encoded.dictionary) + 1) + codes + 1
        if name != names[0]:  # numbered anew, so that the product of many fields stays small
            numbers = np.unique(numbers, return_inverse=True)[1]
    return numbers if blank_counts else np.where(blank, _NONE, numbers)


def _repeated_within_sheet(stack: Stack, keys: Ints, own: Bools) -> Bools:
    """Rows whose key one sheet has twice, for the same year."""
    rows = np.flatnonzero(own & (keys != _NONE))
    wide = len(stack.parts) * (int(stack.years.max(initial=0)) + 1)
    within = (keys[rows] * wide) + stack.part_of[rows] * (wide // len(stack.parts)) + stack.years[rows]
    ordered = np.sort(within)
    again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]]) // wide
    return np.isin(keys, again) if len(again) else np.zeros(len(keys), dtype=bool)


def _in_order_of_appearance(keys: Ints) -> Ints:
    _, first, numbers = np.unique(keys, return_index=True, return_inverse=True)
    place = np.empty(len(first), dtype=np.int64)
    place[np.argsort(first)] = np.arange(len(first))
    return place[numbers]
