"""Which columns of two sheets are the same: by field, by header, by a near header."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from fupin_audit.errors import UsageError
from fupin_audit.ledgers.types.text import header_key
from fupin_audit.results.comparison import NEARLY, SAME_MEANING, SAME_NAME
from fupin_audit.workbook.recognising.any_table_columns import TableColumn
from fupin_audit.workbook.recognising.header_text import keys

_ALIKE = 75  # from 0 to 100
_DIGITS = re.compile(r"\d+")
_NAMED = 8  # headers named where one is not found


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns taken for the same, and why: 同名, 同义 or 近似."""

    left: TableColumn
    right: TableColumn
    why: str

    @property
    def sides(self) -> tuple[TableColumn, TableColumn]:
        """Both columns."""
        return self.left, self.right

    @property
    def name(self) -> str:
        """The official field name, else the left header."""
        return self.left.field or self.right.field or self.left.text

    def answers_to(self, name: str) -> bool:
        """Whether a user who says `name` means this pair."""
        return any(is_called(column, name) for column in self.sides)


def is_called(column: TableColumn, name: str) -> bool:
    """Whether a user who says `name` means this column."""
    called = {header_key(column.field), header_key(column.text), *column.cell.own_keys}
    return not called.isdisjoint(keys(name))


def pair_columns(
    left: Sequence[TableColumn], right: Sequence[TableColumn], given: Sequence[tuple[str, str]] = ()
) -> tuple[Pair, ...]:
    """Pair the columns of two sheets, each at most once; in the order of the left sheet.

    Args:
        left: columns of one sheet.
        right: columns of the other.
        given: names of columns that are the same because the user says so.

    Raises:
        UsageError: a given name is no column.
    """
    said = [(_called(left, one, "左边"), _called(right, other, "右边")) for one, other in given]
    pairs = [_alike(*both, SAME_MEANING) for both in said]
    for says, why in _WAYS:
        here, there = _free(left, right, pairs)
        pairs += [_alike(one, other, why) for one, other in _matched(here, there, says)]
    pairs += [Pair(one, other, NEARLY) for one, other in _nearest(*_free(left, right, pairs))]
    return tuple(sorted(pairs, key=lambda pair: pair.left.place))


def _called(columns: Sequence[TableColumn], name: str, side: str) -> TableColumn:
    for column in columns:
        if is_called(column, name):
            return column
    raise UsageError(f"{side}没有“{name}”这一列，{meant([column.text for column in columns], name)}")


def meant(headers: Sequence[str], name: str) -> str:
    """`最接近的是“…”`, or which there are where none is like the name."""
    near = process.extractOne(name, headers, scorer=fuzz.ratio)
    return f"最接近的是“{near[0]}”" if near and near[1] else f"有的是：{'、'.join(headers[:_NAMED])}"


_WAYS: tuple[tuple[Callable[[TableColumn], str], str], ...] = (
    (lambda column: column.field, SAME_MEANING),
    (lambda column: header_key("".join(column.cell.levels)), SAME_NAME),
    (lambda column: (column.cell.own_keys or ("",))[-1], SAME_MEANING),
)


def _alike(one: TableColumn, other: TableColumn, why: str) -> Pair:
    """The pair, for that reason where the names are not the same."""
    return Pair(one, other, SAME_NAME if header_key(one.text) == header_key(other.text) else why)


def _free(
    left: Sequence[TableColumn], right: Sequence[TableColumn], pairs: Sequence[Pair]
) -> tuple[list[TableColumn], list[TableColumn]]:
    """Columns of both sides that are in no pair yet."""
    here, there = {pair.left.place for pair in pairs}, {pair.right.place for pair in pairs}
    return [c for c in left if c.place not in here], [c for c in right if c.place not in there]


def _matched(
    left: Sequence[TableColumn], right: Sequence[TableColumn], says: Callable[[TableColumn], str]
) -> Iterator[tuple[TableColumn, TableColumn]]:
    """Columns that say the same; the first with the first, the second with the second."""
    waiting: dict[str, list[TableColumn]] = {}
    for column in right:
        waiting.setdefault(says(column), []).append(column)
    for column in left:
        if (name := says(column)) and waiting.get(name):
            yield column, waiting[name].pop(0)


def _nearest(
    left: Sequence[TableColumn], right: Sequence[TableColumn]
) -> Iterator[tuple[TableColumn, TableColumn]]:
    """Columns with near headers, the nearest first."""
    ranked = sorted(
        (
            -fuzz.ratio(one.cell.own_keys[-1], other.cell.own_keys[-1]),
            one.place,
            other.place,
            one,
            other,
        )
        for one in left
        for other in right
        if _may_be_same(one, other)
    )
    here: set[int] = set()
    there: set[int] = set()
    for likeness, place, other_place, one, other in ranked:
        if -likeness >= _ALIKE and place not in here and other_place not in there:
            here.add(place)
            there.add(other_place)
            yield one, other


def _may_be_same(one: TableColumn, other: TableColumn) -> bool:
    """Two known fields are different ones, and so are 2019年收入 and 2020年收入."""
    if not (one.cell.own_keys and other.cell.own_keys):
        return False
    both_known = bool(one.field and other.field)
    return not both_known and _DIGITS.findall(one.text) == _DIGITS.findall(other.text)
