"""Two rolls without numbers linked by name, sex, birth and village: precision, recall, time.

    python bench/linkage.py [--people 150000] [--seeds 1 2 3] [--shared 0.8]

Both rolls are of one synthetic county; of the people of one, so many are in the other too. With --out the rolls are
kept for `bench/linkage_splink.py`, which links them with splink.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from fupin_audit.linkage.linked_people import Linkage, Roll, link
from fupin_audit.linkage.weights import strangers
from fupin_audit.reconcile.like_names import sound_alike
from two_rolls import Person, people, typed


def rolls(count: int, shared: float, seed: int) -> tuple[list[Person], list[Person]]:
    """The system's people, and a roll of as many, of whom so many are the same."""
    chosen = Random(seed)
    both = round(count * shared)
    county = people(2 * count - both, chosen)
    chosen.shuffle(county)
    return county[:count], typed(county[count - both :], chosen)


def table(rows: Sequence[Person]) -> pa.Table:
    """The rows as the linkage takes them."""
    return pa.table(
        {
            "姓名": [row.name for row in rows],
            "出生": [row.birth.isoformat() if row.day_known else None for row in rows],
            "性别": [row.sex or None for row in rows],
            "乡镇": [row.town for row in rows],
            "村": [row.village for row in rows],
            "号码": pa.nulls(len(rows), pa.string()),
        }
    )


def roll(rows: Sequence[Person]) -> Roll:
    """The rows, none of which has a number."""
    all_of_them = np.ones(len(rows), dtype=bool)
    return Roll(table(rows), all_of_them, all_of_them)


def told(found: Linkage, left: Sequence[Person], right: Sequence[Person]) -> str:
    """Precision and recall of the pairs that leave no doubt."""
    pairs = zip(found.left[found.chosen].tolist(), found.right[found.chosen].tolist(), strict=True)
    right_ones = [left[one].who == right[other].who for one, other in pairs]
    there = len({row.who for row in left} & {row.who for row in right})
    correct = sum(right_ones)
    return (
        f"{len(right_ones)} pairs, {len(right_ones) - correct} wrong: "
        f"precision {correct / max(1, len(right_ones)):.4%}, recall {correct / there:.4%}; "
        f"{int((~found.chosen).sum())} left undecided"
    )


def keep(folder: Path, left: Sequence[Person], right: Sequence[Person]) -> None:
    """Write both rolls for splink, with whose each row is and what it can't know: how a name sounds."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("left", left), ("right", right)):
        data = table(rows).drop_columns("号码").append_column("who", pa.array([row.who for row in rows]))
        data = data.append_column("读音", pa.array(["-".join(map(sound_alike, row.name)) for row in rows]))
        pq.write_table(data, folder / f"{name}.parquet")


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=150_000)
    parser.add_argument("--shared", type=float, default=0.8)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    for seed in given.seeds:
        left, right = rolls(given.people, given.shared, seed)
        if given.out:
            keep(given.out / str(seed), left, right)
        ours, theirs = roll(left), roll(right)
        start, worked = time.perf_counter(), time.process_time()
        found = link(ours, theirs, strangers(ours.people))
        seconds, processor = time.perf_counter() - start, time.process_time() - worked
        size = f"{given.people} × {given.people}"
        print(
            f"seed {seed}: {size} in {seconds:.1f} s ({processor:.1f} s of processor); {told(found, left, right)}"
        )


if __name__ == "__main__":
    main()
