"""Before all: the numbers of households that a list knows by their heads' ID numbers alone, as lists kept by hand do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.converting.conversion import Cells
from fupin_audit.workbook.converting.sheet_rows import SheetRows

_HOUSEHOLD, _HEAD = "户编号", "户主证件号码"
_REGISTERS = {"户": _HEAD, "人口": "证件号码"}  # ledger → the field that says whose household it is


@dataclass(frozen=True)
class ByHead:
    """What sheets give ledgers, every household with its number as far as the registers tell.

    Attributes:
        parts: as they came, in their order.
        notes: sheet → that all were found, in Chinese.
        caveats: sheet → how many were not.
    """

    parts: Sequence[SheetRows]
    notes: Mapping[str, str]
    caveats: Mapping[str, str]


def by_head(parts: Sequence[SheetRows]) -> ByHead:
    """Give rows whose ledger goes by 户编号, which their sheet lacks, the one of the household of that head."""
    found: list[SheetRows] = []
    notes, caveats = dict[str, str](), dict[str, str]()
    lacking = [part for part in parts if _lacks(part)]
    known = _households(parts) if lacking else pa.table({_HEAD: [], _HOUSEHOLD: []})
    for part in parts:
        if part in lacking:
            part, missed = _numbered(part, known)
            told = caveats if missed else notes
            told[part.source.place] = _told(part.height, missed)
        found.append(part)
    return ByHead(found, notes, caveats)


def _lacks(part: SheetRows) -> bool:
    own = part.ledger.title not in _REGISTERS and _HOUSEHOLD in part.ledger.key
    return own and _HOUSEHOLD not in part.cells and _HEAD in part.cells


def _households(parts: Sequence[SheetRows]) -> pa.Table:
    """ID number → household, of those that all registers say are of one."""
    sides = [
        pa.table({_HEAD: _texts(part, number), _HOUSEHOLD: _texts(part, _HOUSEHOLD)})
        for part in parts
        if (number := _REGISTERS.get(part.ledger.title)) and {number, _HOUSEHOLD} <= part.cells.keys()
    ]
    if not sides:
        return pa.table({_HEAD: pa.array([], pa.string()), _HOUSEHOLD: pa.array([], pa.string())})
    pairs = pa.concat_tables(sides).drop_null().group_by([_HEAD, _HOUSEHOLD]).aggregate([])
    single = pairs.group_by(_HEAD).aggregate([(_HOUSEHOLD, "count"), (_HOUSEHOLD, "min")])
    single = single.filter(pc.equal(single.column(f"{_HOUSEHOLD}_count"), 1))
    return pa.table({_HEAD: single.column(_HEAD), _HOUSEHOLD: single.column(f"{_HOUSEHOLD}_min")})


def _texts(part: SheetRows, name: str) -> pa.ChunkedArray:
    return pa.chunked_array([part.cells[name].values.cast(pa.string())])


def _numbered(part: SheetRows, known: pa.Table) -> tuple[SheetRows, int]:
    """The rows with the numbers of their households, and how many have none."""
    heads = part.cells[_HEAD].values.cast(pa.string())
    at = pc.index_in(heads, known.column(_HEAD).combine_chunks())
    numbers = known.column(_HOUSEHOLD).combine_chunks().take(at)
    source = replace(
        part.source,
        letters={**part.source.letters, _HOUSEHOLD: part.source.letters[_HEAD]},
        implied=part.source.implied | {_HOUSEHOLD},
    )
    cells = {_HOUSEHOLD: Cells(numbers, None), **part.cells}
    return replace(part, source=source, cells=cells), int(numbers.null_count)


def _told(rows: int, missed: int) -> str:
    said = f"没有“{_HOUSEHOLD}”列，按“{_HEAD}”在系统的户、人口里认户"
    return f"{said}：{rows}行里有{missed}行认不出，只按本表核对" if missed else said
