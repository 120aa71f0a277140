"""On executors: files are read, each by whoever has it, into fragments of bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile, TemporaryDirectory

import pyarrow as pa

from fupin_audit.spark.pieces import SIZE, in_pieces
from fupin_audit.workbook.files.discovery import InputFile
from fupin_audit.workbook.loading import undated
from fupin_audit.workbook.reading import Reader, ReadSheet, open_file
from fupin_audit.workbook.remembered import bytes_of, sheets_of
from fupin_audit.writing.scratch import scratch

FILES = pa.schema({"number": pa.int32(), "name": pa.string(), "path": pa.string(), "trouble": pa.string()})
_KEY = "spark"
_AS_IS, _BY_PRINTING = "照写明的年份", "照打印的日期"


def files_table(files: Sequence[InputFile]) -> pa.Table:
    """The files, one row each."""
    rows = [
        {"number": at, "name": file.name, "path": str(file.path), "trouble": file.trouble}
        for at, file in enumerate(files)
    ]
    return pa.Table.from_pylist(rows, FILES)


@dataclass(frozen=True)
class ReadingStep:
    """Reads files; what none of them states the day of printing may tell, so such a file is read both ways.

    Attributes:
        reader: reads them.
        password: for encrypted ones.
        names: of files that come with their contents, by number.
        numbers: of such files, by address.
    """

    reader: Reader
    password: str | None
    names: Sequence[str] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)

    def fetched(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The same from rows of addresses and contents."""
        for batch in batches:
            for row in batch.to_pylist():
                number = self.numbers[row["path"]]
                name = self.names[number]
                with NamedTemporaryFile(dir=scratch(), suffix=PurePosixPath(name).suffix) as copy:
                    copy.write(row["content"])
                    copy.flush()
                    yield from self._read(number, InputFile(name, Path(copy.name)))

    def run(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """From rows of files to pieces of what they were read as."""
        for batch in batches:
            for row in batch.to_pylist():
                file = InputFile(row["name"], Path(row["path"]), row["trouble"])
                yield from self._read(row["number"], file)

    def _read(self, number: int, file: InputFile) -> Iterator[pa.RecordBatch]:
        opened = open_file(file, self.password)
        sheets = self.reader.file(file, opened)
        yield from in_pieces(number, _AS_IS, bytes_of(sheets, _KEY))
        if undated(sheets):
            printed = replace(self.reader, by_printing=True).file(file, opened)
            yield from in_pieces(number, _BY_PRINTING, bytes_of(printed, _KEY))


class Fragments:
    """What files were read as, kept on this machine's disk until it is asked for, each file once.

    Args:
        batches: the pieces, in any order.
    """

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._folder = TemporaryDirectory(dir=scratch())  # gone with this object
        for batch in batches:
            for row in batch.to_pylist():
                path = self._path(row["part"], row["what"])
                path.touch()
                with path.open("r+b") as file:
                    file.seek(row["at"] * SIZE)
                    file.write(row["piece"])

    def sheets(self, number: int, reader: Reader) -> list[ReadSheet]:
        """The sheets of a file as a reader reads them."""
        printed = self._path(number, _BY_PRINTING)
        path = printed if reader.by_printing and printed.exists() else self._path(number, _AS_IS)
        return sheets_of(memoryview(path.read_bytes()), _KEY, reader.ledgers)

    def _path(self, number: int, what: str) -> Path:
        return Path(self._folder.name) / f"{number}-{what}"
