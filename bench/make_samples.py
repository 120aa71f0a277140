"""Write the sample counties and their answer keys.

    python bench/make_samples.py [NAME…] [--out samples]

Without a name all of them. How they are made: `bench/county/README.md`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from county.samples.all_samples import SAMPLES
from county.samples.making import make


def main() -> None:
    """Read the arguments and write the samples."""
    known = {sample.folder: sample for sample in SAMPLES}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{'、'.join(known)}; all")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "samples")
    wanted = parser.parse_args()
    unknown = [name for name in wanted.names if name not in known]
    if unknown:
        parser.error(f"no sample {'、'.join(unknown)}; there are {'、'.join(known)}")
    for name in wanted.names or known:
        make(known[name], wanted.out)


if __name__ == "__main__":
    main()
