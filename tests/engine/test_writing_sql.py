"""How a query is written as text: the same by every thread, over and over, and nothing of it stays behind."""

from __future__ import annotations

import gc
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from sqlglot import exp, parse_one

from fupin_audit.engine.database import selects

TREE = parse_one(
    "SELECT 甲, CASE WHEN 乙 IN (1, 2) THEN '是' END AS 丙 FROM 户 WHERE 丁 > 1", dialect="duckdb"
)
TEXT = """SELECT "甲", CASE WHEN "乙" IN (1, 2) THEN '是' END AS "丙" FROM "户" WHERE "丁" > 1"""
TIMES = 500
KEPT = 10_000  # bytes; what is prepared once takes some


def test_every_thread_writes_the_same() -> None:
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(selects.sql, [TREE.copy() for _ in range(40)])) == {TEXT}


def test_a_query_that_is_too_deep_spoils_no_other() -> None:
    deep = parse_one("甲", dialect="duckdb")
    for _ in range(5000):
        deep = exp.Paren(this=deep)
    with suppress(RecursionError):  # later Pythons may go that deep
        selects.sql(exp.select(deep).from_("户"))
    assert selects.sql(TREE.copy()) == TEXT


def test_writing_queries_keeps_nothing() -> None:
    selects.sql(TREE)
    tracemalloc.start()
    try:
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(TIMES):
            selects.sql(TREE)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < KEPT
