"""Reports as files that appear complete or not at all, readable by their owner alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from fupin_audit.errors import UsageError


def write_file(path: Path, write: Callable[[Path], None]) -> None:
    """Has a file written under a temporary name, and renames it.

    Raises:
        UsageError: the file can't be written.
    """
    if path.exists() and not path.is_file():
        raise UsageError(f"不能写到 {path}：它不是普通文件。请给出文件名，例如 {path / '报告'}")
    try:
        _write_whole(path, write)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"不能写到 {path}：{reason}。请换一个文件夹，或关闭正在打开它的程序") from error


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        write(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
