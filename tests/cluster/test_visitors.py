"""Keys that several rows share, and who is seen through them, piece by piece; whole shards are in `test_sight.py`."""

from __future__ import annotations

import numpy as np
import pytest

from fupin_audit.cluster import visitors
from fupin_audit.cluster.visitors import SharedKeys, Sight, distinct, led_to, shared_keys
from fupin_audit.engine.linking.keyed_rows import CROWD


def side(*pairs: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Rows with the numbers of their keys."""
    rows, keys = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return rows, keys.astype(np.uint64)


def crowd(rows: np.ndarray, key: int) -> tuple[np.ndarray, np.ndarray]:
    return rows.astype(np.int64), np.full(len(rows), key, dtype=np.uint64)


def together(*sides: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    rows, keys = zip(*sides, strict=True)
    return np.concatenate(rows), np.concatenate(keys)


def seen(shards: np.ndarray, *keys: SharedKeys) -> list[list[int]]:
    """Of each shard the rows of others that it sees."""
    sight = Sight(shards, keys)
    return [sight.rows_of(sight.visitors(), shard).tolist() for shard in range(int(shards.max()) + 1)]


def test_keys_that_rows_have_alone_are_left_out() -> None:
    shared = shared_keys(
        [side((5, 30), (2, 10), (3, 10)), side((7, 20), (8, 10), (9, 30))], own=[1], every=[(0, 1)]
    )
    assert shared.rows.tolist() == [2, 3, 8, 5, 9]
    assert shared.sides.tolist() == [0, 0, 1, 0, 1]
    assert (shared.counts.tolist(), shared.starts.tolist()) == ([3, 2], [0, 3])
    parts = shared.parts
    assert (parts.starts.tolist(), parts.counts.tolist()) == ([0, 2, 3, 4], [2, 1, 1, 1])
    assert (parts.groups.tolist(), parts.sides.tolist()) == ([0, 0, 1, 1], [0, 1, 0, 1])


def test_which_sides_are_ones_own_compared_or_seen_whole() -> None:
    sides = [side((0, 1)), side((1, 1)), side((2, 1))]
    weak = shared_keys(sides, compared=[1], every=[(0, 2), (2, 2)])
    assert (weak.own.tolist(), weak.compared.tolist()) == ([False] * 3, [False, True, False])
    assert weak.every.tolist() == [[False, False, True], [False, False, False], [False, False, True]]
    strong = shared_keys(sides, own=[0, 2])
    assert (strong.own.tolist(), strong.compared.tolist()) == ([True, False, True], [False] * 3)
    assert strong.every.all()


def test_rows_of_a_province_take_little_memory() -> None:
    shared = shared_keys([side((0, 1), (1, 1))])
    assert (shared.rows.itemsize, shared.sides.itemsize) == (4, 2)


def test_within_a_key_rows_keep_the_order_of_their_sides() -> None:
    shuffled = np.random.default_rng(7).permutation(300)
    first, second = crowd(shuffled[:150], 1), crowd(shuffled[150:], 1)
    shared = shared_keys([together(first, crowd(np.arange(300, 350), 0)), second])
    assert shared.rows.tolist() == [*range(300, 350), *shuffled.tolist()]
    assert shared.sides.tolist() == [0] * 200 + [1] * 150


def test_a_piece_of_the_keys_at_a_time_comes_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(20)
    shards = draw.integers(0, 4, 400).astype(np.int16)
    sides = [(draw.integers(0, 400, 300), draw.integers(0, 90, 300).astype(np.uint64)) for _ in range(3)]
    kinds: tuple[tuple[list[int], list[int]], ...] = (([0, 1], []), ([], [0, 2]))
    whole = seen(shards, *(shared_keys(sides, own, compared) for own, compared in kinds))
    monkeypatch.setattr(visitors, "_PIECE", 100)
    monkeypatch.setattr(visitors, "_ASKED", 7)
    assert seen(shards, *(shared_keys(sides, own, compared) for own, compared in kinds)) == whole


def test_nobody_is_seen_where_no_key_is_shared() -> None:
    shards = np.array([0, 1, 1], dtype=np.int16)
    assert seen(shards, shared_keys([side((0, 1), (1, 2), (2, 3))], own=[0])) == [[], []]
    assert seen(shards, shared_keys([side((1, 1), (2, 1))], own=[0])) == [[], []]


def test_several_shards_see_each_other_and_never_their_own() -> None:
    shards = np.array([0, 1, 2, 0, 1, 2], dtype=np.int16)
    shared = shared_keys([side((0, 9), (1, 9), (2, 9), (3, 8), (4, 8), (5, 7))])
    assert seen(shards, shared) == [[1, 2, 4], [0, 2, 3], [0, 1]]


@pytest.mark.parametrize(("number", "whole"), [(CROWD, True), (CROWD + 1, False)])
def test_a_crowd_is_more_than_so_many(number: int, whole: bool) -> None:
    shards = np.zeros(number + 1, dtype=np.int16)
    shards[number] = 1
    found = seen(shards, shared_keys([crowd(np.arange(number), 1), crowd(np.array([number]), 1)]))
    # of a crowd the first are seen that show it for one
    assert [len(rows) for rows in found] == [1, number if whole else CROWD + 1]


def test_of_what_is_somebodys_own_a_crowd_is_seen_whole() -> None:
    size = 3 * CROWD
    shards = np.arange(size, dtype=np.int16) % 2
    assert [len(rows) for rows in seen(shards, shared_keys([crowd(np.arange(size), 1)], own=[0]))] == [
        size // 2
    ] * 2


def test_every_crowd_is_known_for_one() -> None:
    size = 2 * CROWD
    rows = np.arange(2 * size)
    shards = (rows % size >= size // 2).astype(np.int16)  # the first half of either crowd is the one's
    crowds = shared_keys([together(crowd(rows[:size], 1), crowd(rows[size:], 2))])
    first, second = seen(shards, crowds)
    assert second == [*range(size // 2), *range(size, size + size // 2)]
    assert first == [size // 2, size + size // 2]


def test_a_crowd_of_one_county_is_nothing_to_others() -> None:
    rows = np.arange(CROWD + 9)
    shards = np.zeros(len(rows), dtype=np.int16)
    shards[-2:] = 1
    alone = shared_keys([together(crowd(rows[:-2], 1), crowd(rows[-2:], 2))])
    assert seen(shards, alone) == [[], []]


def test_what_comes_brings_what_is_theirs_however_far_that_leads() -> None:
    shards = np.array([0, 1, 1, 2, 2, 1], dtype=np.int16)
    chain = [shared_keys([side((one, 1), (one + 1, 1))], own=[0]) for one in range(4)]
    found = seen(shards, *chain)
    assert found == [[1, 2, 3, 4], [0, 3, 4], [0, 1, 2]]
    assert seen(np.array([1, 0, 0], dtype=np.int16), *chain[:2]) == [[0], [1, 2]]


def test_a_place_leads_to_its_rows_in_other_counties() -> None:
    sight = Sight(np.array([0, 0, 1, 1, 2, 2], dtype=np.int16), [])
    here = side((5, 0), (0, 7), (1, 7), (2, 7), (3, 5), (1, 4))
    there = side((5, 7), (1, 5), (0, 9), (3, 7), (4, 7), (2, 3), (1, 0))
    pairs = led_to(sight, here, there)
    assert [sight.rows_of(pairs, shard).tolist() for shard in range(3)] == [[3, 4, 5], [1, 4, 5], [1]]


def test_a_place_that_many_rows_name_is_looked_up_once_for_each_county() -> None:
    size = 200
    sight = Sight(np.arange(size, dtype=np.int16) % 2, [])
    names = np.arange(size) % 3
    every = np.arange(size, dtype=np.int64), names.astype(np.uint64)
    pairs = led_to(sight, every, every)
    for shard in (0, 1):
        assert sight.rows_of(pairs, shard).tolist() == [row for row in range(size) if row % 2 != shard]


@pytest.mark.parametrize(
    ("numbers", "found"), [([], []), ([3], [3]), ([2, 2, 1, 2], [1, 2]), ([5, -1, 5, 0], [-1, 0, 5])]
)
def test_different_numbers_come_once_in_order(numbers: list[int], found: list[int]) -> None:
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == found
