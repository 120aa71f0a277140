"""The program as a process of its own, for what only a process can show: signals, streams, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "samples" / "清河县"


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **more}


def start(
    *arguments: object,
    code: str = "",
    stdout: int | IO[bytes] = subprocess.PIPE,
    stderr: int | IO[bytes] = subprocess.PIPE,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts the program, or this Python code in its place."""
    command = ["-c", code] if code else ["-m", "fupin_audit"]
    words = [sys.executable, *command, *map(str, arguments)]
    return subprocess.Popen(words, stdout=stdout, stderr=stderr, env=env or environment())


def ended(process: subprocess.Popen[bytes], within: float = 60) -> tuple[int, str]:
    """Exit code and standard error of a process that ends within so many seconds; one that does not is killed."""
    try:
        _, said = process.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, said.decode()


def until_watchful(process: subprocess.Popen[bytes]) -> None:
    """Waits until the process obeys a request to end: before that, Python itself is still starting."""
    while process.poll() is None and not is_watchful(process.pid):
        time.sleep(0.001)


def is_watchful(pid: int) -> bool:
    """Whether the process catches SIGTERM, which Python itself does not, as it does SIGINT."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) >> 14 & 1)
