"""Every file of a folder tried as whoever delivers ledgers may have it: read, or refused with a reason, and soon.

    python bench/odd_files.py FOLDER

Each file has a process of its own, which gets two minutes and 3 GB. Anything but grids or a refusal of ours is a crash,
more time a hang; the exit code is 1 where there was either.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path

ONE = "--one"
SECONDS, BYTES = 120, 3 << 30
READ, REFUSED, CRASHED, HUNG = "read", "refused", "crashed", "hung"


def tried(path: Path) -> tuple[str, str]:
    """What became of a file, and what was said of it."""
    command = [sys.executable, __file__, ONE, str(path)]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, check=False, text=True, errors="replace"
        )
    except subprocess.TimeoutExpired:
        return HUNG, ""
    said = done.stdout.strip().splitlines()
    if done.returncode == 0 and said and said[-1].partition(" ")[0] in (READ, REFUSED):
        what, _, reason = said[-1].partition(" ")
        return what, reason
    return CRASHED, f"exit code {done.returncode}: {done.stderr.strip()[-300:]}"


def try_one(path: Path) -> None:
    """Read the file as a delivery is read; any error but a refusal ends the process."""
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    from fupin_audit.errors import InputError  # here, where the process is one of its own
    from fupin_audit.workbook.formats.open_grids import open_grids

    try:
        sheets = sum(1 for _ in open_grids(path))
    except InputError as refusal:
        print(REFUSED, " ".join(str(refusal).split()) or "without a reason")
    else:
        print(READ, sheets)


def main() -> int:
    """One file after the other; a line for all, and one for each that is amiss."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument(ONE, action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        try_one(asked.folder)
        return 0
    count = Counter[str]()
    for path in sorted(path for path in asked.folder.rglob("*") if path.is_file()):
        what, said = tried(path)
        count[what] += 1
        if what in (CRASHED, HUNG) or "without a reason" in said:
            print(f"{what}: {path.name} {said}", flush=True)
    print(
        f"{count.total()} files: {', '.join(f'{count[what]} {what}' for what in (READ, REFUSED, CRASHED, HUNG))}"
    )
    return int(bool(count[CRASHED] or count[HUNG]))


if __name__ == "__main__":
    sys.exit(main())
