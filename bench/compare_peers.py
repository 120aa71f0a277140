"""Comparing two ledgers in memory, against datacompy on pandas and on polars, in one run.

    python bench/compare_peers.py [--rows 150000] [--times 5] [--changed 0.02]

Two ledgers of 20 columns (a key, texts, amounts, dates, counts), of which this share of the values of every
column differs and whose rows stand in another order. Ours compares Arrow tables, datacompy its own frames;
reading files is no part of it. All must find the same differences, column by column, or nothing is reported.

datacompy wants an older pandas than ours: `pip install -e '.[bench-compare]'` in an environment of its own.
Times are medians; × is how many times ours. The processor's time does not depend on what else is running.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median

import datacompy
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.comparing.differences import Compared, compare_tables

KEY = "户编号"
TEXTS, AMOUNTS, DATES, COUNTS = 8, 7, 2, 2
NAMES = ("张", "李", "王", "赵", "欧阳", "钱")
Found = Mapping[str, frozenset[str]]
Tell = Callable[[], Found]
Engine = Callable[[], Tell]


@dataclass(frozen=True)
class Run:
    """One comparison: seconds, processor seconds, and the keys that differ, column by column."""

    seconds: float
    processor: float
    found: Found


def ledgers(rows: int, changed: float) -> tuple[pa.Table, pa.Table]:
    """Two ledgers of which a share of the values differs."""
    chosen = np.random.default_rng(7)
    left = pa.table(dict(columns(rows, chosen)))
    other = {
        name: pc.if_else(
            pa.array(chosen.random(rows) < changed), column.take(pa.array(chosen.permutation(rows))), column
        )
        for name, column in zip(left.column_names[1:], left.columns[1:], strict=True)
    }
    right = pa.table({KEY: left.column(KEY), **other})
    return left, right.take(pa.array(chosen.permutation(rows))).combine_chunks()


def columns(rows: int, chosen: np.random.Generator) -> list[tuple[str, pa.Array]]:
    """The columns of a ledger."""
    numbers = range(rows)
    named = [(KEY, pa.array([f"9901{number:014}" for number in numbers]))]
    for at in range(TEXTS):
        names, given = chosen.integers(0, len(NAMES), rows), chosen.integers(0, 1000, rows)
        named.append((f"姓名{at}", pa.array([f"{NAMES[n]}{g}" for n, g in zip(names, given, strict=True)])))
    named += [(f"金额{at}", pa.array(np.round(chosen.random(rows) * 9000, 2))) for at in range(AMOUNTS)]
    days = [chosen.integers(10_000, 18_000, rows).astype("datetime64[D]") for _ in range(DATES)]
    named += [(f"日期{at}", pa.array(day)) for at, day in enumerate(days)]
    return named + [(f"人数{at}", pa.array(chosen.integers(0, 10, rows))) for at in range(COUNTS)]


def ours(left: pa.Table, right: pa.Table) -> Engine:
    """Ours, ready to run."""
    compared = [Compared(name) for name in left.column_names if name != KEY]
    keys = left.column(KEY).combine_chunks()

    def compare() -> Tell:
        pairing, places = compare_tables(left, right, [KEY], compared)
        return lambda: {
            name: frozenset(keys.take(pa.array(pairing.left[at])).to_pylist()) for name, at in places.items()
        }

    return compare


def on_polars(left: pa.Table, right: pa.Table) -> Engine:
    """The peer on polars, ready to run."""
    one, other = pl.DataFrame(left), pl.DataFrame(right)

    def compare() -> Tell:
        rows = datacompy.PolarsCompare(one, other, join_columns=[KEY]).intersect_rows
        return lambda: {
            name: frozenset(rows.filter(~pl.col(f"{name}_match"))[KEY].to_list())
            for name in left.column_names[1:]
        }

    return compare


def on_pandas(left: pa.Table, right: pa.Table) -> Engine:
    """The peer on pandas, ready to run."""
    one, other = left.to_pandas(), right.to_pandas()

    def compare() -> Tell:
        rows = datacompy.PandasCompare(one, other, join_columns=[KEY]).intersect_rows
        return lambda: {
            name: frozenset(rows.loc[~rows[f"{name}_match"], KEY]) for name in left.column_names[1:]
        }

    return compare


ENGINES = {"fupin-audit": ours, "datacompy, polars": on_polars, "datacompy, pandas": on_pandas}


def measured(compare: Engine) -> Run:
    """Runs a comparison once; gathering the keys that differ, to see that they are the same, does not count."""
    started, processor = time.perf_counter(), time.process_time()
    tell = compare()
    return Run(time.perf_counter() - started, time.process_time() - processor, tell())


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=150_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--changed", type=float, default=0.02)
    wanted = parser.parse_args()
    tables = ledgers(wanted.rows, wanted.changed)
    ready = {name: engine(*tables) for name, engine in ENGINES.items()}
    # In turns, so that a busy moment does not fall on one of them alone.
    rounds = [{name: measured(compare) for name, compare in ready.items()} for _ in range(wanted.times)]
    runs = {name: [results[name] for results in rounds] for name in ENGINES}
    found = runs["fupin-audit"][0].found
    if any(run.found != found for many in runs.values() for run in many):
        sys.exit("the engines don't find the same differences")
    print(
        f"{wanted.rows:,} × {tables[0].num_columns}, {sum(map(len, found.values())):,} differences, the same in all;"
    )
    print(f"datacompy {version('datacompy')}, polars {version('polars')}, pandas {version('pandas')}\n")
    print(report(runs))


def report(runs: Mapping[str, list[Run]]) -> str:
    """The table."""
    lines = ["| | seconds | × ours | processor seconds | × ours |", "|---|---|---|---|---|"]
    times = {
        name: (median(r.seconds for r in many), median(r.processor for r in many))
        for name, many in runs.items()
    }
    mine = times["fupin-audit"]
    for name, (seconds, processor) in times.items():
        ratios = seconds / mine[0], processor / mine[1]
        lines.append(f"| {name} | {seconds:.3f} | {ratios[0]:.1f} | {processor:.3f} | {ratios[1]:.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
