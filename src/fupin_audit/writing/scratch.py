"""Where a run keeps what it needs while it works: a folder of its own, which dies with it.

A run that is killed can't clear its folder away; the next one does. Whether a run still lives is told by a lock
it holds, never by its number, which another process may have been given since.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from threading import Lock

from fupin_audit.errors import OutputError
from fupin_audit.writing.system_errors import reason

if os.name == "posix":
    import fcntl

PREFIX = "fupin-audit-"
_HELD = "held"  # locked as long as its run lives
_ELSEWHERE = "elsewhere"  # what the run has begun in other folders, NUL between
_making = Lock()


def scratch() -> Path:
    """This run's folder, readable by its owner alone, made when it is first asked for.

    Raises:
        OutputError: there is no place for it.
    """
    with _making:
        if _Run.folder is None or _Run.process != os.getpid():
            _Run.folder, _Run.process = _made(), os.getpid()
            atexit.register(discard)
        return _Run.folder


def no_place(error: OSError) -> OutputError:
    """What to say where something the run needs while it works can't be written."""
    return OutputError(
        f"没有地方放临时文件（{reason(error)}）。请清理磁盘，或用环境变量 TMPDIR 另指一个文件夹"
    )


def beside(path: Path) -> Path:
    """A hidden name beside a path, for what is not finished; the next run clears it away where this one is killed."""
    unfinished = path.parent.absolute() / f".{PREFIX}{token_hex(8)}"
    with (
        suppress(OSError, OutputError),
        (scratch() / _ELSEWHERE).open("a", encoding="utf-8", errors="surrogateescape") as note,
    ):
        note.write(f"{unfinished}\0")
    return unfinished


def discard() -> None:
    """Clears away everything of this run."""
    if _Run.folder and _Run.process == os.getpid():
        os.close(_Run.lock)
        _clear(_Run.folder)
        _Run.folder = None


def clear_dead_runs() -> None:
    """Clears away what runs have left that were killed."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            if _is_ours(folder) and _is_dead(folder / _HELD):
                _clear(folder)


class _Run:
    """This process's folder, once it has one."""

    folder: Path | None = None
    process: int = 0
    lock: int = -1


def _made() -> Path:
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        _Run.lock = _locked(folder)
    except OSError as error:
        raise no_place(error) from error
    return folder


def _locked(folder: Path) -> int:
    """A file that is held from the moment it can be seen."""
    held = folder / _HELD
    if os.name != "posix":
        return os.open(held, os.O_CREAT | os.O_RDWR)  # there an open file can't be deleted
    unseen = folder / f"{_HELD}.new"
    handle = os.open(unseen, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    unseen.rename(held)
    return handle


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder, no link to one, and belongs to this user; others may write to the place it is in."""
    found = folder.lstat()
    return folder.is_dir() and not folder.is_symlink() and (os.name != "posix" or found.st_uid == os.getuid())


def _is_dead(held: Path) -> bool:
    """Whether nobody holds it any more."""
    try:
        if os.name != "posix":
            held.unlink()
            return True
        handle = os.open(held, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _clear(folder: Path) -> None:
    for unfinished in _begun_elsewhere(folder):
        if unfinished.is_dir():
            shutil.rmtree(unfinished, ignore_errors=True)
        else:
            with suppress(OSError):
                unfinished.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _begun_elsewhere(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        noted = (folder / _ELSEWHERE).read_text(encoding="utf-8", errors="surrogateescape")
        for path in map(Path, filter(None, noted.split("\0"))):
            if path.name.startswith(f".{PREFIX}"):
                yield path
