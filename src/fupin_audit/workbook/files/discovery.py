"""Which files an audit reads, what each is called in findings, and what in the folders is no file to read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fupin_audit.errors import UsageError
from fupin_audit.workbook.files.folders import Entry, entries, looked_up
from fupin_audit.writing.marks import is_own_report

EXTENSIONS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".tsv"})
# What this tool reads or writes itself: project files, rules, reports.
_OWN = frozenset({".toml", ".yaml", ".yml", ".json"})
_REPORT = "（本工具写出的报告，不是台账）"


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    """A file to read.

    Attributes:
        name: what findings call it: relative to the folder given, with `/`.
        path: where it is.
        trouble: why it can't even be tried to be read, in Chinese; empty where it can.
    """

    name: str
    path: Path
    trouble: str = field(default="", compare=False)

    @property
    def real_path(self) -> Path:
        """Where it is without any link."""
        return real_path(self.path)


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What files and folders hold.

    Attributes:
        files: what is to be read, in the order of their names.
        others: names of the files that are no spreadsheets, and of reports of our own, which say so.
    """

    files: tuple[InputFile, ...]
    others: tuple[str, ...] = ()


def discover(paths: Sequence[Path]) -> FoundFiles:
    """The files meant by these files and folders.

    A folder stands for all its spreadsheets, subfolders included; a file named explicitly is taken
    whatever it is called. What a folder holds that can be no file, or not be reached, is a file in trouble.

    Raises:
        UsageError: a path does not exist, or a folder has nothing to read.
    """
    met: dict[Path, tuple[Path, Entry]] = {}
    others: dict[Path, tuple[Path, Entry]] = {}
    for root in paths:
        wanted, rest = _sorted_out(root)
        if not wanted:
            raise UsageError(_nothing(root, rest))
        # A link to a file that is met anyway adds nothing.
        for entry in sorted(wanted, key=lambda entry: entry.is_link):
            met.setdefault(real_path(entry.path) if not entry.trouble else entry.path, (root, entry))
        others |= {real_path(entry.path): (root, entry) for entry in rest}
    named = zip(_names(list(met.values())), met.values(), strict=True)
    files = sorted(InputFile(name, entry.path, entry.trouble) for name, (_, entry) in named)
    aside = [place for at, place in others.items() if at not in met]
    told = (
        f"{name}{_REPORT if entry.path.suffix.lower() in EXTENSIONS else ''}"
        for name, (_, entry) in zip(_names(aside), aside, strict=True)
    )
    return FoundFiles(tuple(files), tuple(sorted(told)))


def refuse_shared_files(paths: Sequence[Path], others: Sequence[Path]) -> None:
    """Refuses two drops that have a file in common: it would be compared with itself.

    Raises:
        UsageError: which file; or a path does not exist.
    """
    if others:
        known = {file.real_path for file in discover(others).files}
        for file in discover(paths).files:
            if file.real_path in known:
                raise UsageError(f"{file.path} 既在本期又在上期（--against）里，请把两期放在不同的文件夹")


def real_path(path: Path) -> Path:
    """A path without links, however they are broken."""
    return Path(os.path.realpath(path))


def _sorted_out(root: Path) -> tuple[list[Entry], list[Entry]]:
    """What is to be read, and what is no spreadsheet."""
    wanted, rest = [], []
    for entry in found_at(root):
        ending = entry.path.suffix.lower()
        if entry.trouble or entry.path == root or (ending in EXTENSIONS and not _is_report(entry)):
            wanted.append(entry)
        elif ending not in _OWN:
            rest.append(entry)
    return wanted, rest


def _is_report(entry: Entry) -> bool:
    """Whether it is a 整改台账 or another report that this tool wrote for people; what can't be told, reading tells."""
    try:
        return is_own_report(entry.path)
    except OSError:
        return False


def found_at(root: Path) -> Iterator[Entry]:
    """A file, or everything in a folder.

    Raises:
        UsageError: there is nothing at that path.
    """
    entry = looked_up(root)
    if entry is None:
        raise UsageError(f"找不到“{root}”，请检查路径是否写对")
    yield from entries(root) if entry.is_folder else (entry,)


def _nothing(root: Path, others: Sequence[Entry]) -> str:
    known = " ".join(sorted(EXTENSIONS))
    beside = f"，只有 {len(others)} 个别的文件" if others else ""
    return f"文件夹“{root}”里没有表格文件（{known}）{beside}；请把要核查的台账放进去，或直接写文件名"


def _names(places: Sequence[tuple[Path, Entry]]) -> list[str]:
    """A name for each, as short as tells it from the others."""
    names = [_short(root, entry.path) for root, entry in places]
    for longer in (_long, _full):
        counts = Counter(names)
        names = [
            name if counts[name] == 1 else longer(root, entry.path)
            for name, (root, entry) in zip(names, places, strict=True)
        ]
    return names


def _short(root: Path, file: Path) -> str:
    return _shown(file.name if root == file else file.relative_to(root).as_posix() or _full(root, file))


def _long(root: Path, file: Path) -> str:
    """A name that tells apart files of the same name from different folders."""
    base = root.parent if root == file else root
    label = base.resolve().name
    return f"{_shown(label)}/{_short(root, file)}" if label else _full(root, file)


def _full(_: Path, file: Path) -> str:
    return _shown(file.absolute().as_posix())


def _shown(name: str) -> str:
    """A name as text: one that is no UTF-8, as old zip files leave it, is read as GB 18030."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name
