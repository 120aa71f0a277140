"""Files and folders that appear whole or not at all, readable by their owner alone."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from io import BufferedRandom
from pathlib import Path
from typing import BinaryIO, cast

from fupin_audit.errors import OutputError, UsageError
from fupin_audit.writing.one_line import shorten
from fupin_audit.writing.scratch import beside
from fupin_audit.writing.steady_file import SteadyFile
from fupin_audit.writing.system_errors import reason

Write = Callable[[BinaryIO], object]
_OWNER_ONLY = 0o600
_ANYBODY_WRITES = 0o222
_HANDLES = Path("/proc/self/fd")  # where a file without a name can be given one
_LONGEST_NAME = 255  # bytes
_NO_FOLDER = reason(OSError(errno.ENOENT, ""))
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\..*)?", re.IGNORECASE)
_WINDOWS = os.name == "nt"
# There a colon would put the text into a stream of the file that nobody sees, and what ends in a dot loses it.
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')
_LONGEST_TOLD = 200
_DIGEST = 32  # bytes


def refuse_place(path: Path) -> None:
    """Refuses a path no file can be written to, before hours of work.

    Raises:
        UsageError: its folder is not there.
        OutputError: says why nothing can be written there.
    """
    _refuse(path, _name_fault(path) or _folder_fault(path.parent) or _file_fault(path))


def refuse_folder(path: Path) -> None:
    """The same for a folder to be.

    Raises:
        UsageError, OutputError: as `refuse_place`.
    """
    _refuse(path, _name_fault(path) or _folder_fault(path.absolute().parent))


def write_sealed(path: Path, content: bytes | memoryview) -> None:
    """Has a file written that tells by itself whether it is whole, for `unsealed`.

    Raises:
        UsageError, OutputError: as `write_file`.
    """

    def write(file: BinaryIO) -> None:
        file.write(hashlib.sha256(content).digest())
        file.write(content)

    write_file(path, write)


def unsealed(whole: bytes) -> memoryview:
    """What such a file holds.

    Raises:
        ValueError: it is damaged.
    """
    digest, content = whole[:_DIGEST], memoryview(whole)[_DIGEST:]
    if hashlib.sha256(content).digest() != digest:
        raise ValueError(digest)
    return content


def write_file(path: Path, write: Write) -> None:
    """Has a file written where nobody sees it, down to the disk, and puts it in its place.

    Raises:
        UsageError: its folder is not there.
        OutputError: the file can't be written; the old one is as it was, and nothing is left behind.
    """
    refuse_place(path)
    target = Path(os.path.realpath(path))  # a link stays a link
    with _told(path):
        handle, name = _new_file(target)
        try:
            with closing(SteadyFile(handle, "r+")) as file:
                _fill(file, write)
                if name is None and not _appeared(file, target):
                    name = _named(file, beside(target))
            if name:
                name.replace(target)
        finally:
            if name:
                name.unlink(missing_ok=True)
        _settle(target.parent)


def write_text(path: Path, text: str) -> None:
    """Like `write_file`, for a text in UTF-8."""
    write_file(path, lambda sink: sink.write(text.encode("utf-8")))


def write_folder(folder: Path, files: Iterable[tuple[str, Write]]) -> None:
    """Has files written into a hidden folder, and puts it in its place; an empty one there is replaced.

    Args:
        folder: the folder to be.
        files: the files, by their paths in the folder.

    Raises:
        UsageError: there is no folder to put it in.
        OutputError: the folder can't be written; nothing is left behind.
    """
    refuse_folder(folder)
    target = Path(os.path.realpath(folder))
    with _told(folder):
        unfinished = beside(target)
        try:
            unfinished.mkdir(mode=0o700)
            for name, write in files:
                (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
                with closing(SteadyFile(_created(unfinished / name), "r+")) as file:
                    _fill(file, write)
            if os.name != "posix" and target.is_dir():
                target.rmdir()  # there a folder is not renamed to one that exists
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _settle(target.parent)


def _refuse(path: Path, fault: str) -> None:
    if fault == _NO_FOLDER:
        raise UsageError(f"不能写到 {_told_as(path)}：文件夹 {_told_as(path.parent)} 不存在，请先建好")
    if fault:
        raise OutputError(f"不能写到 {_told_as(path)}：{fault}。请换一个文件名或文件夹")


def _told_as(path: Path) -> str:
    return shorten(str(path), _LONGEST_TOLD)


def _name_fault(path: Path) -> str:
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        return f"名称太长，超过了 {_LONGEST_NAME} 个字节"
    if _WINDOWS and (unfit := _UNFIT.search(path.name)):
        return (
            f"Windows 的名称里不能有“{unfit[0]}”"
            if unfit[0] not in ". "
            else "Windows 的名称不能以点或空格结尾"
        )
    return f"“{path.name}”是 Windows 保留的名称" if is_device(path.name) else ""


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device, whatever ending it has: `con`, `NUL.xlsx`."""
    return bool(_DEVICES.fullmatch(name))


def _folder_fault(folder: Path) -> str:
    try:
        found = folder.stat()
    except OSError as error:
        return reason(error)
    if not folder.is_dir():
        return f"{_told_as(folder)} 不是文件夹"
    writable = found.st_mode & _ANYBODY_WRITES and os.access(folder, os.W_OK | os.X_OK)
    return "" if writable else f"文件夹 {_told_as(folder)} 不能写"


def _file_fault(path: Path) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return reason(error)
    if not path.is_file():
        return "它是文件夹，不是文件" if path.is_dir() else "它不是普通文件"
    writable = found.st_mode & _ANYBODY_WRITES and os.access(path, os.W_OK)
    return "" if writable else "它是只读的"


def _new_file(target: Path) -> tuple[int, Path | None]:
    """A file to be put in the target's place: without a name where that can be, then nothing of it can be left."""
    if hasattr(os, "O_TMPFILE") and _HANDLES.is_dir():
        with suppress(OSError):  # not every file system can
            return os.open(target.parent, os.O_TMPFILE | os.O_RDWR, _OWNER_ONLY), None
    name = beside(target)
    return _created(name), name


def _created(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), _OWNER_ONLY)


def _fill(file: SteadyFile, write: Write) -> None:
    """Has all of it written, down to the disk.

    Raises:
        OSError: not all of it could be.
    """
    sink = BufferedRandom(file)
    try:
        write(cast(BinaryIO, sink))
        sink.flush()
    finally:
        if file.failure:
            raise file.failure
    os.fsync(file.fileno())
    sink.detach()


def _appeared(file: SteadyFile, target: Path) -> bool:
    """Whether a file without a name could be given the target's at once: where there is an old one, it can't."""
    try:
        _named(file, target)
    except FileExistsError:
        return False
    return True


def _named(file: SteadyFile, name: Path) -> Path:
    """A file without a name under this one."""
    with _opened(_HANDLES) as handles:
        # Given a folder Python asks the system to follow the link, and the handle is a link to the file.
        os.link(str(file.fileno()), name, src_dir_fd=handles, follow_symlinks=True)
    return name


def _settle(folder: Path) -> None:
    """Sees to it that the new name outlives a power cut, where the system can do that."""
    with suppress(OSError), _opened(folder) as handle:
        os.fsync(handle)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"不能写到 {_told_as(path)}：{reason(error)}。请换一个文件夹，或关闭正打开它的程序"
        ) from error
