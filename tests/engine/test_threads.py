"""A small delivery keeps one thread busy, a large one all there are."""

from __future__ import annotations

import pyarrow as pa
import pytest
import sqlglot

from fupin_audit.engine.database.duckdb import open_database

PIECE = 1 << 15


@pytest.mark.parametrize(("rows", "threads"), [(0, 1), (PIECE, 1), (PIECE + 1, 2)])
def test_where_no_table_can_be_shared_out_one_thread_does_all(rows: int, threads: int) -> None:
    asked = sqlglot.parse_one("SELECT current_setting('threads')", dialect="duckdb", into=sqlglot.exp.Select)
    with open_database(threads=2) as database:
        database.load("户", pa.table({"_row": pa.array([0], pa.int32())}))
        database.load("人口", pa.table({"_row": pa.array(range(rows), pa.int32())}))
        database.spare_threads()
        assert database.run(asked) == [(threads,)]
