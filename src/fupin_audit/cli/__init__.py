"""One file a command: parse, call one function, show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fupin_audit.cli.commands import COMMANDS as COMMANDS
    from fupin_audit.cli.commands import main as main


def __getattr__(name: str) -> object:
    """Imports `main` and `COMMANDS` when they are asked for: a process sees to interrupts before."""
    if name in ("main", "COMMANDS"):
        from fupin_audit.cli import commands

        return getattr(commands, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
