"""A glance at all texts of a column at once, which mostly tells that a search text by text would find nothing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def holds_one_of(column: pa.Array, texts: tuple[str, ...]) -> bool:
    """Whether one of these texts may stand in some text of a column of strings; where not, it stands in none."""
    joined = run_together(column)
    return any(text.encode() in joined for text in texts)


def run_together(column: pa.Array) -> bytes:
    """The texts of a column of strings in UTF-8, one right after the other; what stands in none may stand across two."""
    _, offsets, texts = column.buffers()
    if offsets is None or texts is None:
        return b""
    ends = np.frombuffer(offsets, dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    return bytes(memoryview(texts)[ends[0] : ends[-1]]) if len(ends) else b""
