"""How much each level of agreement weighs, estimated from the two rolls themselves.

u is counted: two rows of one roll are two people. m, and how many pairs are one person's, come from the pairs that
were compared, by expectation and maximisation (Dempster, Laird & Rubin 1977) with u held fixed, as Winkler (1988)
does it. Both start from what is assumed, which counts as some further pairs: few rows of a small roll say little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from fupin_audit.linkage import name_levels
from fupin_audit.linkage.blocking import within
from fupin_audit.linkage.fields import AT, BIRTH, BLANK, DIFFERENT_ASSUMED, FIELDS, NAME, PLACE, SAME_ASSUMED
from fupin_audit.linkage.levels import SAME, SAME_VILLAGE, levels
from fupin_audit.linkage.rolls import Rolls, rolls_of, taken

_SAMPLED = 400_000  # pairs of two people that are compared
_SEED = 20200301
_WORTH_DIFFERENT = 1000.0  # pairs that what is assumed of two people counts for
_WORTH_SAME = 200.0  # likewise of one person
_WORTH_TWINS = 20.0
_ROUNDS = 200
_COUNTY = 10_000  # people there are at least, however few of them the rolls name
_NAMES = 1000  # people whose names are known at least: one in fewer may be rarer or not
_EVEN = 0.5  # of all pairs, at most, are one person's
_STILL = 1e-9  # change of the number of pairs that ends the rounds
Shares = Sequence[np.ndarray]


@dataclass(frozen=True)
class Model:
    """What levels weigh.

    Attributes:
        same: m of every field's levels.
        different: u of them.
        twins: u of a name's levels where birth and village are the same.
        share: share of pairs of one person among all pairs that may be one.
    """

    same: Shares
    different: Shares
    twins: np.ndarray
    share: float

    @property
    def start(self) -> float:
        """Bits that speak for a pair before anything of it is known."""
        return float(np.log2(self.share / (1 - self.share)))


@dataclass(frozen=True)
class Strangers:
    """How two people agree; `twins` in their names, where birth and village are the same."""

    different: Shares
    twins: np.ndarray


def strangers(roll: pa.Table) -> Strangers:
    """How the people of one roll agree with each other."""
    rolls = rolls_of(roll, roll.slice(0, 0))
    different = _of_two_people(rolls)
    return Strangers(different, _of_twins(rolls, different[AT[NAME]]))


def estimated(others: Strangers, found: np.ndarray, common: np.ndarray, total: float) -> Model:
    """The model of two rolls.

    Args:
        others: how two people agree.
        found: the levels of the pairs that were compared.
        common: how common the name of each of them is.
        total: how many pairs may be one person's.
    """
    start = Model(SAME_ASSUMED, others.different, others.twins, 1 / max(total, _COUNTY))
    model = maximised(start, found, common, total)
    return replace(model, share=min(model.share, 1 / _COUNTY))


def maximised(model: Model, found: np.ndarray, common: np.ndarray, total: float) -> Model:
    """The model after rounds of expectation and maximisation, with u as it is."""
    patterns, at = np.unique(found, axis=0, return_inverse=True)
    at = at.reshape(-1)
    number = -1.0
    for _ in range(_ROUNDS):
        chances = 1 / (1 + np.exp2(-bits(model, found, common).sum(axis=1) - model.start))
        expected = np.bincount(at, weights=chances, minlength=len(patterns))
        if abs(expected.sum() - number) < _STILL * (1 + number):
            break
        number = float(expected.sum())
        same = tuple(
            _shares(_counted(patterns[:, i], expected, len(field.levels)), SAME_ASSUMED[i], _WORTH_SAME)
            for i, field in enumerate(FIELDS)
        )
        share = min(_EVEN, (1 + number) / max(total, _COUNTY))
        model = Model(same, model.different, model.twins, share)
    return model


def bits(model: Model, found: np.ndarray, common: np.ndarray) -> np.ndarray:
    """What every field of every pair weighs; nothing where it is blank.

    A name that is the same weighs the more the rarer it is. Of two people who were born on one day in one village
    names are more often nearly the same than of others: twins.
    """
    weighed = np.zeros(found.shape)
    for at in range(len(FIELDS)):
        with_blank = np.append(np.log2(model.same[at] / model.different[at]), 0.0)  # BLANK is the last
        weighed[:, at] = with_blank[found[:, at]]
    name = found[:, AT[NAME]]
    equal = name == name_levels.SAME
    weighed[equal, 0] = np.log2(model.same[AT[NAME]][name_levels.SAME] / common[equal])
    twins = _like_twins(found) & (name != BLANK) & ~equal
    weighed[twins, 0] = np.log2(model.same[AT[NAME]] / model.twins)[name[twins]]
    return weighed


def commonness(rolls: Rolls, rows: np.ndarray) -> np.ndarray:
    """The share of all rows of both rolls that have the name of these."""
    return taken(np.bincount(rolls.name[rolls.name >= 0]), rolls.name[rows]) / max(_NAMES, len(rolls.name))


def _like_twins(found: np.ndarray) -> np.ndarray:
    return np.asarray((found[:, AT[BIRTH]] == SAME) & (found[:, AT[PLACE]] == SAME_VILLAGE))


def _of_two_people(rolls: Rolls) -> Shares:
    """The shares of levels among pairs of rows of one roll."""
    found = levels(rolls, *_drawn(rolls, rolls.sides[0]))
    return tuple(
        _shares(_counted(found[:, at], None, len(field.levels)), DIFFERENT_ASSUMED[at], _WORTH_DIFFERENT)
        for at, field in enumerate(FIELDS)
    )


def _drawn(rolls: Rolls, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of different subjects of one roll: all of a small one, of a large one so many by lot."""
    _, first = np.unique(rolls.subject[rows], return_index=True)
    people = rows[np.sort(first)]
    if len(people) * (len(people) - 1) // 2 <= _SAMPLED:
        one, other = np.triu_indices(len(people), 1)
    else:
        one, other = np.random.default_rng(_SEED).integers(0, len(people), (2, _SAMPLED))
        one, other = one[one != other], other[one != other]
    return people[one], people[other]


def _of_twins(rolls: Rolls, otherwise: np.ndarray) -> np.ndarray:
    """The shares of a name's levels among two people of one birth and village; who has one name too is one person."""
    found = levels(rolls, *within(rolls, rolls.sides[0]))[:, AT[NAME]]
    counted = _counted(found[found != name_levels.SAME], None, len(NAME.levels))
    return _shares(counted, otherwise, _WORTH_TWINS)


def _counted(level: np.ndarray, weights: np.ndarray | None, number: int) -> np.ndarray:
    known = level != BLANK
    return np.bincount(level[known], None if weights is None else weights[known], number).astype(float)


def _shares(counted: np.ndarray, assumed: np.ndarray, worth: float) -> np.ndarray:
    """Shares of what was counted, together with what is assumed."""
    return np.asarray((counted + worth * assumed) / (counted.sum() + worth))
