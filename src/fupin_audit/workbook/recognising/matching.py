"""Which column of a sheet is which field of a ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from fupin_audit.ledgers.base import Ledger, Spread
from fupin_audit.ledgers.known_headers import known_headers
from fupin_audit.ledgers.registry import ledger as ledger_of
from fupin_audit.ledgers.spellings import spellings
from fupin_audit.ledgers.types.codes import code_list
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.text import header_key
from fupin_audit.workbook.recognising.header_rows import LEVELS, Header, HeaderCell
from fupin_audit.workbook.recognising.header_text import keys, readings, unit, yes_no_keys

_OF_MEMBERS = frozenset({"与户主关系", "健康状况", "劳动技能", "文化程度", "在校生状况", "人编号"})
_FARTHEST = 99  # of all readings
_GIVEN = -1  # nearer than any reading of the program's own
_TITLE_UNIT = re.compile(r"单位[:：]\s*(万元|千元|元)")


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A sheet column that is a ledger field.

    Attributes:
        field: the field's name.
        column: counted from 0.
        header: the header's texts, top-down.
        factor: what its numbers are multiplied with to get the field's own unit.
        more: further columns of the same field, where it holds several values (风险1 … 风险5).
    """

    field: str
    column: int
    header: tuple[str, ...]
    factor: float = 1.0
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SpreadColumn:
    """A sheet column named by a value: each of its filled cells is a row.

    Attributes:
        column: counted from 0.
        said: field → what the column's name says.
    """

    column: int
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Match:
    """A header read as one ledger.

    Attributes:
        ledger: the model.
        columns: field → its column, in the model's order.
        repeated: headers that name a field another column was taken for, with that field.
        spread: columns named by a value.
        known: column, counted from 0 → the name of what lists of this ledger have and no rule needs.
    """

    ledger: type[Ledger]
    columns: Mapping[str, FieldColumn]
    repeated: tuple[tuple[HeaderCell, str], ...] = ()
    spread: tuple[SpreadColumn, ...] = ()
    known: Mapping[int, str] = field(default_factory=dict)

    @property
    def places(self) -> frozenset[int]:
        """The columns taken, counted from 0."""
        named = frozenset(at for column in self.columns.values() for at in (column.column, *column.more))
        return named | {column.column for column in self.spread}

    @property
    def given(self) -> Iterator[tuple[str, FieldColumn]]:
        """The columns whose meaning the user has said, each with the header as the user wrote it."""
        headers = given_headers(self.ledger)
        for column in self.columns.values():
            found = (headers[key] for text in readings(column.header) for key in keys(text) if key in headers)
            if header := next(found, ""):
                yield header, column

    @property
    def is_of_persons(self) -> bool:
        """Whether every row is a member of a household."""
        return self.ledger.merge and {"姓名", "与户主关系"} <= set(self.columns)


@cache
def known_keys(ledgers: tuple[type[Ledger], ...]) -> frozenset[str]:
    """Header keys of all fields of these ledgers."""
    return frozenset(key for ledger in ledgers for key in header_index(ledger))


@cache
def header_index(ledger: type[Ledger]) -> Mapping[str, str]:
    """Header key → field; what the user says comes first, then a field's own name, then other spellings."""
    fields = ledger.columns()
    index = {header_key(name): name for name in fields}
    for name in fields:
        for spelling in spellings(ledger, name):
            index.setdefault(keys(spelling)[0], name)
    return index | {key: ledger.headers[header] for key, header in given_headers(ledger).items()}


@cache
def given_headers(ledger: type[Ledger]) -> Mapping[str, str]:
    """Header key → header, for the headers whose meaning the user has said."""
    return {keys(header.replace(LEVELS, ""))[0]: header for header in ledger.headers}


def match(header: Header, ledger: type[Ledger]) -> Match:
    """Read a header as one ledger.

    Of several columns that name one field the most literal one is taken, else the first.
    """
    return match_cells(header.cells, title_unit(header), ledger)


def match_cells(header: Sequence[HeaderCell], general_unit: str, ledger: type[Ledger]) -> Match:
    """Like `match`, from the header's cells and the unit of columns that have none of their own."""
    named = [(cell, *found) for cell in header if (found := _field(cell.levels, ledger))]
    named += _heads(header, ledger, {name for _, name, _ in named}, {cell for cell, *_ in named})
    taken: dict[str, list[HeaderCell]] = {}
    for cell, name, _ in sorted(named, key=lambda entry: (entry[2], entry[0].column)):
        taken.setdefault(name, []).append(cell)
    columns = {
        name: _column(name, taken[name], column.type, general_unit)
        for name, column in ledger.columns().items()
        if name in taken
    }
    repeated = [
        (cell, name)
        for name, cells in taken.items()
        for cell in cells[1:]
        if not ledger.columns()[name].type.many
    ]
    read = {cell for cell, *_ in named}
    rest = [cell for cell in header if cell not in read]
    spread = _spread(rest, ledger, columns)
    others = {column.column for column in spread}
    known = {
        cell.column: name
        for cell in rest
        if cell.column not in others and (name := _known(cell.levels, ledger))
    }
    return Match(ledger, columns, tuple(repeated), spread, known)


def _spread(
    header: Sequence[HeaderCell], ledger: type[Ledger], found: Mapping[str, FieldColumn]
) -> tuple[SpreadColumn, ...]:
    """The columns named by a value, where there are several and the field has no column of its own."""
    if ledger.spread is None or ledger.spread.lists[0][0] in found:
        return ()
    named = [
        SpreadColumn(cell.column, said)
        for cell in header
        if (said := _value_named(cell.lowest, ledger.spread))
    ]
    return tuple(named) if len(named) > 1 else ()


def _value_named(header: str, spread: Spread) -> tuple[tuple[str, str], ...]:
    """What a column's name says: its field, and what a code list makes of that for other fields."""
    for name, codes in ((name, code_list(codes)) for name, codes in spread.lists):
        if label := codes.find(header):
            more = [(other, labels[label]) for other, labels in codes.maps.items() if label in labels]
            return ((name, label), *more)
    return ()


def _heads(
    header: Sequence[HeaderCell], ledger: type[Ledger], found: set[str], read: set[HeaderCell]
) -> Iterator[tuple[HeaderCell, str, int]]:
    """On a list of households 姓名 and 证件号码 are the head's; not on a list of persons."""
    fields = ledger.columns()
    if "户主证件号码" not in fields or "证件号码" in fields or "姓名" in fields:
        return
    free = [(cell, person[0]) for cell in header if cell not in read and (person := _of_person(cell.levels))]
    if _OF_MEMBERS.isdisjoint(name for _, name in free):
        wanted = {"姓名": "户主姓名", "证件号码": "户主证件号码"}
        for cell, name in free:
            if wanted.get(name) in fields and wanted[name] not in found:
                found.add(wanted[name])
                yield cell, wanted[name], _FARTHEST


def _of_person(levels: tuple[str, ...]) -> tuple[str, int] | None:
    return _field(levels, ledger_of("人口"))


@lru_cache(maxsize=65536)
def _known(levels: tuple[str, ...], ledger: type[Ledger]) -> str:
    """The name of a column that lists of this ledger have and no rule needs; empty for others."""
    index = _known_index(ledger.title)
    return next((index[key] for key, _ in _ways(levels) if key in index), "")


@cache
def _known_index(title: str) -> Mapping[str, str]:
    return {keys(header)[0]: name for header, name in known_headers(title).items()}


def title_unit(header: Header) -> str:
    """The unit a title states for the whole sheet; empty where there is none."""
    found = _TITLE_UNIT.search(" ".join(header.title))
    return found[1] if found else ""


@lru_cache(maxsize=65536)  # the sheets of a county have few different headers
def _field(levels: tuple[str, ...], ledger: type[Ledger]) -> tuple[str, int] | None:
    """The field a header names, and how far from literal the reading is."""
    index, fields = header_index(ledger), ledger.columns()
    for distance, (key, yes_no) in enumerate(_ways(levels)):
        name = index.get(key)
        if name and key in given_headers(ledger):
            return name, _GIVEN
        if name and (not yes_no or fields[name].type.family == "boolean"):
            return name, _closeness(key, name, ledger) + distance
    return None


def _closeness(key: str, name: str, ledger: type[Ledger]) -> int:
    """0 for a name that also says whose it is (户联系电话), 1 for the name itself, 2 for any other spelling."""
    return (header_key(ledger.title + name), header_key(name), key).index(key)


def _ways(levels: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    texts = tuple(readings(levels))
    yield from ((key, False) for text in texts for key in keys(text))
    yield from ((key, True) for text in texts for key in yes_no_keys(text))


def _column(name: str, cells: Sequence[HeaderCell], kind: FieldType, general_unit: str) -> FieldColumn:
    first = cells[0]
    more = tuple(sorted(cell.column for cell in cells[1:])) if kind.many else ()
    return FieldColumn(name, first.column, first.levels, factor_of(first.levels, kind, general_unit), more)


def factor_of(levels: Sequence[str], kind: FieldType, general_unit: str) -> float:
    """What a column's numbers are multiplied with, by the unit in its header or else the sheet's."""
    factors = {header_key(word): factor for word, factor in kind.units}
    stated = next((found for level in reversed(levels) if (found := unit(level))), general_unit)
    return factors.get(stated, 1.0)
