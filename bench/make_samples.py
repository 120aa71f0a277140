"""Write the sample counties and their answer keys: `python bench/make_samples.py`."""

from __future__ import annotations

import argparse
from pathlib import Path

from county.books import write
from county.drops import DROPS
from county.village import Shape, villages

SEED = 20201231


def main() -> None:
    """Write all samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "samples")
    out = parser.parse_args().out
    for drop, folder in (("2020", "清河县-无误"), ("2021", "清河县-2021-无误")):
        target = out / folder
        target.mkdir(parents=True, exist_ok=True)
        for book in DROPS[drop](list(villages(SEED, Shape()))):
            write(book, target)


if __name__ == "__main__":
    main()
