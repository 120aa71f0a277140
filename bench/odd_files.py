"""Every file of a folder tried as whoever delivers ledgers may have it: read, or refused with a reason, and soon.

    python bench/odd_files.py FOLDER

Each file has a process of its own, which gets two minutes and 3 GB. Anything but grids or a refusal of ours is a crash,
more time a hang; the exit code is 1 where there was either. Needs a system that forks.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections import Counter
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from fupin_audit.errors import InputError
from fupin_audit.workbook.formats.open_grids import open_grids

SECONDS, BYTES = 120, 3 << 30
READ, REFUSED, CRASHED, HUNG = "read", "refused", "crashed", "hung"
_FORKED = get_context("fork")


def tried(path: Path) -> tuple[str, str]:
    """What became of a file, and what was said of it."""
    here, there = _FORKED.Pipe(duplex=False)
    process = _FORKED.Process(target=try_one, args=(path, there))
    process.start()
    there.close()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        return HUNG, ""
    if process.exitcode:
        return CRASHED, f"exit code {process.exitcode}"
    what, said = here.recv()
    return str(what), str(said)


def try_one(path: Path, told: Connection) -> None:
    """Read the file as a delivery is read; any error but a refusal ends the process."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    try:
        sheets = sum(1 for _ in open_grids(path))
    except InputError as refusal:
        told.send((REFUSED, str(refusal)))
    else:
        told.send((READ, f"{sheets} sheets"))


def main() -> int:
    """One file after the other; a line for each that is amiss, and one for all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    count = Counter[str]()
    for path in sorted(path for path in parser.parse_args().folder.rglob("*") if path.is_file()):
        what, said = tried(path)
        what = CRASHED if what == REFUSED and not said.strip() else what  # without a reason it is none
        count[what] += 1
        if what in (CRASHED, HUNG):
            print(f"{what}: {path.name} {said}", flush=True)
    told = ", ".join(f"{count[what]} {what}" for what in (READ, REFUSED, CRASHED, HUNG))
    print(f"{count.total()} files: {told}")
    return int(bool(count[CRASHED] or count[HUNG]))


if __name__ == "__main__":
    sys.exit(main())
