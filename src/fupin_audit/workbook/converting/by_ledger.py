"""From the data rows of a sheet to rows of each ledger it feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fupin_audit.delivery import Source
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.kinds import YEAR
from fupin_audit.workbook.converting.as_written import as_written
from fupin_audit.workbook.converting.blanks_of_2021 import is_second_generation, with_blanks_meaning
from fupin_audit.workbook.converting.conversion import Bools, Cells, Ints
from fupin_audit.workbook.converting.data_rows import DataRows
from fupin_audit.workbook.converting.member_rows import member_rows
from fupin_audit.workbook.converting.sheet_rows import CountsAs, SheetRows
from fupin_audit.workbook.converting.spread_columns import spread
from fupin_audit.workbook.converting.typed_columns import typed
from fupin_audit.workbook.formats.grid import letter
from fupin_audit.workbook.recognising.matching import FieldColumn, Match
from fupin_audit.workbook.recognising.naming import is_record_of_households
from fupin_audit.workbook.recognising.recognition import Recognition

_HEAD_FIELDS = {"户主姓名": "姓名", "户主证件号码": "证件号码"}

_Reading = tuple[FieldColumn, FieldType]


def by_ledger(file: str, rows: DataRows, found: Recognition) -> Iterator[SheetRows]:
    """Convert the rows of a sheet for each ledger it feeds.

    Args:
        file: its file, relative to the input folder.
        rows: its data rows.
        found: what it was taken for.
    """
    parts = _of_some(_parts(file, rows, found))
    finest = next(part for part in parts if part.ledger is found.finest.ledger)
    counts_as = CountsAs.COMPLETING if finest.heads is None else CountsAs.ON_MEMBERS
    for match, part in zip(found.matches, _as_meant(parts, found), strict=True):
        if match.spread and found.finest.is_of_persons:
            yield from spread(match, *_once_a_household(rows, part))
        elif match.spread:
            yield from spread(match, rows, part)
        elif match.ledger.lists_members and not found.finest.is_of_persons:
            own = part if part.ledger is finest.ledger else replace(part, counts_as=counts_as)
            yield from member_rows(match, rows, own)
        elif part.ledger is finest.ledger:
            yield part
        else:
            counted = CountsAs.LISTED if match.listed else counts_as
            yield _selected(replace(part, counts_as=counted), parts)
            yield from _head_members(finest, part)


def _parts(file: str, rows: DataRows, found: Recognition) -> list[SheetRows]:
    """All rows read as each ledger, as they stand."""
    read = _read_once(rows, found.matches)
    columns = {
        match.ledger: {name: read[reading] for name, reading in _readings(match).items()}
        for match in found.matches
    }
    years, heads = _years(rows, found), _heads(columns[found.finest.ledger])
    written = as_written(rows, found)
    return [
        SheetRows(
            match.ledger,
            replace(_source(file, rows.grid.sheet, match, found), written=written),
            rows.excel_rows,
            columns[match.ledger] | _implied(match, columns[match.ledger]) | _stated_year(rows, found, match),
            years,
            heads,
        )
        for match in found.matches
    ]


def _once_a_household(rows: DataRows, part: SheetRows) -> tuple[DataRows, SheetRows]:
    """The first row of each household, whose members' rows repeat what is done for it; of no member alone."""
    numbers = pc.dictionary_encode(pc.cast(part.cells["户编号"].values, pa.string())).indices
    first = np.sort(np.unique(numbers.fill_null(-1).to_numpy(zero_copy_only=False), return_index=True)[1])
    cells = {name: column for name, column in part.cells.items() if name not in _HEAD_FIELDS.values()}
    return rows.only(first), replace(part, cells=cells).only(first)


def _of_some(parts: Sequence[SheetRows]) -> list[SheetRows]:
    """Where every row of a sheet is on a list of some households, its other records are of these alone."""
    whole = next(
        (part for part in parts if part.ledger.selective and _selected(part, parts).height == part.height),
        None,
    )
    if whole is None or not whole.height:
        return list(parts)
    word = whole.ledger.title
    return [
        replace(part, source=replace(part.source, partial=part.source.partial or word))
        if is_record_of_households(part.ledger)
        else part
        for part in parts
    ]


def _source(file: str, sheet: str, match: Match, found: Recognition) -> Source:
    letters = {name: letter(column.column) for name, column in match.columns.items()}
    implied = {other: letters[name] for name, other in _implications(match)}
    partial = found.partial(match.ledger.title)
    return Source(
        file, sheet, letters | implied, frozenset(implied), partial, found.complete, listed=match.listed
    )


def _implied(match: Match, cells: Mapping[str, Cells]) -> dict[str, Cells]:
    fields = match.ledger.columns()
    return {other: _mapped(cells[name], fields[name].type, other) for name, other in _implications(match)}


def _implications(match: Match) -> Iterator[tuple[str, str]]:
    """Coded columns that say what a field without a column of its own is: 户类型 脱贫户 is 脱贫属性 已脱贫."""
    fields = match.ledger.columns()
    for name in match.columns:
        codes = fields[name].type.codes
        for other in codes.maps if codes else ():
            if other in fields and other not in match.columns:
                yield name, other


def _mapped(cells: Cells, kind: FieldType, other: str) -> Cells:
    labels = kind.codes.maps[other] if kind.codes else {}
    values = pc.cast(cells.values, pa.string())
    at = pc.index_in(values, pa.array(list(labels), pa.string()))
    return Cells(pa.array(list(labels.values()), pa.string()).take(at), values)


def _years(rows: DataRows, found: Recognition) -> Ints:
    """The year each row speaks of, by its own column, else by the sheet's names; 0 where unknown."""
    if found.header.year is None:
        stated = found.assumed_year if found.finest.ledger.merge else None
        return np.full(rows.height, stated or 0, dtype=np.int64)
    years: Ints = typed(rows, FieldColumn("年度", found.header.year), YEAR).values.fill_null(0).to_numpy()
    return years


def _as_meant(parts: Iterable[SheetRows], found: Recognition) -> Iterator[SheetRows]:
    """The same with what their blanks mean; what is wrong with a column is told by the first ledger that has it."""
    told: set[int] = set()
    for match, part in zip(found.matches, parts, strict=True):
        latest_year = max(int(part.years.max(initial=0)), found.names.year or 0)
        recent = is_second_generation(found.header, latest_year)
        cells = with_blanks_meaning(part.ledger, part.cells) if recent else part.cells
        told_before = {name for name, column in match.columns.items() if column.column in told}
        told |= match.places
        yield replace(
            part,
            cells={
                name: replace(column, faults=()) if name in told_before else column
                for name, column in cells.items()
            },
        )


def _read_once(rows: DataRows, matches: Iterable[Match]) -> dict[_Reading, Cells]:
    """Every column as it is read, in little memory; where several ledgers read it alike, once."""
    wanted = dict.fromkeys(reading for match in matches for reading in _readings(match).values())
    return {reading: typed(rows, *reading).compact() for reading in wanted}


def _readings(match: Match) -> dict[str, _Reading]:
    """Field → its column, whatever the field is called, and how it is read."""
    fields = match.ledger.columns()
    return {name: (replace(column, field=""), fields[name].type) for name, column in match.columns.items()}


def _stated_year(rows: DataRows, found: Recognition, match: Match) -> dict[str, Cells]:
    """The year the sheet's names state, as a column where the ledger has one that the sheet lacks."""
    year = found.names.year
    if year is None or "年度" in match.columns or "年度" not in match.ledger.columns():
        return {}
    return {"年度": Cells(pa.repeat(pa.scalar(year, pa.int64()), rows.height), None)}


def _heads(persons: Mapping[str, Cells]) -> Bools | None:
    """Position → the row is a household head's; None where the rows are no persons."""
    if "与户主关系" not in persons:
        return None
    found = pc.equal(persons["与户主关系"].values, "户主").fill_null(False)
    heads: Bools = found.to_numpy(zero_copy_only=False)
    return heads


def _selected(part: SheetRows, parts: Sequence[SheetRows]) -> SheetRows:
    """The rows that are in the ledger at all: where a column says something that no other ledger of the sheet has."""
    if not part.ledger.selective:
        return part
    shared = {name for other in parts if other.ledger is not part.ledger for name in other.source.letters}
    own = [cells.values for name, cells in part.cells.items() if name not in shared]
    said = [values.is_valid().to_numpy(zero_copy_only=False) for values in own]
    return part.only(np.flatnonzero(np.any(said, axis=0)))


def _head_members(persons: SheetRows, households: SheetRows) -> Iterator[SheetRows]:
    """The head's name and number from the member marked 户主, where a household has no columns for them.

    Args:
        persons: the sheet read as its members.
        households: the same sheet read as a ledger of households.
    """
    own = {
        name: member
        for name, member in _HEAD_FIELDS.items()
        if name in households.ledger.columns() and name not in households.cells and member in persons.cells
    }
    if not own or persons.heads is None:
        return
    names = {name: name for name in households.ledger.key if name in persons.cells} | own
    members = SheetRows(
        households.ledger,
        replace(persons.source, letters={name: persons.source.letters[at] for name, at in names.items()}),
        persons.excel_rows,
        {name: replace(persons.cells[member], faults=()) for name, member in names.items()},
        persons.years,
        counts_as=CountsAs.STAND_IN,
    )
    yield members.only(np.flatnonzero(persons.heads))
