"""Pairing what is left over of two ledgers by numbers that are nearly the same (DEP-02).

    python bench/near_numbers.py [--left 3000] [--right 3000] [--times 5]

So many persons of the system whom the department's roll lacks, against so many rows of the roll that are nobody's;
half of the smaller side are the same people with a slip of the pen in the number: one digit, or two exchanged.
All of them must be found, and nobody else, or nothing is reported. Loading the ledgers is no part of the time.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date
from statistics import median

import numpy as np
import pyarrow as pa
from sqlglot import exp

from fupin_audit.delivery import CellRows, Delivery, LedgerTable, Source
from fupin_audit.engine.database.duckdb import open_database
from fupin_audit.engine.database.selects import column
from fupin_audit.engine.database.selects import table as table_named
from fupin_audit.engine.linking.opening import open_delivery
from fupin_audit.ledgers.registry import ledger
from fupin_audit.rulepack.checks.used_fields import every_field
from fupin_audit.rulepack.packs.pack import Catalogue
from fupin_audit.rulepack.packs.pack_loading import load_catalogue

LEFT, RIGHT = "人口", "医保参保"
_SURNAMES, _GIVEN = "张李王赵钱孙周吴郑陈", "国建文明英秀珍玉海山春华"
_WEIGHTS = [2**power % 11 for power in range(17, 0, -1)]
People = list[tuple[str, str]]


def people(count: int, chosen: random.Random) -> People:
    """Names and valid numbers, each number once."""
    found: dict[str, str] = {}
    while len(found) < count:
        body = f"990101{chosen.randrange(1935, 2020)}{chosen.randrange(1, 13):02}{chosen.randrange(1, 29):02}"
        body += f"{chosen.randrange(1, 1000):03}"
        check = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
        found[body + "10X98765432"[check]] = chosen.choice(_SURNAMES) + "".join(chosen.choices(_GIVEN, k=2))
    return list(found.items())


def slipped(number: str, chosen: random.Random) -> str:
    """One digit wrong, or two exchanged."""
    digits = list(number)
    one, other = chosen.sample(range(17), 2)
    if digits[one] != digits[other] and chosen.random() < 0.5:
        digits[one], digits[other] = digits[other], digits[one]
    else:
        digits[one] = str((int(digits[one]) + chosen.randrange(1, 10)) % 10)
    return "".join(digits)


def table(title: str, rows: People) -> LedgerTable:
    """A ledger of these people."""
    data = pa.table({"姓名": [name for _, name in rows], "证件号码": [number for number, _ in rows]})
    numbers = np.arange(len(rows), dtype=np.int32)
    source = Source(f"{title}.csv", "", {"姓名": "A", "证件号码": "B"})
    return LedgerTable(ledger(title), data, CellRows((source,), np.zeros(len(rows), np.int16), numbers, {}))


def run(catalogue: Catalogue, left: People, right: People) -> tuple[float, set[tuple[int, int]]]:
    """Seconds, and the rows paired."""
    delivery = Delivery({LEFT: table(LEFT, left), RIGHT: table(RIGHT, right)}, ())
    pairing = next(p for p in catalogue.vocabulary.pairings if p.near and p.right == RIGHT)
    with open_database() as database:
        linked = open_delivery(database, delivery, catalogue, date(2020, 12, 31), every_field(catalogue))
        start = time.perf_counter()
        linked.pair(pairing)
        seconds = time.perf_counter() - start
        pairs = exp.select(column("l", "p"), column("r", "p")).from_(table_named(pairing.name, "p"))
        return seconds, set(database.run(pairs))


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--left", type=int, default=3000)
    parser.add_argument("--right", type=int, default=3000)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    chosen, same = random.Random(1), min(given.left, given.right) // 2
    everyone = people(given.left + given.right - same, chosen)
    left = everyone[: given.left]
    others = [(slipped(number, chosen), name) for number, name in left[:same]]
    right = others + everyone[given.left :]
    catalogue = load_catalogue()
    runs = [run(catalogue, left, right) for _ in range(given.times)]
    wanted = {(row, row) for row in range(same)}
    missed, wrong = len(wanted - runs[0][1]), len(runs[0][1] - wanted)
    print(f"{given.left} × {given.right}: {median(seconds for seconds, _ in runs):.2f} s; "
          f"{same} slips, {missed} missed, {wrong} wrong")  # fmt: skip


if __name__ == "__main__":
    main()
