"""Columns that wait on disk: the same arrays, whose memory the system may take back whenever it is asked to.

A file has no name once it is written: nobody else can open it, and it is gone with the run, however that ends. Nor is
it held open: of those a process may have few, and of columns there are many.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkstemp
from typing import TypeAlias
from weakref import WeakValueDictionary

import numpy as np
import pyarrow as pa

from fupin_audit.memory import let_wait
from fupin_audit.writing.scratch import no_place, scratch

Keep: TypeAlias = Callable[[Sequence[pa.Array]], list[pa.Array]]
"""From columns of one height to the same columns, wherever they are kept."""

_SMALL = 1 << 16  # bytes worth a file


class ColumnFiles:
    """Keeps columns in files of this run, read in place.

    Args:
        smallest: bytes worth a file; columns that are smaller stay in memory.
    """

    def __init__(self, smallest: int = _SMALL) -> None:
        self._smallest = smallest
        self._mapped: WeakValueDictionary[int, pa.Buffer] = WeakValueDictionary()

    def keep(self, columns: Sequence[pa.Array]) -> list[pa.Array]:
        """The same columns, all of one height, from a file; what is small stays in memory.

        Raises:
            OutputError: there is no place for them.
        """
        if sum(column.nbytes for column in columns) < self._smallest or not columns:
            return list(columns)
        try:
            mapped = self._map(columns)
        except OSError as error:
            raise no_place(error) from error
        batch = pa.ipc.open_file(pa.py_buffer(mapped)).get_batch(0)
        return list(batch.columns)

    def rest(self) -> None:
        """Give the memory back in which columns were looked at; they are read again where they are needed."""
        for mapped in list(self._mapped.values()):
            let_wait(mapped)

    def _map(self, columns: Sequence[pa.Array]) -> pa.Buffer:
        """What a file of the columns holds, there as long as anything of it is in use."""
        path = _file_of(
            pa.RecordBatch.from_arrays(list(columns), names=[f"c{at}" for at in range(len(columns))])
        )
        try:
            with pa.memory_map(str(path)) as file:
                mapped = file.read_buffer()
        finally:
            # Elsewhere than on POSIX a file in use can't lose its name, and goes with the run's folder.
            if os.name == "posix":
                path.unlink()
        self._mapped[mapped.address] = mapped
        return mapped


def _file_of(batch: pa.RecordBatch) -> Path:
    handle, name = mkstemp(dir=scratch())
    with ExitStack() as unfinished:
        unfinished.callback(os.unlink, name)
        with os.fdopen(handle, "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
            writer.write_batch(batch)
        unfinished.pop_all()
    return Path(name)


def in_memory(columns: Sequence[pa.Array]) -> list[pa.Array]:
    """Columns as they are."""
    return list(columns)


def kept_numbers(keep: Keep, numbers: np.ndarray) -> np.ndarray:
    """Whole numbers kept as a column is."""
    found: np.ndarray = keep([pa.array(numbers)])[0].to_numpy()
    return found
