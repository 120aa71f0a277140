"""Ledgers between processes: their columns as Arrow streams, behind a head that says which there are."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from fupin_audit.delivery import NOTHING_WRITTEN, CellRows, LedgerTable, Source
from fupin_audit.ledgers.base import Ledger
from fupin_audit.ledgers.registry import ledger

_LENGTH = 8  # bytes before the head
_ALIGNED = 64  # bytes; columns begin where their numbers may stand in memory
_SOURCE, _ROW, _YEARS = "source", "excel_row", "years"


@dataclass(frozen=True)
class _Head:
    title: str
    sources: tuple[Source, ...]
    made: bool
    placed: bool
    origins: bool


@dataclass(frozen=True)
class SentLedger:
    """A ledger as it arrives; `placed` has the digests of its rows and whose they are, where they are placed."""

    table: LedgerTable
    placed: pa.Table | None


def bytes_of_ledger(table: LedgerTable, placed: pa.Table | None = None) -> memoryview:
    """A ledger without what conversion found of it, which is told where it was read."""
    cells = _of_own_sheets(table.cells) if len(table.cells.source) else table.cells
    sources = tuple(replace(source, written=NOTHING_WRITTEN) for source in cells.sources)
    head = pickle.dumps(
        _Head(table.ledger.title, sources, table.made, placed is not None, bool(table.origins)),
        pickle.HIGHEST_PROTOCOL,
    )
    stream = pa.BufferOutputStream()
    stream.write(len(head).to_bytes(_LENGTH, "big") + head)
    stream.write(b" " * (-stream.tell() % _ALIGNED))
    origins = [pa.table(dict(table.origins))] if table.origins else []
    for each in (table.data, _cells(cells), *origins, *([] if placed is None else [placed])):
        _write(stream, each)
    return memoryview(stream.getvalue())


def ledger_of_bytes(content: bytes, ledgers: Sequence[type[Ledger]]) -> SentLedger:
    """The ledger again, its columns in place."""
    start = _LENGTH + int.from_bytes(content[:_LENGTH], "big")
    head: _Head = pickle.loads(content[_LENGTH:start])
    stream = pa.BufferReader(pa.py_buffer(content))
    stream.seek(start + -start % _ALIGNED)
    data, cells = _read(stream), _read(stream)
    origins = _numbers(_read(stream)) if head.origins else {}
    placed = _read(stream) if head.placed else None
    rows = _cell_rows(head.sources, cells)
    return SentLedger(LedgerTable(ledger(head.title, ledgers), data, rows, origins, (), head.made), placed)


def hollow(table: LedgerTable) -> LedgerTable:
    """The ledger without its rows: which columns and sheets it has."""
    cells = CellRows(table.cells.sources, np.zeros(0, np.int16), np.zeros(0, np.int32), {})
    origins = {name: np.zeros(0, np.int32) for name in table.origins}
    return replace(table, data=table.data.slice(0, 0), cells=cells, origins=origins, problems=())


def _of_own_sheets(cells: CellRows) -> CellRows:
    """The rows with the sheets they stand in alone, in their order: of many counties most are of others."""
    own, source = np.unique(cells.source, return_inverse=True)
    sources = tuple(cells.sources[at] for at in own.tolist())
    return replace(cells, sources=sources, source=source.astype(cells.source.dtype))


def _cells(cells: CellRows) -> pa.Table:
    """Addresses, years and texts beside each other; texts under names that no field has."""
    columns = {_SOURCE: pa.array(cells.source), _ROW: pa.array(cells.excel_row)}
    years = {_YEARS: pa.array(cells.years)} if len(cells.years) else {}
    return pa.table({**columns, **years, **{f"={name}": texts for name, texts in cells.texts.items()}})


def _cell_rows(sources: tuple[Source, ...], cells: pa.Table) -> CellRows:
    numbers = _numbers(cells.select([name for name in cells.column_names if not name.startswith("=")]))
    texts = {
        name[1:]: cells.column(name).combine_chunks() for name in cells.column_names if name.startswith("=")
    }
    years = numbers.get(_YEARS, np.zeros(0, dtype=np.int16))
    return CellRows(sources, numbers[_SOURCE], numbers[_ROW], texts, years)


def _numbers(table: pa.Table) -> Mapping[str, np.ndarray]:
    return {name: table.column(name).combine_chunks().to_numpy() for name in table.column_names}


def _write(stream: pa.BufferOutputStream, table: pa.Table) -> None:
    whole = table.unify_dictionaries().combine_chunks()
    with pa.ipc.new_stream(stream, whole.schema) as writer:
        writer.write_table(whole)


def _read(stream: pa.BufferReader) -> pa.Table:
    return pa.ipc.open_stream(stream).read_all()
