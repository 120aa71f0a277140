"""Columns in little memory, and memory that is free but still held by the process."""

from __future__ import annotations

import ctypes
import mmap
import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

_STATM = Path("/proc/self/statm")
_MUCH = 32 << 20  # bytes
_ARENA_MAX = -8  # what glibc calls M_ARENA_MAX
_REPEATED = 8  # times a text occurs on average, for a number to take its place
_LOOKED_AT = 1000  # values that show whether texts repeat
_FEW = 0.5  # of them, at most so many different


def hold_little() -> None:
    """Hold less of what is free from now on, where a run that is slower by it will fit: one heap for all threads."""
    pa.set_memory_pool(pa.system_memory_pool())
    if sys.platform == "linux" and (tune := getattr(ctypes.CDLL(None), "mallopt", None)):
        tune(_ARENA_MAX, 1)


class _AfterLast:
    """What the process held when it had last given back."""

    resident = 0


def give_back() -> None:
    """Hand what is free back to the system, if the process holds much more than when it last did.

    Else what is free stays with the process while more is asked for.
    """
    held = _resident()
    _AfterLast.resident = min(held, _AfterLast.resident)
    if held - _AfterLast.resident < _MUCH:
        return
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
    _AfterLast.resident = _resident()


def _resident() -> int:
    """Bytes of memory the process holds; where the system doesn't say, those of its tables."""
    try:
        pages = _STATM.read_text(encoding="ascii").split()[1]
    except OSError:
        return int(pa.total_allocated_bytes())
    return int(pages) * mmap.PAGESIZE


def let_wait(mapped: pa.Buffer) -> None:
    """Give the memory back in which a file is read; it is read again where it is needed."""
    if hasattr(mmap, "MADV_DONTNEED"):
        start, size = ctypes.c_void_p(mapped.address), ctypes.c_size_t(mapped.size)
        ctypes.CDLL(None).madvise(start, size, mmap.MADV_DONTNEED)


def compact(values: pa.Array) -> pa.Array:
    """The same values; texts that repeat are said once (a dictionary).

    What a reader or a database gives is a slice of a buffer with room for more: a copy holds about half of that.
    """
    if pa.types.is_string(values.type) and _repeats(values):
        encoded = values.dictionary_encode()
        if len(encoded.dictionary) * _REPEATED <= len(values):
            return encoded
    return values if pa.types.is_dictionary(values.type) else pa.concat_arrays([values])


def stacked(parts: Sequence[pa.Array]) -> pa.Array:
    """Columns of one type, one under the other; some may be dictionaries."""
    if len(parts) == 1:
        return parts[0]
    coded = [pa.types.is_dictionary(part.type) for part in parts]
    if all(coded) or not any(coded):
        return pa.concat_arrays(parts)
    plain = [
        part.dictionary_decode() if is_coded else part for part, is_coded in zip(parts, coded, strict=True)
    ]
    return compact(pa.concat_arrays(plain))


def _repeats(values: pa.Array) -> bool:
    first = values.slice(0, _LOOKED_AT)
    return len(first.unique()) <= len(first) * _FEW
