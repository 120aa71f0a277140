"""What takes long to find out about the program itself, kept in the user's cache for its next run.

Nothing of a delivery is kept here. An entry is of this very program, by its digest; one that is damaged, or that others
could have written, counts as none. Where nothing can be kept, all is found anew each time.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path

from fupin_audit.digests import digest_of, digest_of_program
from fupin_audit.errors import FupinAuditError
from fupin_audit.writing.whole_files import unsealed, write_sealed

Found = TypeVar("Found")
_OF_OTHERS = 0o022


def kept(name: str, find: Callable[[], Found]) -> Found:
    """What this program found under the name in an earlier run, else what is found now.

    Args:
        name: of letters; what is found depends on it and on the program's own code and files alone.
        find: finds it; what it raises is raised, and nothing kept.
    """
    entry = _entry(name)
    content = _own_content(entry) if entry else None
    if content is not None:
        value: Found = pickle.loads(content)
        return value
    found = find()
    if entry:
        _keep(entry, found)
    return found


def _entry(name: str) -> Path | None:
    """Where it is kept; nowhere, if the user has no home."""
    with suppress(RuntimeError):
        return user_cache_path("fupin-audit", appauthor=False) / f"{_program()}-{name}"
    return None


def _program() -> str:
    """This program with this Python."""
    return digest_of(digest_of_program(), str(Path(__file__)), sys.version)[:16]


def _own_content(entry: Path) -> memoryview | None:
    """The pickle of an entry that the user's own runs alone can have written, and wrote whole."""
    with suppress(OSError, ValueError), entry.open("rb") as file:
        if _writable_by_others(os.fstat(file.fileno())) or _writable_by_others(entry.parent.stat()):
            return None
        return unsealed(file.read())
    return None


def _writable_by_others(found: os.stat_result) -> bool:
    """Where the system knows owners: whether the user is not the only one who may write there."""
    if not hasattr(os, "getuid"):
        return False
    return found.st_uid != os.getuid() or bool(stat.S_IMODE(found.st_mode) & _OF_OTHERS)


def _keep(entry: Path, found: object) -> None:
    """Write an entry, and take away those of other programs: of an earlier release, or before a change."""
    content = pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL)
    with suppress(OSError, FupinAuditError):
        entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_sealed(entry, content)
        for other in entry.parent.iterdir():
            if not other.name.startswith(_program()):
                other.unlink()
