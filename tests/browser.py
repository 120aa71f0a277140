"""A real browser without a screen: what it makes of a page, and what it complains of."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html

_BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
)  # fmt: skip


def browse(what: str, path: Path, view: str, folder: Path) -> tuple[bytes, str]:
    """What a browser says of the page when its program has run, and what it complained of."""
    if _BROWSER is None:
        pytest.skip("no chromium here; .ci/run does not begin without one")
    profile = (
        f"--user-data-dir={folder / what.strip('-').partition('=')[0]}"  # one that still ends has its own
    )
    command = [_BROWSER, *_QUIET, profile, what, f"{path.as_uri()}#{view}"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    complaints = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if "CONSOLE" in line]
    return done.stdout, "\n".join(complaints)


def seen(path: Path, view: str, folder: Path) -> tuple[html.HtmlElement, str]:
    """The page as a browser has it, and what it complained of."""
    dumped, complaints = browse("--dump-dom", path, view, folder)
    return html.fromstring(dumped), complaints


def parsed(path: Path) -> Any:
    """A page as it was written."""
    return html.fromstring(path.read_bytes())
