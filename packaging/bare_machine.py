"""Run the one-folder program where there is nothing but the C library: it must write what the installed one writes.

    python packaging/bare_machine.py FOLDER

FOLDER is what packaging/one_folder.py made. It is copied with a sample county into a root of its own, which has no
Python, no locale, no /proc and no /dev, and run there. The Python that runs this has the program installed, with its
statistics, and says what is right.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = "清河县"
FORMATS = ("text", "json", "xlsx", "html", "docx", "csv", "jsonl", "parquet", "sarif", "gitlab", "junit")
FOUND = 1  # exit code: there are findings
# Of the machine are the C library with its loader, and zlib, which the program starts by: every Linux has them.
SYSTEM = re.compile(r"(/\S*/(?:ld-linux[\w-]*|lib(?:c|m|dl|pthread|rt|util|resolv|z))\.so\.\d+)\b")


def main() -> int:
    """Whether every report made there is byte for byte the one made here."""
    folder = Path(sys.argv[1]).resolve()
    with TemporaryDirectory(dir=folder.parent) as work:
        root = bare_root(Path(work), folder)
        as_root = ("unshare", "--map-root-user") if os.geteuid() else ()
        there = (*as_root, "chroot", str(root), f"/{folder.name}/fupin-audit")
        start = seconds((*there, "--version"), root, 0)
        took = seconds((*there, *audit_into("there")), root, FOUND)
        seconds((sys.executable, "-m", "fupin_audit", *audit_into("here")), root, FOUND)
        different = [name for name in reports(root / "here") if not same(root, name)]
    print(f"starts in {start:.1f} s, checks {SAMPLE} in {took:.1f} s; glibc {newest_glibc(folder)}")
    print(f"not as they should be: {different}" if different else f"{len(FORMATS)} reports are the same")
    return bool(different)


def bare_root(root: Path, folder: Path) -> Path:
    """A root directory with the folder, a sample county and the libraries of the system."""
    shutil.copytree(folder, root / folder.name, symlinks=True, copy_function=os.link)
    shutil.copytree(ROOT / "samples" / SAMPLE, root / SAMPLE)
    for library in {found for file in binaries(folder) for found in SYSTEM.findall(told("ldd", file))}:
        inside = root / library.lstrip("/")
        inside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, inside)
    for name in ("tmp", "here", "there"):
        (root / name).mkdir()
    return root


def binaries(folder: Path) -> Iterator[Path]:
    """Programs and libraries of the folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def told(*command: str | Path) -> str:
    """What a program says of a file; nothing where it knows nothing of it."""
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False).stdout


def newest_glibc(folder: Path) -> str:
    """The release of the C library that the folder needs, and what needs it."""
    needed = {
        path.name: max(map(int, found))
        for path in binaries(folder)
        if (found := re.findall(r"\bGLIBC_2\.(\d+)\b", told("objdump", "-T", path)))
    }
    newest = max(needed.values())
    return f"2.{newest} ({', '.join(name for name, minor in needed.items() if minor == newest)})"


def audit_into(folder: str) -> Iterator[str]:
    """A check of the sample that writes every kind of report."""
    yield from ("check", SAMPLE)
    for kind in FORMATS:
        yield from ("--output", f"{kind}={folder}/报告.{kind}")


def seconds(command: tuple[str, ...], root: Path, expected: int) -> float:
    """How long a command takes that starts from the root's own folder.

    Raises:
        SystemExit: it does not end as it should.
    """
    start = time.perf_counter()
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    if ran.returncode != expected:
        sys.exit(f"{' '.join(command)}: exit code {ran.returncode}\n{ran.stdout}{ran.stderr}")
    return time.perf_counter() - start


def reports(folder: Path) -> list[str]:
    """The reports written, all of which there must be."""
    return [f"报告.{kind}" for kind in FORMATS if (folder / f"报告.{kind}").stat().st_size]


def same(root: Path, name: str) -> bool:
    """Whether a report is the same in both."""
    there = root / "there" / name
    return there.exists() and filecmp.cmp(root / "here" / name, there, shallow=False)


if __name__ == "__main__":
    sys.exit(main())
