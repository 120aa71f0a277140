"""Two rolls of people linked: which rows are one person's, with what each field weighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from fupin_audit.linkage.blocking import candidates
from fupin_audit.linkage.levels import levels
from fupin_audit.linkage.rolls import Rolls, rolls_of
from fupin_audit.linkage.weights import Model, Strangers, bits, commonness, estimated

SURE, LIKELY = 99.0, 1.0
"""How many times likelier than not a pair must be one person's: to be told, and to be thought of."""


@dataclass(frozen=True)
class Roll:
    """One of two rolls.

    Attributes:
        people: what is known of each row, the columns `rolls.COLUMNS`.
        free: the rows that no number pairs.
        lacking: the rows without a valid number. Two valid numbers are two people, however alike they are.
    """

    people: pa.Table
    free: np.ndarray
    lacking: np.ndarray


@dataclass(frozen=True)
class Linkage:
    """Pairs that are likelier one person's than not.

    Attributes:
        left, right: their rows.
        levels, bits: how the fields agree, and what that weighs; a column a field.
        odds: how many times likelier one person's than not, in view of everybody else it might be.
        chosen: the pairs that leave no doubt: one with one, one row for all that say the same.
        model: what was estimated.
    """

    left: np.ndarray
    right: np.ndarray
    levels: np.ndarray
    bits: np.ndarray
    odds: np.ndarray
    chosen: np.ndarray
    model: Model


def link(left: Roll, right: Roll, others: Strangers) -> Linkage:
    """The rows of two rolls that may be one person's.

    Args:
        left: one roll.
        right: the other.
        others: how two people of the county agree.
    """
    rolls = rolls_of(left.people, right.people)
    free, lacking = (
        np.concatenate([one, other]) for one, other in zip(_marks(left), _marks(right), strict=True)
    )
    ours, theirs = (_one_each(rolls, rows[free[rows]]) for rows in rolls.sides)
    without = candidates(rolls, ours[lacking[ours]], theirs)
    besides = candidates(rolls, ours[~lacking[ours]], theirs[lacking[theirs]])
    one, other = (np.concatenate(parts) for parts in zip(without, besides, strict=True))
    found, common = levels(rolls, one, other), commonness(rolls, one)
    model = estimated(others, found, common, _possible(lacking[ours], lacking[theirs]))
    weighed = bits(model, found, common)
    likelihood = np.exp2(weighed.sum(axis=1) + model.start)
    kept = np.flatnonzero(likelihood >= LIKELY)
    odds = np.minimum(_among(one, likelihood), _among(other, likelihood))[kept]
    at, ours, theirs = _all_rows(rolls, free, one[kept], other[kept])
    chosen = (odds >= SURE)[at] & (ours == one[kept][at]) & (theirs == other[kept][at])
    return Linkage(ours, theirs - rolls.lefts, found[kept][at], weighed[kept][at], odds[at], chosen, model)


def _marks(roll: Roll) -> tuple[np.ndarray, np.ndarray]:
    return roll.free, roll.lacking


def _one_each(rolls: Rolls, rows: np.ndarray) -> np.ndarray:
    """The first of all rows that say the same."""
    return rows[np.sort(np.unique(rolls.subject[rows], return_index=True)[1])]


def _possible(left: np.ndarray, right: np.ndarray) -> float:
    """How many pairs of so many rows there are with one at least that lacks a number."""
    return float(len(left) * len(right) - int((~left).sum()) * int((~right).sum()))


def _among(rows: np.ndarray, likelihood: np.ndarray) -> np.ndarray:
    """The odds of each pair against that its row has no counterpart, or another one."""
    at = np.unique(rows, return_inverse=True)[1]
    all_of_row = np.bincount(at, weights=likelihood)[at] if len(rows) else likelihood
    return np.asarray(likelihood / (1 + np.maximum(all_of_row - likelihood, 0)))


def _all_rows(
    rolls: Rolls, free: np.ndarray, left: np.ndarray, right: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which pair, its left and its right row, for all rows that say the same as those of the pairs."""
    rows = np.flatnonzero(free)
    rows = rows[np.argsort(rolls.subject[rows], kind="stable")]
    subject = rolls.subject[rows]
    pair = np.arange(len(left))
    for side in (left, right):
        first, end = (np.searchsorted(subject, rolls.subject[side], way) for way in ("left", "right"))
        count = (end - first)[pair]
        place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        found = rows[np.repeat(first[pair], count) + place]
        if side is left:
            pair, lefts = np.repeat(pair, count), found
        else:
            pair, lefts = np.repeat(pair, count), np.repeat(lefts, count)
    return pair, lefts, found
