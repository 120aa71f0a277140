"""The lightest sets of things that touch every one of some groups (Fellegi–Holt's error localisation)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
Cover = frozenset[T]


def lightest_covers(
    groups: Sequence[frozenset[T]], weights: Mapping[T, float], *, slack: float = 0, most: int = 3
) -> list[Cover[T]]:
    """Every set of at most `most` things that has one of each group, needs them all, and is among the lightest.

    Exact: all covers that small are weighed.

    Args:
        groups: what must be touched.
        weights: of the things in the groups, all positive.
        slack: how much heavier than the lightest a set may be.
        most: the largest set looked at; what needs more is not explained.

    >>> lightest_covers([frozenset("ab"), frozenset("bc")], {"a": 1, "b": 1.5, "c": 1})
    [frozenset({'b'})]
    """
    found = set(_covers(frozenset(), sorted(groups, key=len), most, frozenset()))
    needed = [cover for cover in found if not any(other < cover for other in found)]
    weighed = [(sum(weights[item] for item in cover), cover) for cover in needed]
    limit = min((weight for weight, _ in weighed), default=0) + slack + 1e-9
    light = [(weight, cover) for weight, cover in weighed if weight <= limit]
    return [cover for _, cover in sorted(light, key=lambda item: (item[0], sorted(map(repr, item[1]))))]


def _covers(
    chosen: Cover[T], groups: Sequence[frozenset[T]], most: int, barred: frozenset[T]
) -> Iterator[Cover[T]]:
    """The covers that hold what is chosen and nothing barred; none comes twice."""
    open_groups = [group for group in groups if not group & chosen]
    if not open_groups:
        yield chosen
        return
    if len(chosen) == most:
        return
    tried = barred
    for item in sorted(open_groups[0] - barred, key=repr):
        yield from _covers(chosen | {item}, open_groups, most, tried)
        tried |= {item}
