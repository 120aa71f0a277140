"""Before all: the numbers of households that a list knows by their heads' ID numbers alone, as lists kept by hand do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.converting.conversion import Cells
from fupin_audit.workbook.converting.sheet_rows import SheetRows

_HOUSEHOLD, _HEAD = "户编号", "户主证件号码"
_SAID = f"没有“{_HOUSEHOLD}”列，按“{_HEAD}”在系统的户、人口里认户"
_REGISTERS = {"户": _HEAD, "人口": "证件号码"}  # ledger → the field that says whose household it is


@dataclass(frozen=True)
class ByHead:
    """What sheets give ledgers, every household with its number as far as the registers tell.

    Attributes:
        parts: as they came, in their order.
        rows: sheet → how many rows of it were looked up.
        missed: sheet → how many of these were not found.
    """

    parts: Sequence[SheetRows]
    rows: Counter[str]
    missed: Counter[str]

    def note(self, place: str) -> str:
        """That all rows of a sheet were found; empty where none was looked up, or not all were found."""
        return _SAID if self.rows[place] and not self.missed[place] else ""

    def caveat(self, place: str) -> str:
        """How many rows of a sheet were not found; empty where there are none."""
        missed = self.missed[place]
        return f"{_SAID}：{self.rows[place]}行里有{missed}行认不出，只按本表核对" if missed else ""


def by_head(parts: Sequence[SheetRows]) -> ByHead:
    """Give rows whose ledger goes by 户编号, which their sheet lacks, the one of the household of that head."""
    found, rows, missed = list(parts), Counter[str](), Counter[str]()
    lacking = [at for at, part in enumerate(parts) if _lacks(part)]
    known = _households(parts if lacking else ())
    for at in lacking:
        found[at], unknown = _numbered(parts[at], known)
        rows[parts[at].source.place] += parts[at].height
        missed[parts[at].source.place] += unknown
    return ByHead(found, rows, missed)


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
