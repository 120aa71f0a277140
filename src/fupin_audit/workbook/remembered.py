"""What files were read as, kept for the next run where the user asks for it, in a folder of his own.

A file has one entry, under a digest of its name, and another one where the day it was printed on is to tell its year;
what it was read from and how is told inside. An entry that is
damaged, or of other content, code or settings, counts as none and is written anew. Files that are encrypted, or that
could not be read whole, are not kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pydantic import TypeAdapter

from fupin_audit.delivery import AsWritten, Source
from fupin_audit.digests import digest_of, digest_of_file, digest_of_program
from fupin_audit.errors import UsageError
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import ledger
from fupin_audit.results.input_sheet import InputSheet
from fupin_audit.workbook.converting.conversion import Cells, Fault
from fupin_audit.workbook.converting.sheet_rows import CountsAs, SheetRows
from fupin_audit.workbook.files.discovery import InputFile
from fupin_audit.workbook.reading import Reader, ReadSheet
from fupin_audit.writing.whole_files import unsealed, write_sealed

_LENGTH = 8  # bytes before what an entry tells
_ALIGNED = 8  # bytes; columns begin where their numbers may stand in memory
_OTHERS = 0o077


@dataclass(frozen=True)
class _FaultTold:
    rule: str
    rows: tuple[int, ...]
    message: str
    hint: str
    part: tuple[int, str] | None


@dataclass(frozen=True)
class _ColumnTold:
    field: str
    texts: bool
    faults: tuple[_FaultTold, ...]


@dataclass(frozen=True)
class _WrittenTold:
    headings: Mapping[int, str]
    others: tuple[int, ...]
    first: int


@dataclass(frozen=True)
class _SourceTold:
    file: str
    sheet: str
    letters: Mapping[str, str]
    implied: frozenset[str]
    partial: str
    complete: bool
    listed: bool
    written: int


@dataclass(frozen=True)
class _PartTold:
    ledger: str
    source: _SourceTold
    counts_as: int
    heads: bool
    columns: tuple[_ColumnTold, ...]


@dataclass(frozen=True)
class _SheetTold:
    described: InputSheet
    missing: tuple[str, str] | None
    given: frozenset[tuple[str, str]]
    printed: bool
    written: tuple[_WrittenTold, ...]
    parts: tuple[_PartTold, ...]


@dataclass(frozen=True)
class _EntryTold:
    key: str
    sheets: tuple[_SheetTold, ...]


_ENTRY = TypeAdapter(_EntryTold)


@dataclass(frozen=True)
class Remembered:
    """The folder of entries.

    Attributes:
        folder: the user's, for him alone.
        settings: digest of all that decides what the ledgers and their columns are.
        drop: which of several drops is read, whose files may have the same names.
    """

    folder: Path
    settings: str
    drop: str = ""

    def key(self, file: InputFile, reader: Reader) -> str:
        """What tells whether an entry is good: the content of the file, by what and how it is read; empty for none."""
        how = self.settings, reader.by_printing, reader.designations
        try:
            content = "" if file.trouble else digest_of_file(file.path)
        except OSError:
            content = ""
        return digest_of(digest_of_program(), how, file.name, content) if content else ""

    def recalled(self, file: InputFile, key: str, reader: Reader) -> list[ReadSheet] | None:
        """The sheets of a file as they were read before; None where that is not known."""
        try:
            content = self._entry(file, reader).read_bytes() if key else b""
            return sheets_of(unsealed(content), key, reader.ledgers) if key else None
        except (OSError, ValueError):
            return None

    def keep(self, file: InputFile, key: str, reader: Reader, sheets: Sequence[ReadSheet]) -> None:
        """Keep what a file was read as, where it was read whole.

        Raises:
            OutputError: it can't be written.
        """
        if not key or any(sheet.described.error for sheet in sheets):
            return
        write_sealed(self._entry(file, reader), bytes_of(sheets, key))

    def _entry(self, file: InputFile, reader: Reader) -> Path:
        return self.folder / f"{digest_of(self.drop, reader.by_printing, file.name)}.read"


def own_folder(folder: Path) -> Path:
    """A folder that nobody else can look into, made where there is none.

    Raises:
        UsageError: it is none, or others can look into it.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.stat()
    except OSError as error:
        raise UsageError(f"缓存文件夹 {folder} 建不了：{error.strerror}") from error
    if os.name == "posix" and (found.st_uid != os.getuid() or found.st_mode & _OTHERS):
        raise UsageError(
            f"缓存里有个人信息，文件夹 {folder} 别人也能看：请另指一个新的，程序会建成只有你能看的"
        )
    return folder


def bytes_of(sheets: Sequence[ReadSheet], key: str) -> memoryview:
    """What a file was read as, in one piece: what is told of its sheets, then their columns as Arrow streams."""
    told = _ENTRY.dump_json(_EntryTold(key, tuple(map(_told, sheets))))
    told += b" " * (-len(told) % _ALIGNED)
    return _content(told, [several for sheet in sheets for several in _columns(sheet)])


def _content(told: bytes, columns: Sequence[Sequence[pa.Array]]) -> memoryview:
    stream = pa.BufferOutputStream()
    stream.write(len(told).to_bytes(_LENGTH, "big") + told)
    for several in columns:
        batch = pa.RecordBatch.from_arrays(list(several), names=list(map(str, range(len(several)))))
        with pa.ipc.new_stream(stream, batch.schema) as writer:
            writer.write_batch(batch)
    return memoryview(stream.getvalue())


def _columns(sheet: ReadSheet) -> Iterator[Sequence[pa.Array]]:
    """What stands beside the columns of a sheet that are read, then the columns of each part."""
    for written in _written(sheet):
        yield from ([texts] for texts in written.others.values())
    for part in sheet.parts:
        heads = [] if part.heads is None else [pa.array(part.heads)]
        cells = [column for cells in part.cells.values() for column in cells.columns()]
        yield [pa.array(part.excel_rows), pa.array(part.years), *heads, *cells]


def _written(sheet: ReadSheet) -> list[AsWritten]:
    """The wordings of the sheet's parts, each once; parts mostly share one."""
    return list({id(part.source.written): part.source.written for part in sheet.parts}.values())


def _told(sheet: ReadSheet) -> _SheetTold:
    written = _written(sheet)
    numbers = {id(one): number for number, one in enumerate(written)}
    return _SheetTold(
        sheet.described,
        sheet.missing,
        sheet.given,
        sheet.printed,
        tuple(_WrittenTold(one.headings, tuple(one.others), one.first) for one in written),
        tuple(_part_told(part, numbers[id(part.source.written)]) for part in sheet.parts),
    )


def _part_told(part: SheetRows, written: int) -> _PartTold:
    columns = tuple(
        _ColumnTold(name, cells.texts is not None, tuple(map(_fault_told, cells.faults)))
        for name, cells in part.cells.items()
    )
    own = part.source
    source = _SourceTold(
        own.file, own.sheet, own.letters, own.implied, own.partial, own.complete, own.listed, written
    )
    return _PartTold(part.ledger.title, source, part.counts_as, part.heads is not None, columns)


def _fault_told(fault: Fault) -> _FaultTold:
    return _FaultTold(fault.rule, tuple(fault.rows.tolist()), fault.message, fault.hint, fault.part)


def sheets_of(rest: memoryview, key: str, ledgers: Sequence[type[Ledger]]) -> list[ReadSheet]:
    """The sheets again, their columns in place.

    Raises:
        ValueError: it is damaged, or of something else.
    """
    start = _LENGTH + int.from_bytes(rest[:_LENGTH], "big")
    told = bytes(rest[_LENGTH:start])
    if json.loads(told)["key"] != key:
        raise ValueError(key)
    entry, stream = _ENTRY.validate_json(told), pa.BufferReader(pa.py_buffer(rest[start:]))
    return [_sheet(sheet, stream, ledgers) for sheet in entry.sheets]


def _sheet(told: _SheetTold, stream: pa.BufferReader, ledgers: Sequence[type[Ledger]]) -> ReadSheet:
    written = [
        AsWritten(one.headings, {column: _next(stream)[0] for column in one.others}, one.first)
        for one in told.written
    ]
    parts = tuple(_part(part, stream, ledgers, written) for part in told.parts)
    return ReadSheet(told.described, parts, told.missing, told.given, told.printed)


def _next(stream: pa.BufferReader) -> list[pa.Array]:
    """The next columns of an entry."""
    reader = pa.ipc.open_stream(stream)
    columns: list[pa.Array] = reader.read_next_batch().columns
    reader.read_all()  # the next ones begin behind its end
    return columns


def _part(
    told: _PartTold, stream: pa.BufferReader, ledgers: Sequence[type[Ledger]], written: Sequence[AsWritten]
) -> SheetRows:
    columns, own = iter(_next(stream)), told.source
    rows, years = next(columns).to_numpy(), next(columns).to_numpy()
    heads = next(columns).to_numpy(zero_copy_only=False) if told.heads else None
    cells = {
        column.field: Cells(
            next(columns), next(columns) if column.texts else None, tuple(map(_fault, column.faults))
        )
        for column in told.columns
    }
    source = Source(
        own.file,
        own.sheet,
        own.letters,
        own.implied,
        own.partial,
        own.complete,
        own.listed,
        written[own.written],
    )
    model = ledger(told.ledger, ledgers)
    return SheetRows(model, source, rows, cells, years, heads, CountsAs(told.counts_as))


def _fault(told: _FaultTold) -> Fault:
    return Fault(told.rule, np.array(told.rows, dtype=np.int64), told.message, told.hint, told.part)
