"""Where a command may write: nothing that it reads, nothing that is not its own (D18)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fupin_audit.cli.asked import Judging
from fupin_audit.errors import UsageError
from fupin_audit.masking import mask_text
from fupin_audit.reports.registry import Formats, is_own
from fupin_audit.workbook.files.discovery import EXTENSIONS, discover
from fupin_audit.writing.whole_files import refuse_folder, refuse_place

_STREAMS = (1, 2)  # stdout, stderr
Outputs = Sequence[tuple[str, Path]]


@dataclass(frozen=True, slots=True)
class Reads:
    """What a command reads: ledgers, in files or folders; and rules, settings, lists."""

    ledgers: Sequence[Path]
    others: Sequence[Path] = ()


def reads_of(paths: Sequence[Path], judging: Judging, *others: Path | None) -> Reads:
    """All that a judging command reads."""
    return Reads(paths, [*_settings(judging), *filter(None, others)])


def refuse_targets(outputs: Outputs, formats: Formats, reads: Reads) -> None:
    """Refuses what must not be written to, before hours of work.

    Raises:
        UsageError: it is read, it is not one of our reports of that format, or it is written twice.
        OutputError: nothing can be written there.
    """
    for number, (name, path) in enumerate(outputs):
        refuse_place(path)
        if any(_same(path, other) for _, other in outputs[:number]):
            raise UsageError(f"{path} 写了两次：每份报告要有自己的文件名")
        if _is_printed_to(path):
            raise UsageError(f"{path} 正接着屏幕上的结果（重定向），两份会互相盖掉。请换一个文件名")
        _refuse_read(path, reads)
        if path.exists() and path.stat().st_size and not is_own(path, formats[name]):
            raise UsageError(
                f"{path} 已经存在，看不出是本程序写的同一种报告，写出会盖掉它。请换一个文件名，或先把它移开"
            )


def refuse_filled_folder(folder: Path, paths: Sequence[Path]) -> None:
    """Refuses a folder for copies of ledgers that is not new, or where the next check would read them.

    Raises:
        UsageError: it holds something, or is among the ledgers.
        OutputError: no folder can be made there.
    """
    refuse_folder(folder)
    target = folder.resolve()
    for path in paths:
        if path.resolve() in {target, *target.parents}:
            raise UsageError(f"{folder} 在要核对的文件夹 {path} 里面，写出的会被当成台账读。请写到外面")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 里已有文件，没有写。请换一个新文件夹")


def whereabouts(paths: Sequence[Path]) -> Mapping[str, str]:
    """File, by the name findings call it → where it is as seen from here; one whose name holds a number is not told."""
    here = Path.cwd()
    try:
        found = {file.name: file.path.absolute() for file in discover(paths).files}
    except UsageError:  # gone since they were read
        return {}
    return {
        name: mask_text((path.relative_to(here) if path.is_relative_to(here) else path).as_posix())
        for name, path in found.items()
    }


def _is_printed_to(path: Path) -> bool:
    """Whether what is shown on the screen goes to this file."""
    return any(_leads_to(handle, path) for handle in _STREAMS)


def _leads_to(handle: int, path: Path) -> bool:
    try:
        return path.is_file() and os.path.samestat(os.fstat(handle), path.stat())
    except OSError:  # no such stream
        return False


def _refuse_read(path: Path, reads: Reads) -> None:
    if not path.exists():
        return
    table = path.suffix.lower() in EXTENSIONS
    if any(_same(path, given) or (table and _within(path, given)) for given in reads.ledgers):
        raise UsageError(f"{path} 在要核对的数据里且已经存在，写出会盖掉它。请写到别的文件夹")
    if any(_same(path, given) or _within(path, given) for given in reads.others):
        raise UsageError(f"{path} 是这次要读的文件（规则、设置或名单），写出会盖掉它。请换一个文件名")


def _settings(judging: Judging) -> Iterator[Path]:
    """The files a run is told by; a built-in pack's id is no file."""
    named = [*judging.packs, judging.codes, judging.project.name if judging.project else ""]
    if judging.project:
        named.append(judging.project.codes)
    yield from (Path(name) for name in named if name and Path(name).exists())
    if judging.password_file:
        yield judging.password_file


def _same(path: Path, other: Path) -> bool:
    """Whether both names mean one file, be it there or not."""
    if path.exists() and other.exists():
        return path.samefile(other)
    return os.path.normcase(path.resolve()) == os.path.normcase(other.resolve())


def _within(path: Path, folder: Path) -> bool:
    return folder.is_dir() and folder.resolve() in path.resolve().parents
