"""What the program brings along: sizes, licences, a bill of materials, known holes, the same wheel twice.

    python packaging/supply.py PYTHON WHEELS BILL

PYTHON is that of an environment with the program as a user installs it, WHEELS the folder of the wheels it was
installed from, BILL the file for the bill of materials (CycloneDX). Needs the extra `supply`. The exit code is 1 where
something is not as docs/licences.md promises.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
ROW = re.compile(r"^\| ([A-Za-z][\w.-]*) \| ([^|]+) \|$", re.MULTILINE)
COPYLEFT = re.compile(
    r"\b[AL]?GPL|General Public|\bMPL|Mozilla|\bEUPL|\bCDDL|\bCC-BY-SA|\bEPL", re.IGNORECASE
)
WHEELS_MB, INSTALLED_MB = 180, 620


def main() -> int:
    """Whether all is as promised; each line says what was looked at."""
    python, wheels, bill = (Path(word).absolute() for word in sys.argv[1:])
    checks: dict[str, Callable[[], Iterator[str]]] = {
        "sizes": lambda: too_big(python, wheels),
        "licences": lambda: licences_amiss(python),
        "bill of materials": lambda: bill_amiss(python, bill),
        "known holes": lambda: holes(python),
        "the same wheel again": lambda: another_wheel(wheels),
    }
    amiss = [f"{name}: {fault}" for name, check in checks.items() for fault in check()]
    print(*amiss, sep="\n")
    return bool(amiss)


def told(*command: str | Path) -> str:
    """What a tool prints; it may find something amiss."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    return done.stdout


def tool(name: str) -> Path:
    """A program of this environment."""
    return Path(sys.executable).parent / name


def too_big(python: Path, wheels: Path) -> Iterator[str]:
    """The wheels to be carried, and what they become."""
    installed = next(python.parents[1].glob("[Ll]ib/**/site-packages"))
    for what, folder, limit in (("wheels", wheels, WHEELS_MB), ("installed", installed, INSTALLED_MB)):
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        print(f"{what}: {size:.0f} MB of {limit}")
        if size > limit:
            yield f"{what} {size:.0f} MB"


def licences_amiss(python: Path) -> Iterator[str]:
    """Copyleft, and what the page says otherwise."""
    listed = json.loads(told(tool("pip-licenses"), "--python", python, "--format=json"))
    found = {package["Name"]: package["License"] for package in listed}
    print(f"licences: {len(found)} packages")
    said = {name: licence.strip() for name, licence in ROW.findall(PAGE.read_text(encoding="utf-8"))}
    yield from (f"{name}: {licence}" for name, licence in found.items() if COPYLEFT.search(licence))
    for name, licence in sorted({*found.items()} ^ {*said.items()}):
        yield f"{PAGE.name}: {name} {licence}, {'not there' if (name, licence) in found.items() else 'not so'}"


def bill_amiss(python: Path, bill: Path) -> Iterator[str]:
    """A bill that leaves something out."""
    told(tool("cyclonedx-py"), "environment", python, "-o", bill)
    components = json.loads(bill.read_text(encoding="utf-8"))["components"]
    installed = json.loads(told(python, "-m", "pip", "list", "--format=json"))
    print(f"bill of materials: {len(components)} components, {bill}")
    yield from sorted({each["name"] for each in installed} - {each["name"] for each in components})


def holes(python: Path) -> Iterator[str]:
    """Packages with a known hole; where no list of holes can be reached that is said, and none is found."""
    packages = next(python.parents[1].glob("[Ll]ib/**/site-packages"))
    answer = told(tool("pip-audit"), "--path", packages, "--format=json", "--progress-spinner=off")
    looked_up = json.loads(answer)["dependencies"] if answer else []
    known = [each for each in looked_up if "vulns" in each]
    print(
        f"known holes: {len(known)} of {len(looked_up)} packages looked up"
        + ("" if known else "; NOT CHECKED")
    )
    for each in known:
        yield from (f"{each['name']} {each['version']}: {hole['id']}" for hole in each["vulns"])


def another_wheel(wheels: Path) -> Iterator[str]:
    """A wheel built again, by somebody with other habits, that is not the same bytes."""
    (first,) = wheels.glob("fupin_audit-*.whl")
    with TemporaryDirectory() as folder:
        before = os.umask(0o077)
        told(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT)
        os.umask(before)
        (again,) = Path(folder).glob("*.whl")
        same = again.read_bytes() == first.read_bytes()
    print(f"the same wheel again: {'yes' if same else 'no'}")
    if not same:
        yield first.name


if __name__ == "__main__":
    sys.exit(main())
