"""One file a command: parse, call one function, show."""

from __future__ import annotations

TYPE_CHECKING = False  # as of `typing`, which takes long to import: a process must soon be ready for signals
if TYPE_CHECKING:
    from fupin_audit.cli.commands import COMMANDS as COMMANDS
    from fupin_audit.cli.commands import main as main


def __getattr__(name: str) -> object:
    """Imports `main` and `COMMANDS` when they are asked for: a process sees to interrupts before."""
    if name in ("main", "COMMANDS"):
        from fupin_audit.cli import commands

        return getattr(commands, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
