"""Whether a delivery is too large to be judged in one: what it would take, and what there is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from fupin_audit.workbook.files.discovery import discover
from fupin_audit.workbook.files.memory_room import unpacked

# Bytes of memory that a byte of what is read comes to until all is judged.
_EACH = 8
_OF_CONTAINER = Path("/sys/fs/cgroup/memory.max")


def needed(paths: Sequence[Path]) -> int:
    """About how many bytes of memory it takes to judge these files and folders in one."""
    return sum(_EACH * unpacked(file.path) for file in discover(paths).files if not file.trouble)


def half_of_machine() -> int | None:
    """Half of the memory there is, in bytes; None where that can't be told."""
    found = []
    with suppress(AttributeError, ValueError, OSError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    with suppress(OSError, ValueError):
        found.append(int(_OF_CONTAINER.read_text(encoding="ascii")))
    return min(found) // 2 if found else None
