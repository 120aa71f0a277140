"""Write a county of any size for benchmarks.

    python bench/make_county.py --households 50000 --seed 7 --out DIR [--clean] [--fault-rate 0.02]
        [--ledgers all]
    python bench/make_county.py --households 300 --columns 2023 --out DIR

The same arguments write the same bytes. `key.json` beside the ledgers says what an audit must find.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from county.answers.answer_key import write_key
from county.bulk.whole_county import write_county
from county.clean.village import Shape, villages
from county.drops.column_sets import COLUMN_SETS
from county.drops.system_drops import system_drop
from county.sheets.book import Book, write

_HOUSEHOLDS_A_VILLAGE = 75


def write_drop(books: Iterable[Book], folder: Path) -> None:
    """Write files into a folder, which may have to be made."""
    folder.mkdir(parents=True, exist_ok=True)
    for book in books:
        write(book, folder)


def main() -> None:
    """Read the arguments and write the county."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=1000, help="about how many households")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--clean", action="store_true", help="plant nothing")
    parser.add_argument("--fault-rate", type=float, default=0.02, help="share of households with a fault")
    parser.add_argument("--ledgers", choices=("core", "all"), default="core", help="which ledgers")
    parser.add_argument(
        "--columns", choices=COLUMN_SETS, help="a clean county's exports alone, in the columns of that year"
    )
    wanted = parser.parse_args()
    size = min(_HOUSEHOLDS_A_VILLAGE, wanted.households)
    shape = Shape(villages=round(wanted.households / size), households=size, villages_a_town=20)
    if wanted.columns:
        write_drop(system_drop(list(villages(wanted.seed, shape)), wanted.columns), wanted.out)
        return
    rate = 0.0 if wanted.clean else wanted.fault_rate
    key = write_county(wanted.out, wanted.seed, shape, rate, further=wanted.ledgers == "all")
    write_key(wanted.out / "key.json", key)


if __name__ == "__main__":
    main()
