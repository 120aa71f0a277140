"""The program as a process of its own, for what only a process can show: signals, streams, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "samples" / "清河县"


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **more}


def start(*arguments: object, code: str = "", **options: object) -> subprocess.Popen[bytes]:
    """Starts the program, or this Python code in its place."""
    command = ["-c", code] if code else ["-m", "fupin_audit"]
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment(), **options}
    return subprocess.Popen([sys.executable, *command, *map(str, arguments)], **given)  # type: ignore[call-overload,no-any-return]


def until_watchful(process: subprocess.Popen[bytes]) -> None:
    """Waits until the process obeys a request to end: before that, Python itself is still starting."""
    while process.poll() is None and not _catches_sigterm(process.pid):
        time.sleep(0.001)


def _catches_sigterm(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) >> 14 & 1)
