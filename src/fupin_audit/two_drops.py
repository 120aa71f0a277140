"""This drop with the last beside it: what rules compare (CHG) as further ledgers of one delivery."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import CellRows, Delivery, LedgerTable
from fupin_audit.ledgers.last_drop import LAST, VillageOfDrops
from fupin_audit.results.input_sheet import InputSheet

_HOUSEHOLDS, _PERSONS, _NUMBER = "户", "人口", "户编号"
_PLACE = ("县", "乡镇", "村")
_OF_THE_HOUSEHOLD = (*_PLACE, "户主姓名")
_CLOSING = "期末年度"
_BEFORE = "（上期）"


@dataclass(frozen=True)
class LastDrop:
    """The drop that this one is compared with.

    Attributes:
        delivery: what was read of it.
        paths: the files and folders it is.
        as_of: the date it is of; the years before are closed.
    """

    delivery: Delivery
    paths: Sequence[Path]
    as_of: date

    @property
    def name(self) -> str:
        """What it is called."""
        return "、".join(path.resolve().name for path in self.paths)

    @property
    def told(self) -> str:
        """How the head of a report tells of it."""
        read = sum(bool(sheet.ledgers) for sheet in self.delivery.inputs)
        return f"与上期比对 {self.name}（认出{read}张表，截止{self.as_of.isoformat()}）"

    @property
    def unreadable(self) -> Iterator[InputSheet]:
        """What of it could not be read, by the names findings call its files."""
        return (replace(s, file=self.file(s.file)) for s in self.delivery.inputs if s.error)

    @property
    def doubts(self) -> Iterator[str]:
        """What of it was not compared, as it was not recognised."""
        unknown = [
            f"{sheet.place}（像“{sheet.likeness}”）" for sheet in self.delivery.inputs if sheet.likeness
        ]
        if unknown:
            yield f"上期没有认出、没有参加比对：{'、'.join(unknown)}"

    def file(self, name: str) -> str:
        """A file of it as findings call it, other than any file of this drop."""
        folder = f"{self.name}/" if len(self.paths) == 1 and self.paths[0].is_dir() else ""
        return f"{_BEFORE}{folder}{name}"


def with_last_drop(delivery: Delivery, last: LastDrop) -> Delivery:
    """This drop's ledgers, and those of the last under titles of their own."""
    homes = last.delivery.tables.get(_HOUSEHOLDS)
    found = {title: table for title, table in last.delivery.tables.items() if title in LAST}
    if homes is not None and _PERSONS in found:
        found[_PERSONS] = _placed(found[_PERSONS], homes)
    beside = {LAST[title].title: _of_last(last, title, table) for title, table in found.items()}
    villages = _villages(delivery.tables.get(_HOUSEHOLDS), beside.get(LAST[_HOUSEHOLDS].title))
    if villages is not None:
        beside[VillageOfDrops.title] = _with(villages, {_CLOSING: _constant(villages, last.as_of.year)})
    return replace(delivery, tables={**delivery.tables, **beside}, against=last.name)


def _of_last(last: LastDrop, title: str, table: LedgerTable) -> LedgerTable:
    """A ledger of the last drop: its files under their names there, and the year it closes with."""
    model = LAST[title]
    sources = tuple(replace(source, file=last.file(source.file)) for source in table.cells.sources)
    own = replace(table, ledger=model, cells=replace(table.cells, sources=sources), problems=())
    return _with(own, {_CLOSING: _constant(own, last.as_of.year)}) if _CLOSING in model.columns() else own


def _placed(persons: LedgerTable, homes: LedgerTable) -> LedgerTable:
    """The persons with the place and head of their household, which may be gone from this drop."""
    if not {_NUMBER} <= set(persons.fields) & set(homes.fields):
        return persons
    numbers = pa.array(_texts(homes, _NUMBER), pa.string())
    at = pc.index_in(pa.array(_texts(persons, _NUMBER), pa.string()), value_set=numbers, skip_nulls=True)
    wanted = [name for name in _OF_THE_HOUSEHOLD if name in homes.fields]
    return _with(persons, {name: _plain(homes, name).take(at) for name in wanted})


def _texts(table: LedgerTable, name: str) -> list[str | None]:
    found: list[str | None] = _plain(table, name).to_pylist()
    return found


def _plain(table: LedgerTable, name: str) -> pa.Array:
    """A column of texts as one array."""
    return table.data.column(name).cast(pa.string()).combine_chunks()


def _constant(table: LedgerTable, value: int) -> pa.Array:
    return pa.array(np.full(table.data.num_rows, value, dtype=np.int64))


def _with(table: LedgerTable, columns: Mapping[str, pa.Array]) -> LedgerTable:
    """The table with columns that no sheet has."""
    data = table.data
    for name, values in columns.items():
        data = data.append_column(name, values)
    nowhere = np.full(data.num_rows, -1, dtype=np.int32)
    origins = {**table.origins, **dict.fromkeys(columns, nowhere)} if table.origins else {}
    return replace(table, data=data, origins=origins)


def _villages(now: LedgerTable | None, before: LedgerTable | None) -> LedgerTable | None:
    """The villages of both drops, at the first household of each; None where a drop has no households with places."""
    if now is None or before is None or not {*_PLACE[1:]} <= {*now.fields} & {*before.fields}:
        return None
    drops = (now, before)
    named: dict[tuple[str, str, str], tuple[int, int]] = {}
    for number, table in enumerate(drops):
        for place, row in _first_rows(table).items():
            named.setdefault(_known(place, named), (number, row))
    columns = zip(*named, strict=True) if named else ((), (), ())
    data = {
        name: pa.array([text or None for text in texts], pa.string())
        for name, texts in zip(_PLACE, columns, strict=True)
    }
    return LedgerTable(VillageOfDrops, pa.table(data), _cells(drops, list(named.values())))


def _first_rows(table: LedgerTable) -> Mapping[tuple[str, str, str], int]:
    """Every village that is named → the first row that names it."""
    nothing = pa.nulls(table.data.num_rows, pa.string())
    columns = [_plain(table, name) if name in table.fields else nothing for name in _PLACE]
    numbered = pa.table([*columns, pa.array(np.arange(table.data.num_rows))], names=[*_PLACE, "at"])
    found = numbered.group_by(list(_PLACE)).aggregate([("at", "min")]).sort_by("at_min").to_pylist()
    return {(row["县"] or "", row["乡镇"] or "", row["村"]): row["at_min"] for row in found if row["村"]}


def _known(place: tuple[str, str, str], named: Mapping[tuple[str, str, str], object]) -> tuple[str, str, str]:
    """A village as the other drop calls it, where only one of them names the county."""
    alike = [other for other in named if other[1:] == place[1:] and not (other[0] and place[0])]
    return alike[0] if len(alike) == 1 else place


def _cells(drops: Sequence[LedgerTable], at: Sequence[tuple[int, int]]) -> CellRows:
    """Where these rows of the drops name their villages."""
    sources = tuple(source for table in drops for source in table.cells.sources)
    before = np.cumsum([0, *(len(table.cells.sources) for table in drops)])
    found = []
    for number, row in at:
        table = drops[number]
        cell = int(table.origins["村"][row]) if table.origins else row
        found.append((before[number] + int(table.cells.source[cell]), int(table.cells.excel_row[cell])))
    numbers = np.array([source for source, _ in found], dtype=np.int16)
    return CellRows(sources, numbers, np.array([row for _, row in found], dtype=np.int32), {})
