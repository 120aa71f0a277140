"""LibreOffice, where it is installed, writes workbooks as files of another kind."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def save_as(kind: str, paths: Sequence[Path], folder: Path) -> list[Path]:
    """All of them saved anew by one process into a folder, in order; those it can't open are left out."""
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], capture_output=True, check=True, timeout=600)
    made = [folder / f"{path.stem}.{kind}" for path in paths]
    return [path for path in made if path.exists()]
