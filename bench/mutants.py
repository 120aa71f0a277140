"""Small faults put into the rooms that others rest on, one at a time: how many the unit tests of each notice.

    python bench/mutants.py [--left FILE] [--children N] [ROOM…]

A room is mutated in a copy, with the tests of that room alone; FILE gets every fault that nothing noticed, as a diff.
The exit code is 1 where the tests of a room notice less than 85 %. Needs mutmut 3.8.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("src", "rules", "samples", "tests", "bench", "docs", "packaging", "README.md", "CONTRIBUTING.md")
NOTICED = 0.85
# Each fault has a run of pytest of its own: without plugins that take longer than the tests.
QUICK = tuple(f"-pno:{name}" for name in ("cacheprovider", "unraisableexception", "threadexception", "xdist"))


@dataclass(frozen=True)
class Room:
    """What is mutated, and the tests that are to notice; both are relative to their folder."""

    sources: Sequence[str]
    tests: Sequence[str]


TYPES = "ledgers/types"
ROOMS: Mapping[str, Room] = {
    "ledgers/types": Room(
        [f"{TYPES}/{name}.py" for name in ("id_numbers", "dates", "numbers", "yesno")],
        ["ledgers/test_parsers.py"],
    ),
    "rulepack/language": Room(
        ["rulepack/language"],
        ["rulepack/test_binding.py", "rulepack/test_language_rooms.py"],
    ),
    "comparing": Room(
        ["comparing"],
        [
            f"comparing/test_{name}.py"
            for name in ("rooms", "told", "values", "keys", "columns", "folders", "which_sheets")
        ],
    ),
    "cluster": Room(
        [f"cluster/{name}.py" for name in ("gathering", "visitors", "key_kinds", "followed")],
        [f"cluster/test_{name}.py" for name in ("gathering", "key_kinds", "visitors", "followed", "sight")],
    ),
}


@dataclass(frozen=True)
class Tally:
    """What became of the faults put into a room; `slow` are those that made a test run on without end."""

    total: int
    killed: int
    slow: int
    untouched: int

    @property
    def noticed(self) -> int:
        """Faults a test failed or hung over."""
        return self.killed + self.slow


def mutated(room: Room, folder: Path, children: int) -> Tally:
    """Put every small fault into a copy of the room, and count."""
    copy(folder)
    (folder / "setup.cfg").write_text(settings(room), encoding="utf-8")
    run(folder, "run", "--max-children", str(children))
    run(folder, "export-cicd-stats")
    counted = json.loads((folder / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    return Tally(counted["total"], counted["killed"], counted["timeout"], counted["no_tests"])


def copy(folder: Path) -> None:
    """The checkout, as far as tests look at it."""
    for name in (*COPIED, "pyproject.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)


def settings(room: Room) -> str:
    """What mutmut reads."""
    told = {
        "source_paths": [f"src/fupin_audit/{path}" for path in room.sources],
        "pytest_add_cli_args_test_selection": [f"tests/{path}" for path in room.tests],
        "pytest_add_cli_args": QUICK,
        "also_copy": COPIED,
    }
    return "\n".join(["[mutmut]", *(f"{key} =\n  " + "\n  ".join(values) for key, values in told.items())])


def run(folder: Path, *command: str) -> str:
    """What mutmut prints."""
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *command], cwd=folder, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def left(folder: Path) -> Iterator[str]:
    """Every fault nothing noticed, as a diff."""
    for name, _ in re.findall(
        r"^ +(\S+): (survived|no tests|suspicious)$", run(folder, "results"), re.MULTILINE
    ):
        yield run(folder, "show", name)


def main() -> int:
    """Room by room; a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rooms", nargs="*", choices=[[], *ROOMS], metavar="ROOM")
    parser.add_argument("--left", type=Path)
    parser.add_argument("--children", type=int, default=2)
    asked = parser.parse_args()
    good = True
    for name in asked.rooms or ROOMS:
        with TemporaryDirectory() as folder:
            tally = mutated(ROOMS[name], Path(folder), asked.children)
            print(
                f"{name}: {tally.total} faults, {tally.noticed} noticed ({tally.noticed / tally.total:.1%}), "
                f"{tally.slow} of them by a test without end, {tally.untouched} untouched",
                flush=True,
            )
            if asked.left:
                with asked.left.open("a", encoding="utf-8") as file:
                    file.writelines(left(Path(folder)))
        good = good and tally.noticed >= NOTICED * tally.total
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
