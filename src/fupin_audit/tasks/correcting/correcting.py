"""Corrected copies of a delivery, in a folder that appears whole or not at all, with a log of every line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fupin_audit.delivery import Delivery
from fupin_audit.errors import InputError
from fupin_audit.results.correction import Corrected, Correction, LineOutcome
from fupin_audit.tasks.annotating import Originals
from fupin_audit.tasks.correcting.correction_log import CorrectionLog
from fupin_audit.tasks.correcting.delivered_sheets import OpenedFile, delivered_sheets
from fupin_audit.tasks.correcting.finding_cells import Finder
from fupin_audit.tasks.correcting.planning import Planned, Planner, with_places
from fupin_audit.workbook.correcting.corrected_copy import corrected
from fupin_audit.workbook.correcting.new_contents import NewContent, UncorrectableError
from fupin_audit.workbook.files.discovery import InputFile, discover
from fupin_audit.workbook.formats.grid import Cell
from fupin_audit.writing.whole_files import Write, write_folder

LOG = "更正记录.csv"


@dataclass(frozen=True)
class Correcting:
    """What correcting came to.

    Attributes:
        lines: every line and what became of it.
        remarks: file → what a reader of its copy should know.
        copies: how many files were copied.
    """

    lines: tuple[Corrected, ...]
    remarks: Mapping[str, Sequence[str]]
    copies: int

    def count(self, *outcomes: LineOutcome) -> int:
        """How many lines came to one of these."""
        return sum(line.outcome in outcomes for line in self.lines)


@dataclass(frozen=True)
class _Written:
    """The files that differ from the originals, and what became of the lines."""

    planned: Sequence[Planned]
    contents: Mapping[str, bytes]
    remarks: Mapping[str, Sequence[str]]


def correct(
    originals: Originals,
    delivery: Delivery,
    lines: Sequence[Correction],
    folder: Path,
    *,
    reveal: bool = False,
) -> Correcting:
    """Write copies of all files, those that lines speak of corrected, and the log beside them.

    Raises:
        InputError: a file can't be read any more.
        OutputError: the folder can't be written.
    """
    files = [file for file in discover(originals.paths).files if not file.trouble]
    sheets = list(delivered_sheets(delivery, files, originals.password))
    planner = Planner(Finder(delivery, sheets), reveal=reveal)
    opened = {sheet.opened.file.name: sheet.opened for sheet in sheets}
    written = _written([planner.plan(line) for line in lines], opened)
    said = tuple(planned.said for planned in written.planned)
    log = CorrectionLog((table.ledger for table in delivery.tables.values()), reveal=reveal)
    write_folder(folder, _files(files, written.contents, log.content(said)))
    return Correcting(said, written.remarks, len(files))


def _written(planned: Sequence[Planned], opened: Mapping[str, OpenedFile]) -> _Written:
    """The changed files: a line whose cells can't be changed is refused, and its files are made without it."""
    contents: dict[str, bytes] = {}
    remarks: dict[str, Sequence[str]] = {}
    waiting = sorted({change.place[0] for line in planned for change in line.changes})
    while waiting:
        file = waiting.pop(0)
        cells = _cells(planned, file)
        try:
            contents[file], remarks[file] = corrected(opened[file].original, cells) if cells else (b"", ())
        except UncorrectableError as refusal:
            refused = _refused(refusal, file, cells)
            later = [with_places(line, refused) for line in planned]
            dropped = [old for old, new in zip(planned, later, strict=True) if old is not new]
            planned = later
            waiting = sorted({*waiting, *(change.place[0] for line in dropped for change in line.changes)})
    made = {file: content for file, content in contents.items() if content}
    return _Written(planned, made, {file: remarks[file] for file in made if remarks[file]})


def _cells(planned: Sequence[Planned], file: str) -> dict[str, dict[Cell, NewContent]]:
    cells: dict[str, dict[Cell, NewContent]] = defaultdict(dict)
    for line in planned:
        for change in line.changes:
            name, sheet, cell = change.place
            if name == file:
                cells[sheet][cell] = change.content
    return dict(cells)


def _refused(
    refusal: UncorrectableError, file: str, cells: Mapping[str, Mapping[Cell, NewContent]]
) -> dict[tuple[str, str, Cell], str]:
    """The cells that can't be changed: those named, else all of the file."""
    every = {(sheet, cell) for sheet, found in cells.items() for cell in found}
    return {(file, *place): str(refusal) for place in ((refusal.places & every) or every)}


def _files(
    files: Sequence[InputFile], contents: Mapping[str, bytes], log: bytes
) -> Iterator[tuple[str, Write]]:
    for file in files:
        name = PurePosixPath(file.name)
        place = name.name if name.is_absolute() else file.name
        yield place, _writer(contents.get(file.name), file)
    yield LOG, lambda sink: sink.write(log)


def _writer(content: bytes | None, file: InputFile) -> Write:
    return lambda sink: sink.write(_content(file) if content is None else content)


def _content(file: InputFile) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise InputError(f"{file.name} 打不开", "请关闭正在使用它的程序，并核对读取权限") from error
