"""Columns in files are the same columns; nobody else finds the files, and their memory is given back."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from fupin_audit.writing import column_files
from fupin_audit.writing.column_files import ColumnFiles, in_memory, kept_numbers
from fupin_audit.writing.scratch import scratch

COLUMNS = [
    pa.array(["甲", None, "乙"]),
    pa.array(["是", "否", "是"]).dictionary_encode(),
    pa.array([None, 1.5, 2.0]),
    pa.array([7, 8, 9, 10]).slice(1),
]


def test_columns_come_back_as_they_were() -> None:
    files = ColumnFiles(smallest=0)
    kept = files.keep(COLUMNS)
    files.rest()
    assert all(one.equals(other) and one.type == other.type for one, other in zip(kept, COLUMNS, strict=True))
    assert files.keep([]) == in_memory([]) == []
    assert kept_numbers(files.keep, np.arange(3, dtype=np.int16)).tolist() == [0, 1, 2]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file in use keeps its name")
def test_a_file_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(column_files, "scratch", lambda: tmp_path)
    kept = ColumnFiles(smallest=0).keep(COLUMNS)
    assert kept[0].equals(COLUMNS[0])
    assert list(tmp_path.iterdir()) == []


def test_what_is_small_stays_in_memory() -> None:
    assert ColumnFiles().keep(COLUMNS)[0] is COLUMNS[0]


@pytest.mark.skipif(sys.platform != "linux", reason="only there is known which files are open")
def test_no_file_is_held_open_and_all_are_gone_with_their_columns() -> None:
    files, before = ColumnFiles(smallest=0), opened()
    kept = [files.keep(COLUMNS) for _ in range(100)]
    assert len(opened()) <= len(before) + 1
    assert mapped() == 100
    del kept[:60]
    assert mapped() == 40


def opened() -> list[Path]:
    return list(Path("/proc/self/fd").iterdir())


def mapped() -> int:
    """Nameless files of columns in the process's memory."""
    lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    return sum(str(scratch()) in line and line.endswith("(deleted)") for line in lines)
