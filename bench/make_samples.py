"""Write the sample counties and their answer keys.

    python bench/make_samples.py [NAME…] [--out samples]

Without a name all of them. Written into samples/, they bring the register of planted faults up to date, too.
How they are made: `bench/county/README.md`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from county.samples.all_samples import SAMPLES
from county.samples.making import make
from county.samples.register import read_register, write_register

SAMPLES_FOLDER = Path(__file__).parents[1] / "samples"


def main() -> None:
    """Read the arguments and write the samples."""
    known = {sample.folder: sample for sample in SAMPLES}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{'、'.join(known)}; all")
    parser.add_argument("--out", type=Path, default=SAMPLES_FOLDER)
    wanted = parser.parse_args()
    unknown = [name for name in wanted.names if name not in known]
    if unknown:
        parser.error(f"no sample {'、'.join(unknown)}; there are {'、'.join(known)}")
    register = read_register()
    made = [make(known[name], register.get(name, {})) for name in wanted.names or known]
    for each in made:
        each.write(wanted.out)
    if wanted.out == SAMPLES_FOLDER:
        now = {**register, **{each.sample.folder: each.places for each in made}}
        write_register({name: now[name] for name in known if name in now})


if __name__ == "__main__":
    main()
