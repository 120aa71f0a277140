"""What queries gave, kept for the next run where the user asks for it: a query of the same text on the same rows.

What a query reads is told by its text alone: the tables it names and the columns of theirs it names. An answer that
is not asked for any more goes with the run; a file that is damaged, or of other code, counts as none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
import pyarrow as pa

from fupin_audit.writing.whole_files import unsealed, write_sealed

_LENGTH = 8  # bytes before what a file tells
_DAY, _NUMBER, _PARTS = "日", "数", "栏"
T = TypeVar("T")
Rows: TypeAlias = list[tuple[Any, ...]]
Columns: TypeAlias = Mapping[str, list[Any]]
Arrays: TypeAlias = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class KeptAnswers:
    """The answers of one delivery, a file for each part of it that is judged by itself.

    Attributes:
        folder: where the files are.
        drop: digest of the delivery's names.
        program: digest of all that decides an answer besides the query and its rows.
    """

    folder: Path
    drop: str
    program: str

    def of(self, part: str = "") -> Answers:
        """Those of a part, by its name; of the whole where none is given."""
        name = digest(self.drop, part) if part else self.drop
        return Answers(self.folder / f"{name}.answers", self.program)


@contextmanager
def answering(kept: KeptAnswers | None, part: str = "") -> Iterator[Answers | None]:
    """The answers of a part, written once it is judged to its end; None where nothing is to be kept.

    Raises:
        OutputError: they can't be written.
    """
    answers = kept.of(part) if kept else None
    yield answers
    if answers:
        answers.save()


class Answers:
    """The answers of one delivery or of a part of it, in one file.

    Args:
        path: the file.
        of: digest of all that decides an answer besides the query and its rows.
    """

    def __init__(self, path: Path, of: str) -> None:
        self._path, self._of = path, of
        self._known = _read(path, of)
        self._asked: dict[str, bytes] = {}

    def recalled(self, key: str) -> bytes | None:
        """The answer that was kept; None where there is none."""
        found = self._known.get(key)
        if found is not None:
            self._asked[key] = found
        return found

    def keep(self, key: str, answer: bytes) -> None:
        """Remember an answer."""
        self._known[key] = self._asked[key] = answer

    def save(self) -> None:
        """Write what was asked for.

        Raises:
            OutputError: it can't be written.
        """
        spans, blob = {}, bytearray()
        for key, answer in sorted(self._asked.items()):
            spans[key] = len(blob), len(answer)
            blob += answer
        told = json.dumps({"of": self._of, "spans": spans}).encode()
        write_sealed(self._path, len(told).to_bytes(_LENGTH, "big") + told + bytes(blob))


def _read(path: Path, of: str) -> dict[str, bytes]:
    try:
        content = unsealed(path.read_bytes())
        start = _LENGTH + int.from_bytes(content[:_LENGTH], "big")
        told = json.loads(bytes(content[_LENGTH:start]))
        spans = told["spans"].items() if told["of"] == of else ()
        return {key: bytes(content[start + at : start + at + size]) for key, (at, size) in spans}
    except (OSError, ValueError):
        return {}


@dataclass(frozen=True)
class Coding(Generic[T]):
    """How answers of one kind are written, and read again."""

    written: Callable[[T], bytes]
    read: Callable[[bytes], T]


class UnknownKindError(TypeError):
    """An answer has a value of a kind that can't be kept."""


def _plain(value: Any) -> Any:
    """A value as JSON has it.

    Raises:
        UnknownKindError: it can't be.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return {_DAY: value.isoformat()}
    if isinstance(value, Decimal):
        return {_NUMBER: str(value)}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {_PARTS: [[_plain(name), _plain(item)] for name, item in value.items()]}
    raise UnknownKindError(type(value))


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_value(item) for item in plain]
    if not isinstance(plain, dict):
        return plain
    ((kind, told),) = plain.items()
    if kind == _DAY:
        return date.fromisoformat(told)
    return Decimal(told) if kind == _NUMBER else {_value(name): _value(item) for name, item in told}


def _packed(content: bytes) -> bytes:
    """Compressed, with its length before it."""
    packed: bytes = pa.compress(content, codec="zstd", asbytes=True)
    return len(content).to_bytes(_LENGTH, "big") + packed


def _unpacked(packed: bytes) -> bytes:
    size = int.from_bytes(packed[:_LENGTH], "big")
    found: bytes = pa.decompress(packed[_LENGTH:], size, codec="zstd", asbytes=True)
    return found


def _written_columns(columns: Columns) -> bytes:
    return _packed(json.dumps({name: _plain(values) for name, values in columns.items()}).encode())


def _read_columns(packed: bytes) -> Columns:
    return {name: _value(values) for name, values in json.loads(_unpacked(packed)).items()}


def _written_rows(rows: Rows) -> bytes:
    return _packed(json.dumps([_plain(list(row)) for row in rows]).encode())


def _read_rows(packed: bytes) -> Rows:
    return [tuple(map(_value, row)) for row in json.loads(_unpacked(packed))]


def _written_arrays(arrays: Arrays) -> bytes:
    """Of whole numbers, in order, by how much each differs from the one before: that packs rows to next to nothing."""
    ordered = _in_order(arrays)
    told = json.dumps([[name, column.dtype.str, len(column)] for name, column in ordered.items()]).encode()
    steps = (
        np.diff(column, prepend=column.dtype.type(0)) if _whole(column) else column
        for column in ordered.values()
    )
    return _packed(len(told).to_bytes(_LENGTH, "big") + told + b"".join(step.tobytes() for step in steps))


def _read_arrays(packed: bytes) -> Arrays:
    content = _unpacked(packed)
    at = _LENGTH + int.from_bytes(content[:_LENGTH], "big")
    found = {}
    for name, kind, size in json.loads(content[_LENGTH:at]):
        steps = np.frombuffer(content, dtype=np.dtype(kind), count=size, offset=at)
        found[name] = np.cumsum(steps, dtype=steps.dtype) if _whole(steps) else steps.copy()
        at += steps.nbytes
    return found


def _whole(column: np.ndarray) -> bool:
    return column.dtype.kind in "iu"


def _in_order(arrays: Arrays) -> Arrays:
    """The lines of columns in the order of the first one: a database gives them in any."""
    order = np.argsort(next(iter(arrays.values())), kind="stable")
    return {name: column[order] for name, column in arrays.items()}


def table_bytes(table: pa.Table) -> bytes:
    """A table as bytes, the same for the same content."""
    stream = pa.BufferOutputStream()
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    found: bytes = stream.getvalue().to_pybytes()
    return found


def content_digest(table: pa.Table) -> str:
    """A digest of what a table holds: what its memory has in the place of a null does not count."""
    parts: list[bytes | str] = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        held = column.combine_chunks()
        known = held.is_valid().to_numpy(zero_copy_only=False) if held.null_count else np.empty(0, bool)
        values = held.drop_null()
        # Of truth values the last byte has bits that are nobody's.
        whole = values.cast(pa.uint8()) if pa.types.is_boolean(values.type) else values
        parts += [name, known.tobytes(), table_bytes(pa.table([whole], names=["值"]))]
    return digest(*parts)


def _read_table(packed: bytes) -> pa.Table:
    return pa.ipc.open_stream(pa.py_buffer(_unpacked(packed))).read_all()


def digest(*parts: bytes | str | Sequence[str]) -> str:
    """Of texts and bytes."""
    whole = hashlib.blake2b(digest_size=20)
    for part in parts:
        content = part if isinstance(part, bytes) else repr(part).encode()
        whole.update(len(content).to_bytes(_LENGTH, "big"))
        whole.update(content)
    return whole.hexdigest()


ROWS = Coding[Rows](_written_rows, _read_rows)
COLUMNS = Coding[Columns](_written_columns, _read_columns)
ARRAYS = Coding[Arrays](_written_arrays, _read_arrays)
TABLE = Coding[pa.Table](lambda table: _packed(table_bytes(table)), _read_table)
