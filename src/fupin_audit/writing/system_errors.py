"""What the operating system says when something can't be written, in Chinese."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.EACCES: "没有权限，或正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "名称或路径太长",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "它是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EBUSY: "正被别的程序使用",
    errno.EIO: "磁盘读写出错",
    errno.EINVAL: "名称不合规定",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ELOOP: "链接绕成了圈",
}
# What Windows tells apart, and Python gives one number, or a wrong one.
_ON_WINDOWS = {
    19: "磁盘是只读的",
    32: "正被别的程序打开",
    33: "正被别的程序打开",
    39: "磁盘已满",
    112: "磁盘已满",
    123: "名称不合规定",
    206: "名称或路径太长",
}


def reason(error: OSError) -> str:
    """Why it failed; the system's own words where we have none.

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    '磁盘已满'
    """
    told = _ON_WINDOWS.get(getattr(error, "winerror", None) or 0) or _REASONS.get(error.errno or 0)
    return told or error.strerror or str(error)
