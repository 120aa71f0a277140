"""A thousand checks in one process by the Python interface: memory, files and threads must not grow.

    python bench/soak.py [--times 1000] [FOLDER]

The first tenth may grow (what is prepared once is kept); after it, memory held at the end of each tenth is compared. The
exit code is 1 where it grew by more than a fiftieth from the second tenth to the last, or where files or threads did.
The command line is no matter here: its process ends with the check, and looks for garbage less often for that.
"""

from __future__ import annotations

import argparse
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from fupin_audit import audit

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "抚顺样例"
GROWTH = 1.02


@dataclass(frozen=True)
class Held:
    """What the process holds after a check."""

    megabytes: float
    files: int
    threads: int


def held() -> Held:
    """As the system counts it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return Held(pages * 4096 / 1e6, len(list(Path("/proc/self/fd").iterdir())), threading.active_count())


def main() -> int:
    """Check over and over; a line for every tenth."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--times", type=int, default=1000)
    asked = parser.parse_args()
    tenths, said = list[Held](), set[int]()
    for tenth in range(10):
        after = list[Held]()
        for _ in range(max(1, asked.times // 10)):
            said.add(len(audit(asked.folder).records))
            after.append(held())
        middle = Held(median(each.megabytes for each in after), after[-1].files, after[-1].threads)
        tenths.append(middle)
        print(
            f"{tenth + 1:2}/10: {middle.megabytes:.1f} MB, {middle.files} files, {middle.threads} threads",
            flush=True,
        )
    first, last = tenths[1], tenths[-1]
    print(f"{asked.times} checks: memory × {last.megabytes / first.megabytes:.4f}, findings {sorted(said)}")
    grew = last.megabytes > GROWTH * first.megabytes
    return int(grew or last.files > first.files or last.threads > first.threads or len(said) != 1)


if __name__ == "__main__":
    sys.exit(main())
