"""The wheel holds all a user needs, and runs where there is no checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from fupin_audit import __version__

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the backend that is installed, so that no network is needed."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def tracked(folder: str) -> set[str]:
    """Files of a data folder, as the wheel should name them."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {f"fupin_audit/{path.relative_to(ROOT).as_posix()}" for path in files}


def test_every_requirement_is_pinned_for_ci() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = re.findall(r"^([\w-]+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    extras = project["optional-dependencies"]
    used = ("screen", "spark", "test", "dev", "supply", "one-folder", "fuzz")
    required = [*project["dependencies"], *(item for extra in used for item in extras[extra])]
    required = [text for text in required if not text.startswith("fupin-audit[")]
    names = {re.split(r"[<>=\[]", text)[0].lower() for text in required}
    assert names <= {name.lower().replace("_", "-") for name in pins}


def test_wheel_is_named_after_the_version(wheel: Path) -> None:
    assert wheel.name == f"fupin_audit-{__version__}-py3-none-any.whl"


def test_wheel_holds_code_rules_samples_and_schema(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    assert names >= tracked("rules") | tracked("samples")
    assert names >= {
        "fupin_audit/py.typed",
        "fupin_audit/audit.py",
        "fupin_audit/engine/database/functions.sql",
        "fupin_audit/reports/schema/check.schema.json",
        "fupin_audit/reports/schema/scorecard.schema.json",
        f"fupin_audit-{__version__}.dist-info/licenses/LICENSE",
    }
    assert not any(name.startswith(("tests/", "bench/")) for name in names)


def test_wheel_brings_the_command(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        points = archive.read(f"fupin_audit-{__version__}.dist-info/entry_points.txt").decode("utf-8")
    assert "fupin-audit = fupin_audit.cli" in points


@pytest.mark.slow
def test_demo_runs_from_the_wheel_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    installed, empty = tmp_path / "installed", tmp_path / "empty"
    ZipFile(wheel).extractall(installed)
    empty.mkdir()
    told = subprocess.run(
        [sys.executable, "-m", "fupin_audit", "demo"],
        cwd=empty,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert told.stdout.startswith("不通过：")
    assert told.stderr == ""
    assert list(empty.iterdir()) == []
