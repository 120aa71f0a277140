"""One file's copy with its wrong cells marked: the package itself, patched, or a workbook of its texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fupin_audit.errors import DamagedFileError, InputError
from fupin_audit.results.cell_note import FileNotes
from fupin_audit.workbook.annotating.package_patch import annotate_package, holds_macros, sheets_of
from fupin_audit.workbook.annotating.plain_copy import write_plain_copy
from fupin_audit.workbook.annotating.row_patch import UnusualSheetError
from fupin_audit.workbook.files.refusal import damaged_if_malformed
from fupin_audit.workbook.formats.file_kinds import FileKind
from fupin_audit.workbook.formats.grid import Grid
from fupin_audit.workbook.formats.open_grids import Unlocked

_UNLOCKED = "原件有打开密码，这份没有密码"
_PLAIN = "原件不是 .xlsx，这份是照录文字的 .xlsx：格式、公式、合并单元格没有带过来"
_UNUSUAL = "原件内部的写法特殊，不能原样标注；这份照录文字：格式、公式、合并单元格没有带过来"
_ALIKE = "工作表“{}”有几个，名称打码后分不清，没有标"


@dataclass(frozen=True)
class Marking:
    """What is to be marked in a file.

    Attributes:
        notes: by the names of sheets as reports show them.
        shown: what makes of a sheet's name the one reports show.
    """

    notes: FileNotes
    shown: Callable[[str], str]

    def of(self, names: Iterable[str]) -> tuple[FileNotes, tuple[str, ...]]:
        """The notes by the real names of sheets, and what can't be marked."""
        real = list(names)
        counts = Counter(map(self.shown, real))
        alike = tuple(_ALIKE.format(name) for name in self.notes if counts[name] > 1)
        single = {name: self.shown(name) for name in real if counts[self.shown(name)] == 1}
        return {name: self.notes[said] for name, said in single.items() if said in self.notes}, alike


def ending(original: Unlocked) -> str:
    """How the name of the copy ends.

    Raises:
        DamagedFileError: it can't be told.
    """
    with damaged_if_malformed():
        return ".xlsm" if original.kind is FileKind.XLSX and holds_macros(original.content) else ".xlsx"


def write_copy(original: Unlocked, marking: Marking, sink: BinaryIO) -> tuple[str, ...]:
    """Write the copy; what a reader should know of it, in Chinese.

    Raises:
        InputError: not one of its sheets can be read.
        OSError: it can't be written.
    """
    told = (_UNLOCKED,) * original.had_password
    if original.kind is not FileKind.XLSX:
        return (*told, _PLAIN, *_write_plain(original, marking, sink))
    try:
        with damaged_if_malformed():
            notes, alike = marking.of(sheets_of(original.content))
            return (*told, *alike, *annotate_package(original.content, notes, sink))
    except (UnusualSheetError, DamagedFileError):
        sink.seek(0)
        sink.truncate()
        return (*told, _UNUSUAL, *_write_plain(original, marking, sink))


def _write_plain(original: Unlocked, marking: Marking, sink: BinaryIO) -> tuple[str, ...]:
    grids, unread = _readable(original)
    notes, alike = marking.of(grid.sheet for grid in grids)
    write_plain_copy(grids, notes, sink)
    return (*alike, *unread)


def _readable(original: Unlocked) -> tuple[Sequence[Grid], tuple[str, ...]]:
    """The sheets, and why there are no others.

    Raises:
        InputError: there are none.
    """
    grids: list[Grid] = []
    try:
        for grid in original.grids():
            grids.append(grid)  # those before a bad one are kept
    except InputError as error:
        if not grids:
            raise
        return grids, (f"没有带过来：{error}",)
    return grids, ()
