"""Pages as files: written whole, and those no longer generated taken away."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fupin_audit.errors import UsageError
from fupin_audit.writing.whole_files import write_text


def write_pages(folder: Path, pages: Mapping[str, str], mark: str) -> None:
    """Write the pages; another file of the folder is deleted only where it begins with `mark`.

    Raises:
        UsageError: the folder can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            write_text(folder / name, text)
        for path in folder.glob("*.md"):
            if path.name not in pages and path.read_text(encoding="utf-8").startswith(mark):
                path.unlink()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "有的文件不是 UTF-8 文本"
        raise UsageError(f"写不了 {folder}：{reason}。请用 --output 换一个文件夹") from error
