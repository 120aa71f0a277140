"""Columns in files are the same columns; nobody else finds the files, and their memory is given back."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from fupin_audit.writing import column_files
from fupin_audit.writing.column_files import ColumnFiles, in_memory, kept_numbers

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
