"""Which files an audit reads, and what each is called in findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fupin_audit.errors import UsageError

EXTENSIONS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".tsv"})
_HIDDEN = (".", "~$")  # dot files, and the locks office programs leave beside an open workbook


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    """A file to read.

    Attributes:
        name: what findings call it: relative to the folder given, with `/`.
        path: where it is.
    """

    name: str
    path: Path


def discover(paths: Sequence[Path]) -> tuple[InputFile, ...]:
    """The files meant by these files and folders, in the order of their names.

    A folder stands for all its spreadsheets, subfolders included; a file named explicitly is taken
    whatever it is called.

    Raises:
        UsageError: a path does not exist, or a folder has no spreadsheet.
    """
    found = {file.resolve(): (root, file) for root in paths for file in _files(root)}
    names = Counter(_name(root, file) for root, file in found.values())
    return tuple(
        sorted(
            InputFile(_name(root, file) if names[_name(root, file)] == 1 else _long_name(root, file), file)
            for root, file in found.values()
        )
    )


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    if not root.is_dir():
        raise UsageError(f"找不到“{root}”，请检查路径是否写对")
    files = [path for path in sorted(root.rglob("*")) if _is_spreadsheet(path, root)]
    if not files:
        known = " ".join(sorted(EXTENSIONS))
        raise UsageError(f"文件夹“{root}”里没有表格文件（{known}）；请把要核查的台账放进去，或直接写文件名")
    yield from files


def _is_spreadsheet(path: Path, root: Path) -> bool:
    visible = not any(part.startswith(_HIDDEN) for part in path.relative_to(root).parts)
    return visible and path.suffix.lower() in EXTENSIONS and path.is_file()


def _name(root: Path, file: Path) -> str:
    return file.name if root == file else file.relative_to(root).as_posix()


def _long_name(root: Path, file: Path) -> str:
    """A name that tells apart files of the same name from different folders."""
    base = root.parent if root == file else root
    label = base.resolve().name
    return f"{label}/{_name(root, file)}" if label else file.as_posix()
