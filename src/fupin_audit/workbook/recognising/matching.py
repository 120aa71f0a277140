"""Which column of a sheet is which field of a ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from fupin_audit.ledgers.base import Ledger, Spread
from fupin_audit.ledgers.known_headers import known_anywhere, known_headers
from fupin_audit.ledgers.registry import LEDGERS
from fupin_audit.ledgers.registry import ledger as ledger_of
from fupin_audit.ledgers.spellings import spellings
from fupin_audit.ledgers.types.codes import code_list
from fupin_audit.ledgers.types.fieldtypes import FieldType
from fupin_audit.ledgers.types.text import header_key
from fupin_audit.workbook.recognising.header_text import keys
from fupin_audit.workbook.recognising.headers import LEVELS, Header, HeaderCell

_OF_MEMBERS = frozenset({"与户主关系", "健康状况", "劳动技能", "文化程度", "在校生状况", "人编号"})
_NUMBER, _HEADS_NUMBER = "证件号码", "户主证件号码"
_FARTHEST = 99  # of all readings
_GIVEN = -1  # nearer than any reading of the program's own


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A sheet column that is a ledger field.

    Attributes:
        field: the field's name.
        cell: its header.
        factor: what its numbers are multiplied with to get the field's own unit.
        more: further columns of the same field, where it holds several values (风险1 … 风险5).
    """

    field: str
    cell: HeaderCell
    factor: float = 1.0
    more: tuple[int, ...] = ()

    @property
    def column(self) -> int:
        """The column, counted from 0; the first of several."""
        return self.cell.column

    @property
    def places(self) -> tuple[int, ...]:
        """All its columns."""
        return self.column, *self.more


@dataclass(frozen=True, slots=True)
class SpreadColumn:
    """A sheet column named by a value: each of its filled cells is a row.

    Attributes:
        cell: its header.
        said: field → what the column's name says.
    """

    cell: HeaderCell
    said: tuple[tuple[str, str], ...]

    @property
    def column(self) -> int:
        """The column, counted from 0."""
        return self.cell.column


@dataclass(frozen=True, slots=True)
class MemberGroup:
    """Columns of one member of a household that stand in the household's row.

    Attributes:
        ledger: what a member is a row of.
        columns: field → its column.
    """

    ledger: type[Ledger]
    columns: Mapping[str, FieldColumn]


@dataclass(frozen=True)
class Match:
    """A header read as one ledger.

    Attributes:
        ledger: the model.
        columns: field → its column, in the model's order.
        repeated: headers that name a field another column was taken for, with that field.
        spread: columns named by a value.
        known: column, counted from 0 → the name of what lists of this ledger have and no rule needs.
        members: columns of further members of the household beside those of the row, a group a member.
        listed: its rows are households of a list of some, with no column that only this ledger has.
    """

    ledger: type[Ledger]
    columns: Mapping[str, FieldColumn]
    repeated: tuple[tuple[HeaderCell, str], ...] = ()
    spread: tuple[SpreadColumn, ...] = ()
    known: Mapping[int, str] = field(default_factory=dict)
    members: tuple[MemberGroup, ...] = ()
    listed: bool = False

    @property
    def places(self) -> frozenset[int]:
        """The columns taken, counted from 0."""
        named = frozenset(at for column in self.columns.values() for at in column.places)
        of_members = {column.column for group in self.members for column in group.columns.values()}
        return named | of_members | {column.column for column in self.spread}

    @property
    def given(self) -> Iterator[tuple[str, FieldColumn]]:
        """The columns whose meaning the user has said, each with the header as the user wrote it."""
        headers = given_headers(self.ledger)
        for column in self.columns.values():
            if header := next((headers[key] for key in column.cell.keys if key in headers), ""):
                yield header, column

    def beside(self, others: Sequence[Match], main: Match) -> Match:
        """As a sheet feeds it with others: words that only it has give way where the main one, or a word of all, reads the column."""
        read = {
            column.cell: name
            for other in others
            for name, column in other.columns.items()
            if other is main or not other._by_its_own_word(name, column)
        }
        kept = {
            name: column
            for name, column in self.columns.items()
            if read.get(column.cell, name) == name or not self._by_its_own_word(name, column)
        }
        return self if len(kept) == len(self.columns) else replace(self, columns=kept)

    def _by_its_own_word(self, name: str, column: FieldColumn) -> bool:
        own = {keys(word)[0] for word in self.ledger.columns()[name].own}
        return not own.isdisjoint(column.cell.keys)

    @property
    def is_of_persons(self) -> bool:
        """Whether every row is a member of a household."""
        return self.ledger.merge and {"姓名", "与户主关系"} <= set(self.columns)


@cache
def known_keys(ledgers: tuple[type[Ledger], ...]) -> frozenset[str]:
    """Header keys of all fields of these ledgers."""
    return frozenset(key for ledger in ledgers for key in header_index(ledger))


@cache
def kept_anywhere() -> frozenset[str]:
    """Header keys of columns that any list may have and no rule needs."""
    return frozenset(keys(header)[0] for header in known_anywhere())


@cache
def meanings() -> Mapping[str, Mapping[str, Collection[FieldType]]]:
    """Header key → fields that some ledger finds under it → their types there."""
    found: dict[str, dict[str, list[FieldType]]] = {}
    for ledger in LEDGERS:
        for key, name in header_index(ledger).items():
            found.setdefault(key, {}).setdefault(name, []).append(ledger.columns()[name].type)
    return found


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
    return match_cells(header.cells, header.unit, ledger)


def match_cells(header: Sequence[HeaderCell], general_unit: str, ledger: type[Ledger]) -> Match:
    """Like `match`, from the header's cells and the unit of columns that have none of their own."""
    named = list(_with_heads_number(header, ledger))
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
        cell.column: name for cell in rest if cell.column not in others and (name := _known(cell, ledger))
    }
    return Match(ledger, columns, tuple(repeated), spread, known)


def _with_heads_number(
    header: Sequence[HeaderCell], ledger: type[Ledger]
) -> Iterator[tuple[HeaderCell, str, int]]:
    """Columns with their fields and how far from literal these are; beside the person's, the head's number is the head's."""
    named = [(cell, *found) for cell in header if (found := _field(cell, ledger))]
    of_head = heads_numbers(tuple(header))
    lacking = _HEADS_NUMBER in ledger.columns() and all(name != _HEADS_NUMBER for _, name, _ in named)
    for cell, name, distance in named:
        if cell not in of_head or name != _NUMBER or distance == _GIVEN:
            yield cell, name, distance
        elif lacking:
            yield cell, _HEADS_NUMBER, _FARTHEST


@lru_cache(maxsize=256)
def heads_numbers(header: tuple[HeaderCell, ...]) -> frozenset[HeaderCell]:
    """Columns of numbers right of the head's name, where another one is left for the person."""
    persons, households = header_index(ledger_of("人口")), header_index(ledger_of("户"))
    numbers = [cell for cell in header if _first(cell, persons) == _NUMBER]
    beside = {cell.column + 1: cell for cell in header if _first(cell, households) == "户主姓名"}
    found = {
        cell
        for cell in numbers
        if cell.column in beside and beside[cell.column].levels[:-1] == cell.levels[:-1]
    }
    return frozenset(found) if len(found) < len(numbers) else frozenset()


def _first(cell: HeaderCell, index: Mapping[str, str]) -> str:
    return next((index[key] for key in cell.keys if key in index), "")


def _spread(
    header: Sequence[HeaderCell], ledger: type[Ledger], found: Mapping[str, FieldColumn]
) -> tuple[SpreadColumn, ...]:
    """The columns named by a value, where there are several and the field has no column of its own."""
    if ledger.spread is None or ledger.spread.lists[0][0] in found:
        return ()
    named = [
        SpreadColumn(cell, said) for cell in header if (said := _value_named(cell.lowest, ledger.spread))
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
    free = [
        (cell, person[0])
        for cell in header
        if cell not in read and (person := _field(cell, ledger_of("人口")))
    ]
    if _OF_MEMBERS.isdisjoint(name for _, name in free):
        wanted = {"姓名": "户主姓名", "证件号码": "户主证件号码"}
        for cell, name in free:
            if wanted.get(name) in fields and wanted[name] not in found:
                found.add(wanted[name])
                yield cell, wanted[name], _FARTHEST


def _known(cell: HeaderCell, ledger: type[Ledger]) -> str:
    """The name of a column that lists of this ledger have and no rule needs; empty for others."""
    index = _known_index(ledger.title)
    return next((index[key] for key in (*cell.keys, *cell.yes_no_keys) if key in index), "")


@cache
def _known_index(title: str) -> Mapping[str, str]:
    return {keys(header)[0]: name for header, name in known_headers(title).items()}


def _field(cell: HeaderCell, ledger: type[Ledger]) -> tuple[str, int] | None:
    """The field a header names, and how far from literal the reading is."""
    return _named(cell.keys, cell.yes_no_keys, ledger)


@lru_cache(maxsize=65536)  # the sheets of a county have few different headers
def _named(
    keys: tuple[str, ...], yes_no_keys: tuple[str, ...], ledger: type[Ledger]
) -> tuple[str, int] | None:
    index, fields = header_index(ledger), ledger.columns()
    for distance, key in enumerate((*keys, *yes_no_keys)):
        name = index.get(key)
        if name and key in given_headers(ledger):
            return name, _GIVEN
        if name and (distance < len(keys) or fields[name].type.family == "boolean"):
            return name, _closeness(key, name, ledger) + distance
    return None


def _closeness(key: str, name: str, ledger: type[Ledger]) -> int:
    """0 for a name that also says whose it is (户联系电话), 1 for the name itself, 2 for any other spelling."""
    return (header_key(ledger.title + name), header_key(name), key).index(key)


def _column(name: str, cells: Sequence[HeaderCell], kind: FieldType, general_unit: str) -> FieldColumn:
    more = tuple(sorted(cell.column for cell in cells[1:])) if kind.many else ()
    return FieldColumn(name, cells[0], factor_of(cells[0], kind, general_unit), more)


def factor_of(cell: HeaderCell, kind: FieldType, general_unit: str) -> float:
    """What a column's numbers are multiplied with, by the unit in its header or else the sheet's."""
    factors = {header_key(word): factor for word, factor in kind.units}
    return factors.get(cell.unit or general_unit, 1.0)
