"""What tasks hand on: bytes in pieces small enough for a row, each with whose it is and its number."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import pyarrow as pa

SIZE = 1 << 22  # bytes of a piece: a row is copied several times on its way
PIECES = pa.schema(
    {"part": pa.int32(), "what": pa.string(), "at": pa.int32(), "piece": pa.binary()}  # ordered by `at`
)
Bytes: TypeAlias = bytes | memoryview


def in_pieces(part: int, what: str, content: Bytes) -> Iterator[pa.RecordBatch]:
    """The rows of some content, a batch each."""
    view = memoryview(content)
    for at, start in enumerate(range(0, max(len(view), 1), SIZE)):
        piece = pa.array([bytes(view[start : start + SIZE])], pa.binary())
        columns = [pa.array([part], pa.int32()), pa.array([what]), pa.array([at], pa.int32()), piece]
        yield pa.RecordBatch.from_arrays(columns, schema=PIECES)


def put_together(rows: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """What was handed on under each name, from rows in any order."""
    found: dict[str, dict[int, bytes]] = {}
    for row in rows:
        found.setdefault(row["what"], {})[row["at"]] = row["piece"]
    return {what: b"".join(pieces[at] for at in sorted(pieces)) for what, pieces in found.items()}


def pickled(part: int, what: str, value: object) -> Iterator[pa.RecordBatch]:
    """A small value of our own, for another process of the same run; never a ledger."""
    yield from in_pieces(part, what, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
