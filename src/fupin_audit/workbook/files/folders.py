"""What stands in a folder and below it: files, and what only looks like one."""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HIDDEN = (".", "~$")  # dot files, and the locks office programs leave beside an open workbook
_REASONS = {
    errno.EACCES: "没有读取权限。请打开权限，或换有权限的用户运行",
    errno.EPERM: "没有读取权限。请打开权限，或换有权限的用户运行",
    errno.ENAMETOOLONG: "路径太长。请把它移到浅一些的文件夹里",
    errno.ELOOP: "链接绕成了一圈，不指向任何文件。请删掉这个链接，或放上文件本身",
}
_NOWHERE = "链接指向的文件不存在。请删掉这个链接，或放上文件本身"
_LINKED_FOLDER = "这是指向另一个文件夹的链接，没有进去读。要核对里面的文件，请直接写那个文件夹"
_SORTS = (
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISCHR, "设备"),
    (stat.S_ISBLK, "设备"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name in a folder.

    Attributes:
        path: where it is.
        is_folder: whether it is a folder.
        is_link: whether it is a link to something.
        trouble: why it can't be read, in Chinese; empty where it can be tried.
    """

    path: Path
    is_folder: bool = False
    is_link: bool = False
    trouble: str = ""


def looked_up(path: Path) -> Entry | None:
    """What stands at a path; None where nothing does."""
    is_link = False
    try:
        is_link = stat.S_ISLNK(path.lstat().st_mode)
        mode = path.stat().st_mode
    except OSError as error:
        return _missed(path, error, is_link)
    except ValueError:  # a name that no file can have
        return None
    if stat.S_ISDIR(mode):
        return Entry(path, is_folder=True, is_link=is_link)
    sort = next((name for is_sort, name in _SORTS if is_sort(mode)), "")
    return Entry(path, is_link=is_link, trouble=f"这是{sort}，不是文件。请把表格存成文件" if sort else "")


def _missed(path: Path, error: OSError, is_link: bool) -> Entry | None:
    if not is_link and error.errno in (errno.ENOENT, errno.ENOTDIR):
        return None
    usual = _NOWHERE if is_link else "文件或文件夹打不开。请核对能不能用别的程序打开"
    return Entry(path, is_link=is_link, trouble=_REASONS.get(error.errno or 0, usual))


def entries(folder: Path) -> Iterator[Entry]:
    """Everything visible in a folder and below it that is not a folder, and the folders that could not be entered.

    Linked folders are not entered, so that no link leads round in a circle.
    """
    waiting = [folder]
    while waiting:
        inside = waiting.pop()
        try:
            paths = sorted(path for path in inside.iterdir() if not path.name.startswith(_HIDDEN))
        except OSError as error:
            yield Entry(
                inside, trouble=_REASONS.get(error.errno or 0, "文件夹打不开。请核对能不能用别的程序打开")
            )
            continue
        for found in filter(None, map(looked_up, paths)):
            if not found.is_folder:
                yield found
            elif found.is_link:
                yield Entry(found.path, is_link=True, trouble=_LINKED_FOLDER)
            else:
                waiting.append(found.path)
