"""Files and folders that appear whole or not at all, readable by their owner alone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fupin_audit.errors import UsageError

Write = Callable[[BinaryIO], object]


def write_file(path: Path, write: Write) -> None:
    """Has a file written under a temporary name beside its place, and renames it.

    Raises:
        UsageError: the file can't be written; the old one is as it was, and nothing is left behind.
    """
    if path.exists() and not path.is_file():
        raise UsageError(f"不能写到 {path}：它不是普通文件。请给出文件名，例如 {path / '报告'}")
    with _told(path):
        handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        unfinished = Path(name)
        try:
            with open(handle, "w+b") as sink:  # noqa: PTH123 - a handle has no path
                _complete(sink, write)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Like `write_file`, for a text in UTF-8."""
    write_file(path, lambda sink: sink.write(text.encode("utf-8")))


def write_folder(folder: Path, files: Iterable[tuple[str, Write]]) -> None:
    """Has files written into a folder of a temporary name, and renames it; an empty one of its name is replaced.

    Args:
        folder: the folder to be.
        files: the files, by their paths in the folder.

    Raises:
        UsageError: the folder can't be written; nothing is left behind.
    """
    with _told(folder):
        unfinished = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
        try:
            for name, write in files:
                (unfinished / name).parent.mkdir(exist_ok=True)
                with (unfinished / name).open("w+b") as sink:
                    _complete(sink, write)
            if folder.is_dir():
                folder.rmdir()
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _complete(sink: BinaryIO, write: Write) -> None:
    """Writes all of it, down to the disk."""
    write(sink)
    sink.flush()
    os.fsync(sink.fileno())


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"不能写到 {path}：{reason}。请换一个文件夹，或关闭正在打开它的程序") from error
