"""Whether a delivery is too large to be judged in one: what it would take, and what there is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from fupin_audit.workbook.files.discovery import discover

# Bytes of memory that a byte of a file comes to until all is judged; what is no text is compressed.
_TEXT, _PACKED = 8, 30
_TEXTS = frozenset({".csv", ".tsv", ".xls"})
_OF_CONTAINER = Path("/sys/fs/cgroup/memory.max")


def needed(paths: Sequence[Path]) -> int:
    """About how many bytes of memory it takes to judge these files and folders in one."""
    return sum(map(_of_file, (file.path for file in discover(paths).files if not file.trouble)))


def _of_file(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size * (_TEXT if path.suffix.lower() in _TEXTS else _PACKED)
    return 0


def half_of_machine() -> int | None:
    """Half of the memory there is, in bytes; None where that can't be told."""
    found = []
    with suppress(AttributeError, ValueError, OSError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    with suppress(OSError, ValueError):
        found.append(int(_OF_CONTAINER.read_text(encoding="ascii")))
    return min(found) // 2 if found else None
