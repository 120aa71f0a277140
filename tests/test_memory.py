"""Columns in little memory say what they said before."""

from __future__ import annotations

import ctypes
import sys

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from fupin_audit import audit, memory
from fupin_audit.memory import compact, stacked
from process import SMALL

TEXTS = st.lists(st.none() | st.sampled_from(["户主", "配偶", ""]) | st.text(max_size=4), max_size=60)


@examples(100)
@given(TEXTS)
def test_compacting_changes_no_value(texts: list[str | None]) -> None:
    assert compact(pa.array(texts, pa.string())).to_pylist() == texts


@examples(100)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_stacking_changes_no_value(parts: list[list[str | None]]) -> None:
    found = stacked([compact(pa.array(part, pa.string())) for part in parts])
    assert found.to_pylist() == [text for part in parts for text in part]


def test_repeated_texts_are_said_once() -> None:
    assert pa.types.is_dictionary(compact(pa.array(["户主", "配偶", None] * 100)).type)
    assert pa.types.is_string(compact(pa.array([f"{number:018}" for number in range(100)])).type)


@pytest.mark.parametrize("values", [[1, None, 3], [1.5, None], [True, None], []])
def test_other_values_stay_what_they_are(values: list[object]) -> None:
    before = pa.array(values)
    after = compact(before.slice(0))
    assert after.equals(before)
    assert after.type == before.type


def test_a_slice_lets_the_whole_go() -> None:
    whole = pa.array([f"{number:018}" for number in range(10_000)])
    assert sum(buffer.size for buffer in compact(whole.slice(5, 10)).buffers() if buffer) < 1000


@pytest.mark.nightly  # two whole checks
def test_a_check_finds_the_same_however_texts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a text repeats often enough for a dictionary depends on the county: every column may be one."""
    before = audit(SMALL).records
    monkeypatch.setattr(memory, "_REPEATED", 0)
    monkeypatch.setattr(memory, "_FEW", 2)
    assert audit(SMALL).records == before


@pytest.mark.skipif(sys.platform != "linux", reason="only there is the heap cut")
def test_memory_is_given_back_once_the_process_holds_much_more(monkeypatch: pytest.MonkeyPatch) -> None:
    held, cut = 100 << 20, list[int]()

    class Library:
        def __init__(self, _: object) -> None:
            self.malloc_trim = cut.append

    monkeypatch.setattr(memory, "_resident", lambda: held)
    monkeypatch.setattr(ctypes, "CDLL", Library)
    monkeypatch.setattr(memory._AfterLast, "resident", held)
    memory.give_back()
    assert cut == []
    held += 40 << 20
    memory.give_back()
    memory.give_back()
    assert cut == [0]
    held -= 90 << 20  # others gave back
    memory.give_back()
    held += 40 << 20
    memory.give_back()
    assert cut == [0, 0]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system doesn't say")
def test_what_the_process_holds_is_what_the_system_says() -> None:
    before = memory._resident()
    kept = bytearray(b"1" * (64 << 20))
    assert memory._resident() - before > 48 << 20
    del kept
