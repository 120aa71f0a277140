"""From files and folders to a delivery: every sheet read, recognised, converted and assembled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from fupin_audit.delivery import Delivery
from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import LEDGERS, ledger
from fupin_audit.memory import give_back
from fupin_audit.progress import Progress
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.workbook.assembling.assembly import assemble_all
from fupin_audit.workbook.assembling.by_head import ByHead, by_head
from fupin_audit.workbook.assembling.overlap import Overlap, overlaps
from fupin_audit.workbook.converting.sheet_rows import CountsAs, SheetRows
from fupin_audit.workbook.files.discovery import FoundFiles, InputFile, discover, real_path
from fupin_audit.workbook.files.memory_room import Room, Share, unpacked
from fupin_audit.workbook.reading import Opened, Reader, ReadSheet, open_file
from fupin_audit.workbook.recognising.recognition import Designation
from fupin_audit.workbook.recognising.roles import check_roles
from fupin_audit.workbook.remembered import Remembered
from fupin_audit.writing.column_files import Keep, in_memory

_READERS = 2  # files read at a time
_ROOM = 1.25  # those being read are together not larger than the largest, times this
_NAMED = 8  # sheets named where a designation fits none


@dataclass(frozen=True)
class ReadElsewhere:
    """Files that other processes have read.

    Attributes:
        found: the files.
        sheets: gives the sheets of one of them, as a reader reads them.
    """

    found: FoundFiles
    sheets: Callable[[InputFile, Reader], Sequence[ReadSheet]]


@dataclass(frozen=True)
class ToRead:
    """What a delivery is read from, and how.

    Attributes:
        paths: files or folders.
        designations: sheets whose ledger is given rather than recognised.
        password: for encrypted workbooks.
        ledgers: those to recognise.
        keep: where the columns that are read are kept.
        remembered: what files were read as before; None where nothing is to be kept.
        elsewhere: what was read by other processes; None where it is to be read here.
    """

    paths: Sequence[Path]
    designations: Sequence[Designation] = ()
    password: str | None = None
    ledgers: Sequence[type[Ledger]] = LEDGERS
    keep: Keep = in_memory
    remembered: Remembered | None = None
    elsewhere: ReadElsewhere | None = None


def load(
    paths: Sequence[Path],
    *,
    designations: Sequence[Designation] = (),
    password: str | None = None,
    ledgers: Sequence[type[Ledger]] = LEDGERS,
    progress: Progress | None = None,
) -> Delivery:
    """Read files and folders into memory, as `loaded` does."""
    return loaded(ToRead(paths, designations, password, ledgers), progress)


def loaded(wanted: ToRead, progress: Progress | None = None) -> Delivery:
    """Read files and folders; a file that can't be read is told in `inputs`, the others are read.

    Args:
        wanted: which, and how.
        progress: called with (读取, files done, of how many).

    Raises:
        UsageError: no such path, an empty folder, or a designation that names no ledger or field or fits no sheet.
    """
    for item in wanted.designations:
        check_roles(item.roles, ledger(item.ledger, wanted.ledgers))
    found = wanted.elsewhere.found if wanted.elsewhere else discover(wanted.paths)
    files = found.files
    reader = reader_of(wanted, files)
    sheets = _read(files, reader, wanted, progress)
    if undated(sheets):
        sheets = _read(files, replace(reader, by_printing=True), wanted, progress)
    _check_designations(reader.designations, sheets)
    delivery = replace(deliver(sheets, wanted.ledgers, wanted.keep), not_read=found.others)
    del sheets
    give_back()
    return delivery


def _read(
    files: Sequence[InputFile], reader: Reader, wanted: ToRead, progress: Progress | None
) -> list[ReadSheet]:
    """The sheets of all files, in their order."""
    if wanted.elsewhere:
        coming = (sheet for file in files for sheet in wanted.elsewhere.sheets(file, reader))
        return [sheet.kept(wanted.keep) for sheet in coming]
    keys = {file: remembered.key(file, reader) for file in files} if (remembered := wanted.remembered) else {}
    read = dict(_recalled(keys, reader, wanted))
    with closing(_opened_ahead([file for file in files if file.name not in read], wanted.password)) as opened:
        for done in range(len(read), len(files)):
            if progress:
                progress("读取", done, len(files))
            for file, sheets in islice(opened, 1):
                found = reader.file(file, sheets)
                if remembered and remembered.key(file, reader) == keys[file]:
                    remembered.keep(file, keys[file], reader, found)
                read[file.name] = [sheet.kept(wanted.keep) for sheet in found]
                del sheets, found
            give_back()
    if progress:
        progress("读取", len(files), len(files))
    return [sheet for file in files for sheet in read.pop(file.name)]


def _recalled(
    keys: Mapping[InputFile, str], reader: Reader, wanted: ToRead
) -> Iterator[tuple[str, list[ReadSheet]]]:
    """The files that were read before, and are as they were."""
    for file, key in keys.items():
        if wanted.remembered and (sheets := wanted.remembered.recalled(file, key, reader)) is not None:
            yield file.name, [sheet.kept(wanted.keep) for sheet in sheets]


def reader_of(wanted: ToRead, files: Sequence[InputFile]) -> Reader:
    """What reads these files."""
    return Reader(tuple(wanted.ledgers), tuple(_by_name(item, files) for item in wanted.designations))


def undated(sheets: Sequence[ReadSheet]) -> bool:
    """Whether nothing states a year, and the day some sheet was printed on could tell it."""
    stated = any(part.years.any() for sheet in sheets for part in sheet.parts)
    return not stated and any(sheet.printed for sheet in sheets)


def _by_name(item: Designation, files: Sequence[InputFile]) -> Designation:
    """A designation by the file's path, by the name findings call it."""
    named = Path(item.file)
    if not named.is_absolute():
        return item
    here = real_path(named)
    return next((replace(item, file=file.name) for file in files if file.real_path == here), item)


def _opened_ahead(
    files: Sequence[InputFile], password: str | None
) -> Generator[tuple[InputFile, Opened], None, None]:
    """Each file with its sheets, in the order they come in; meanwhile others are read, which leaves Python free.

    To be closed by who asks: its threads are waited for then, and not when it is cleared away as garbage.

    The largest is read while little else is in memory, beside it those that take little; the others are looked
    at meanwhile, and read after it.
    """
    if not files:
        return
    sizes = {file: 0 if file.trouble else unpacked(file.path) for file in files}
    largest, *others = sorted(files, key=lambda file: (-sizes[file], file.name))
    whole = round(sizes[largest] * _ROOM)
    beside = whole - sizes[largest]
    room = Room(whole)
    with ThreadPoolExecutor(max_workers=_READERS) as reading:
        coming = {
            reading.submit(_open, file, password, room.ask(sizes[file])): file
            for file in (largest, *sorted(others, key=lambda file: sizes[file] > beside))
        }
        while coming:
            finished = wait(coming, return_when=FIRST_COMPLETED).done
            opened = [(coming.pop(future), future.result()) for future in finished]
            finished.clear()
            while opened:
                yield opened.pop()


def _open(file: InputFile, password: str | None, share: Share) -> Opened:
    with share:
        return open_file(file, password, share.take)


def deliver(sheets: Sequence[ReadSheet], ledgers: Sequence[type[Ledger]], keep: Keep = in_memory) -> Delivery:
    """Assemble the ledgers from all sheets."""
    numbered = by_head([part for sheet in sheets for part in sheet.parts])
    parts = list(numbered.parts)
    shared = _overlaps(parts, ledgers)  # before the tables take their place
    parts = [_used(part, shared) for part in parts]
    return Delivery(
        assemble_all(parts, ledgers, keep),
        tuple(_noted(sheet.described, shared, numbered) for sheet in sheets),
        tuple((index, *sheet.missing) for index, sheet in enumerate(sheets) if sheet.missing),
        _export_years(parts),
        frozenset[tuple[str, str]]().union(*(sheet.given for sheet in sheets)),
    )


def _overlaps(parts: Sequence[SheetRows], ledgers: Sequence[type[Ledger]]) -> list[Overlap]:
    """Which sheets have rows that earlier ones have, too."""
    by_ledger = ([part for part in parts if part.ledger is model] for model in ledgers)
    return [
        overlap for model, own in zip(ledgers, by_ledger, strict=True) for overlap in overlaps(model, own)
    ]


def _used(part: SheetRows, shared: Sequence[Overlap]) -> SheetRows:
    """The rows that count: without those that another copy of the sheet has."""
    unused = [overlap.unused for overlap in shared if overlap.later is part and len(overlap.unused)]
    return part.only(np.setdiff1d(np.arange(part.height), np.concatenate(unused))) if unused else part


def _noted(sheet: InputSheet, shared: Sequence[Overlap], numbered: ByHead) -> InputSheet:
    own = [item for item in shared if item.later.source.place == sheet.shown]
    notes = tuple(item.remark for item in own if not item.is_copy)
    caveats = tuple(item.remark for item in own if item.is_copy)
    notes += tuple(filter(None, [numbered.note(sheet.shown)]))
    caveats += tuple(filter(None, [numbered.caveat(sheet.shown)]))
    return replace(sheet, notes=(*sheet.notes, *notes), caveats=(*sheet.caveats, *caveats))


def _export_years(parts: Sequence[SheetRows]) -> dict[int, int]:
    """Year → rows of person exports that name it."""
    years = Counter[int]()
    for part in parts:
        if "年度" not in part.ledger.columns() and part.counts_as is CountsAs.OWN:
            named, counts = np.unique(part.years[part.years > 0], return_counts=True)
            years.update(dict(zip(named.tolist(), counts.tolist(), strict=True)))
    return dict(years)


def _check_designations(designations: Sequence[Designation], sheets: Sequence[ReadSheet]) -> None:
    """Refuse a designation that fits no sheet."""
    wanted = [item for item in designations if item.required]
    places = [(sheet.described.file, sheet.described.sheet) for sheet in sheets]
    unreadable = {sheet.described.file for sheet in sheets if sheet.described.error}
    for item in wanted:
        if not any(
            item.means(file, sheet) or (file in unreadable and item.means(file, item.sheet))
            for file, sheet in places
        ):
            known = "、".join(
                sorted({f"{file}!{sheet}" if sheet else file for file, sheet in places})[:_NAMED]
            )
            raise UsageError(
                f"没有“{item.file}{item.sheet and '!' + item.sheet}”这个文件或工作表，有的是：{known}"
            )
