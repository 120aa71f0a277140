"""Pages as files: written whole, and those no longer generated taken away."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fupin_audit.errors import OutputError, UsageError
from fupin_audit.writing.system_errors import reason
from fupin_audit.writing.whole_files import write_text


def write_pages(folder: Path, pages: Mapping[str, str], mark: str) -> None:
    """Write the pages; another file of the folder is overwritten or deleted only where it begins with `mark`.

    Raises:
        UsageError: a page would overwrite somebody's own file.
        OutputError: the folder can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in pages:
            if (folder / name).exists() and not _is_generated(folder / name, mark):
                raise UsageError(f"{folder / name} 不是生成的网页，写出会盖掉它。请用 --output 换一个文件夹")
        for name, text in pages.items():
            write_text(folder / name, text)
        for path in folder.glob("*.md"):
            if path.name not in pages and _is_generated(path, mark):
                path.unlink()
    except OSError as error:
        raise OutputError(f"不能写到 {folder}：{reason(error)}。请用 --output 换一个文件夹") from error


def _is_generated(path: Path, mark: str) -> bool:
    start = mark.encode("utf-8")
    with path.open("rb") as page:
        return page.read(len(start)) == start
