"""Pairing and comparing of tables, against the plain way of doing it."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from fupin_audit.comparing.differences import Compared, compare_tables
from fupin_audit.comparing.pairing import combined, key_numbers

KEYS = st.lists(
    st.tuples(st.sampled_from(["1", "2", "03", "甲", None]), st.sampled_from(["a", "b", None])), max_size=7
)


def table(keys: list[tuple[str | None, str | None]], side: str) -> pa.Table:
    """Rows with these keys; those of different sides are never the same in every column."""
    columns = {name: pa.array([key[at] for key in keys], pa.string()) for at, name in enumerate("kn")}
    columns["s"] = pa.array([side] * len(keys), pa.string())
    return pa.table({**columns, "v": pa.array([hash(key) % 3 or None for key in keys], pa.int64())})


@examples(200)
@given(KEYS, KEYS)
def test_every_row_is_in_one_place(
    left: list[tuple[str | None, str | None]], right: list[tuple[str | None, str | None]]
) -> None:
    pairing, _ = compare_tables(table(left, "左"), table(right, "右"), ["k", "n"], [Compared("v")])
    counts = [Counter(key for key in side if None not in key) for side in (left, right)]
    for rows, only, repeated, keyless, own, other in (
        (pairing.left, pairing.only_left, pairing.repeated_left, pairing.keyless_left, left, counts[1]),
        (pairing.right, pairing.only_right, pairing.repeated_right, pairing.keyless_right, right, counts[0]),
    ):
        mine = Counter(key for key in own if None not in key)
        assert sorted(rows) == [at for at, key in enumerate(own) if mine[key] == other[key] == 1]
        assert list(only) == [at for at, key in enumerate(own) if mine[key] == 1 and other[key] == 0]
        assert list(repeated) == [
            at for at, key in enumerate(own) if None not in key and max(mine[key], other[key]) > 1
        ]
        assert list(keyless) == [at for at, key in enumerate(own) if None in key]
    assert [left[at] for at in pairing.left] == [right[at] for at in pairing.right]


@examples(100)
@given(
    st.lists(st.tuples(st.none() | st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=9),
    st.integers(0, 2),
)
def test_blanks_and_tolerances(values: list[tuple[int | None, int | None]], tolerance: int) -> None:
    keys = pa.array([str(at) for at in range(len(values))], pa.string())
    left, right = (
        pa.table({"k": keys, "v": pa.array([pair[at] for pair in values], pa.float64())}) for at in (0, 1)
    )
    _, found = compare_tables(left, right, ["k"], [Compared("v", tolerance)])
    expected = [
        at
        for at, (one, other) in enumerate(values)
        if (one is None) != (other is None)
        or (one is not None and other is not None and abs(one - other) > tolerance)
    ]
    assert list(found["v"]) == expected


def test_codes_of_digits_keep_their_zeros() -> None:
    left, right = key_numbers(pa.array(["01", "10", None]), pa.array(["1", "01", "10"]))
    assert (left[0] == right[1], left[1] == right[2], left[0] == right[0], left[2]) == (True, True, False, -1)


def test_keys_of_many_columns_do_not_overflow() -> None:
    columns = [
        pa.array([f"{row * step % 97}" for row in range(5000)])
        for step in (1, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31)
    ]
    left, right = combined([key_numbers(column, column) for column in columns])
    assert (left == right).all()
    assert len(set(left.tolist())) == 97
