"""One row a person, where a list of households has its members in further columns, or several in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.workbook.converting.conversion import Cells, Ints
from fupin_audit.workbook.converting.data_rows import DataRows
from fupin_audit.workbook.converting.sheet_rows import CountsAs, SheetRows
from fupin_audit.workbook.converting.typed_columns import typed
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.recognising.matching import Match, MemberGroup
from fupin_audit.workbook.recognising.recognition import Recognition

_SEPARATOR = re.compile(r"\s*[、,，;；/\n]\s*")
_SEVERAL_NAMES = r"\S\s*[、,，;；/\n]\s*\S"
_SEVERAL_NUMBERS = r"[0-9]{14,17}[0-9Xx][^0-9Xx]+[0-9]{14}"
_NAME, _NUMBER = "姓名", "证件号码"
_HEADS = {_NAME: "户主姓名", _NUMBER: "户主证件号码"}
_TOLD = 5  # rows named of those that can't be split


@dataclass(frozen=True)
class _People:
    """Members one by one: whose row each stands in, and what that says of the name and the number."""

    rows: Ints
    names: pa.Array
    numbers: pa.Array


def without_uneven(rows: DataRows, found: Recognition) -> tuple[DataRows, str]:
    """The rows without those that have several members in a cell and not as many numbers; a remark on them."""
    uneven = np.zeros(rows.height, dtype=bool)
    matches = () if found.finest.is_of_persons else found.matches
    for group in (group for match in matches for group in _all_groups(rows, match)):
        for at in np.flatnonzero(_several(rows, group)).tolist():
            names, numbers = _parts(rows, group, at)
            uneven[at] |= len(names) != len(numbers)
    if not uneven.any():
        return rows, ""
    left_out = rows.excel_rows[uneven].tolist()
    told = "、".join(map(str, left_out[:_TOLD])) + (" 等" if len(left_out) > _TOLD else "")
    remark = f"第{told}行一格写了几个人，姓名和证件号码的个数对不上，这{len(left_out)}行没有读入"
    return rows.only(np.flatnonzero(~uneven)), remark


def member_rows(match: Match, rows: DataRows, read: SheetRows) -> Iterator[SheetRows]:
    """The rows of a household list, a row a person where it is a list of persons as well.

    Args:
        match: the ledger, whose lists may have members so.
        rows: the sheet's data rows.
        read: they, read as the ledger.
    """
    own = _own_group(match)
    several = _several(rows, own) if own else np.zeros(rows.height, dtype=bool)
    yield (
        _with_heads(match, read).only(np.flatnonzero(~several)) if several.any() else _with_heads(match, read)
    )
    if own and several.any():
        yield _as_persons(rows, own, match, read, np.flatnonzero(several))
    for group in match.members:
        yield _as_persons(rows, group, match, read, np.arange(rows.height))


def _all_groups(rows: DataRows, match: Match) -> Iterator[MemberGroup]:
    own = _own_group(match)
    yield from match.members
    if own and match.ledger.lists_members and rows.height:
        yield own


def _own_group(match: Match) -> MemberGroup | None:
    """The list's own name and number, which may be those of several persons."""
    columns = {name: match.columns[name] for name in (_NAME, _NUMBER) if name in match.columns}
    return MemberGroup(match.ledger, columns) if len(columns) == len(_HEADS) else None


def _several(rows: DataRows, group: MemberGroup) -> np.ndarray:
    """Position → the cells of this group hold several persons."""
    found = pc.or_(
        pc.fill_null(pc.match_substring_regex(_texts(rows, group, _NAME), _SEVERAL_NAMES), False),
        pc.fill_null(pc.match_substring_regex(_texts(rows, group, _NUMBER), _SEVERAL_NUMBERS), False),
    )
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _texts(rows: DataRows, group: MemberGroup, name: str) -> pa.Array:
    return rows.columns[group.columns[name].column]


def _parts(rows: DataRows, group: MemberGroup, at: int) -> tuple[list[str], list[str]]:
    cells = (_texts(rows, group, name)[at].as_py() or "" for name in (_NAME, _NUMBER))
    names, numbers = ([part for part in _SEPARATOR.split(cell.strip()) if part] for cell in cells)
    return names, numbers if len(numbers) > 1 else numbers and numbers[0].split()


def _people(rows: DataRows, group: MemberGroup, places: Ints) -> _People:
    """The members that the cells of a group name, several of one cell one by one."""
    several = _several(rows, group)
    found: list[tuple[int, str | None, str | None]] = []
    names, numbers = (_texts(rows, group, name).to_pylist() for name in (_NAME, _NUMBER))
    for at in places.tolist():
        if several[at]:
            found += [(at, name, number) for name, number in zip(*_parts(rows, group, at), strict=True)]
        elif names[at] or numbers[at]:
            found.append((at, names[at], numbers[at]))
    at_rows, found_names, found_numbers = zip(*found, strict=True) if found else ((), (), ())
    return _People(
        np.array(at_rows, dtype=np.int64),
        pa.array(found_names, pa.string()),
        pa.array(found_numbers, pa.string()),
    )


def _as_persons(rows: DataRows, group: MemberGroup, match: Match, read: SheetRows, places: Ints) -> SheetRows:
    people = _people(rows, group, places)
    one_by_one = rows.only(people.rows)
    texts = {_NAME: people.names, _NUMBER: people.numbers}
    columns = {group.columns[name].column: text for name, text in texts.items()}
    one_by_one = replace(one_by_one, columns={**one_by_one.columns, **columns})
    own = {
        name: _whole(
            typed(one_by_one, column, group.ledger.columns()[name].type), rows, column.column, people.rows
        )
        for name, column in group.columns.items()
    }
    shared = {
        name: read.cells[name].only(people.rows) for name in _shared(match, group) if name in read.cells
    }
    letters = {name: read.source.letters[name] for name in shared}
    letters |= {name: letter(column.column) for name, column in group.columns.items()}
    cells = {name: replace(cell, faults=()) for name, cell in shared.items()} | own
    persons = SheetRows(
        group.ledger, replace(read.source, letters=letters, implied=frozenset()), read.excel_rows[people.rows],
        cells, read.years[people.rows], counts_as=CountsAs.OWN,
    )  # fmt: skip
    return persons.only(np.flatnonzero(~_repeats_head(persons)))


def _whole(cells: Cells, rows: DataRows, place: int, at: Ints) -> Cells:
    """A part of a cell, with the text of the whole."""
    whole = rows.columns[place].take(pa.array(at))
    shown = cells.values if cells.texts is None else pc.coalesce(cells.texts, cells.values)
    same = pc.fill_null(pc.equal(whole, pc.cast(shown, pa.string())), False)
    return replace(cells, texts=pc.if_else(same, cells.texts or pa.nulls(len(same), pa.string()), whole))


def _shared(match: Match, group: MemberGroup) -> Iterator[str]:
    """What a household's row says of each member; its amounts and numbers are the household's own."""
    fields = group.ledger.columns()
    return (
        name
        for name in (*match.ledger.columns(), *_HEADS.values())
        if name in fields and name not in group.columns and fields[name].type.sql not in {"DOUBLE", "BIGINT"}
    )


def _repeats_head(persons: SheetRows) -> np.ndarray:
    head = persons.cells.get(_HEADS[_NUMBER])
    if head is None or head is persons.cells[_NUMBER]:
        return np.zeros(persons.height, dtype=bool)
    found = pc.fill_null(pc.equal(head.values, persons.cells[_NUMBER].values), False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _with_heads(match: Match, read: SheetRows) -> SheetRows:
    """The household's own row as its head's, where the members' rows are of the same ledger."""
    if not any(group.ledger is match.ledger for group in match.members):
        return read
    heads = {
        name: head
        for name, head in _HEADS.items()
        if name not in read.cells and head in read.cells and name in match.ledger.columns()
    }
    letters = {name: read.source.letters[head] for name, head in heads.items()}
    cells = {name: replace(read.cells[head], faults=()) for name, head in heads.items()}
    return replace(
        read,
        cells={**read.cells, **cells},
        source=replace(read.source, letters={**read.source.letters, **letters}),
    )
